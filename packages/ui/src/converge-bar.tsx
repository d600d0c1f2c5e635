import { cn } from './cn'
import { durationText } from './time-text'

export type ConvergeBarProps = {
  /** What is converging: "Replicas", "Targets". */
  label: string
  actual: number
  desired: number
  /** How long until (estimated) or how long it took, in milliseconds. */
  timeToConvergeMs?: number | null | undefined
  failing?: boolean | undefined
  /** Null knowledge: the actual count is not trusted (cluster unreachable). */
  unknown?: boolean | undefined
  className?: string | undefined
}

/** `3 → 5`: how far what is stands from what should be. */
export function ConvergeBar(props: ConvergeBarProps) {
  const { label, actual, desired, timeToConvergeMs, failing, unknown, className } = props
  const most = Math.max(actual, desired, 1)
  const there = actual === desired && !unknown
  const fill = unknown
    ? 'fill-unknown-solid'
    : failing
      ? 'fill-fail-solid'
      : there
        ? 'fill-ok-solid'
        : 'fill-progress-solid'
  const word = unknown ? 'unknown' : failing ? 'failing' : there ? 'converged' : 'converging'
  const at = `${(desired / most) * 100}%`
  return (
    <div className={cn('min-w-0 text-xs', className)}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="truncate text-muted">{label}</span>
        <span className="whitespace-nowrap">
          <span className="font-medium text-fg">{unknown ? '?' : actual}</span>
          {there ? null : <span className="text-muted"> → {desired}</span>}
          <span className="text-muted"> {word}</span>
          {timeToConvergeMs === null || timeToConvergeMs === undefined ? null : (
            <span className="text-faint">
              {there ? ' in ' : ' · about '}
              {durationText(timeToConvergeMs)}
            </span>
          )}
        </span>
      </div>
      <svg
        role="img"
        aria-label={`${label}: ${unknown ? 'unknown' : actual} of ${desired}, ${word}`}
        width="100%"
        height="10"
        className="mt-1 block"
      >
        <rect y="2" width="100%" height="6" rx="1" className="fill-line" />
        <rect y="2" width={`${(actual / most) * 100}%`} height="6" rx="1" className={fill} />
        {desired < most ? <line x1={at} x2={at} y1="0" y2="10" className="stroke-fg" /> : null}
      </svg>
    </div>
  )
}
