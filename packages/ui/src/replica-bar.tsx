import { cn } from './cn'
import { replicaSegments, type ReplicaSegment, type Replicas } from './replica-scale'

export type ReplicaBarProps = Replicas & {
  /** The source is not heard lately: the bar greys out. */
  stale?: boolean | undefined
  hideText?: boolean | undefined
  className?: string | undefined
}

const fills: Record<ReplicaSegment['kind'], string> = {
  ready: 'fill-ok-solid',
  outdated: 'fill-progress-solid',
  unavailable: 'fill-fail-solid',
  missing: 'fill-line-strong',
}

/** Desired beside actual, small enough for a table cell: `3/5` and a bar of what each pod is. */
export function ReplicaBar({ stale, hideText, className, ...replicas }: ReplicaBarProps) {
  const segments = replicaSegments(replicas)
  const total = segments.reduce((sum, segment) => sum + segment.count, 0)
  const said = `${replicas.ready} of ${replicas.desired} ready, ${replicas.updated} updated, ${replicas.unavailable} unavailable`
  let start = 0
  return (
    <span
      className={cn('inline-flex items-center gap-2 align-middle', stale && 'grayscale', className)}
      title={said}
    >
      {hideText ? null : (
        <span aria-hidden className="min-w-10 text-right">
          {replicas.ready}
          <span className="text-faint">/{replicas.desired}</span>
        </span>
      )}
      <svg role="img" aria-label={said} width="64" height="6" viewBox="0 0 64 6" className="shrink-0">
        {total === 0 ? <rect width="64" height="6" rx="1" className="fill-line" /> : null}
        {segments.map((segment) => {
          const x = (start / total) * 64
          start += segment.count
          const width = Math.max(1, (segment.count / total) * 64 - (start < total ? 1 : 0))
          return (
            <rect key={segment.kind} x={x} width={width} height="6" rx="1" className={fills[segment.kind]} />
          )
        })}
      </svg>
    </span>
  )
}
