import { cn } from './cn'
import { toneFill, type Tone } from './tone'

export type ProgressProps = {
  value: number
  max: number
  label: string
  tone?: Tone | undefined
  className?: string | undefined
}

export function Progress({ value, max, label, tone = 'progress', className }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={max}
      className={cn('block h-1.5 w-full overflow-hidden rounded-full bg-line', className)}
    >
      <svg aria-hidden width="100%" height="100%" className="block">
        <rect width={`${share * 100}%`} height="100%" className={toneFill({ tone })} />
      </svg>
    </span>
  )
}
