import { cn } from '@fairlead/ui/cn'
import { toneFill, type Tone } from '@fairlead/ui/tone'
import { percentText } from './quantity'

type CapacityBarProps = {
  label: string
  used: number
  of: number
  /** Writes both numbers with their unit. */
  text: (value: number) => string
  verb?: 'requested' | 'used' | undefined
  /** The number in the row, or the bar alone for a table cell. */
  compact?: boolean | undefined
  className?: string | undefined
}

/** Above this share new pods soon stay pending. */
const crowded = 0.85

/** What is requested of what the nodes can give; full is a warning, since requests bind the scheduler. */
export function CapacityBar(props: CapacityBarProps) {
  const { label, used, of, text, verb = 'requested', compact, className } = props
  const share = of > 0 ? Math.min(1, used / of) : 0
  const tone: Tone = share >= 1 ? 'failing' : share >= crowded ? 'progress' : 'neutral'
  const said = `${label}: ${text(used)} ${verb} of ${text(of)} allocatable, ${percentText(used, of)}`
  const bar = (
    <svg role="img" aria-label={said} width="100%" height="4" className="block min-w-10">
      <rect width="100%" height="4" rx="1" className="fill-line" />
      <rect
        width={`${share * 100}%`}
        height="4"
        rx="1"
        className={tone === 'neutral' ? 'fill-accent-text' : toneFill({ tone })}
      />
    </svg>
  )
  if (compact) {
    return (
      <span title={said} className={cn('flex items-center gap-2', className)}>
        <span className="w-9 shrink-0 text-right text-xs">{percentText(used, of)}</span>
        <span className="min-w-0 flex-1">{bar}</span>
      </span>
    )
  }
  return (
    <div title={said} className={cn('min-w-0 text-xs', className)}>
      <div className="mb-1 flex items-baseline justify-between gap-2 whitespace-nowrap">
        <span className="text-muted">{label}</span>
        <span className="truncate">
          {of > 0 ? withoutUnitOf(text(used), text(of)) : '–'}
          <span className="text-faint"> / {of > 0 ? text(of) : '–'}</span>
        </span>
      </div>
      {bar}
    </div>
  )
}

/** `3.2 / 8 cores` rather than `3.2 cores / 8 cores`. */
function withoutUnitOf(used: string, whole: string): string {
  const [number = used, unit] = used.split(' ')
  return unit !== undefined && unit === whole.split(' ')[1] ? number : used
}
