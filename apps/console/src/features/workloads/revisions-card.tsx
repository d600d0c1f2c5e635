import type { RevisionRow, WorkloadDetail } from '@fairlead/contracts/inventory'
import { Badge } from '@fairlead/ui/badge'
import { Card } from '@fairlead/ui/card'
import { cn } from '@fairlead/ui/cn'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SurgeBars } from '@fairlead/ui/surge-bars'

type RevisionsCardProps = { detail: WorkloadDetail; stale: boolean }

const emptyShown = 4

/** Every revision that exists, what it runs, and how many pods it has; a rolling update drawn to scale. */
export function RevisionsCard({ detail, stale }: RevisionsCardProps) {
  const { revisions, verdict } = detail
  const sorted = [...revisions].sort((a, b) => Number(b.revision) - Number(a.revision))
  const alive = sorted.filter(({ replicas, desired, current }) => current || replicas > 0 || desired > 0)
  const past = sorted.filter((revision) => !alive.includes(revision))
  const newest = alive.find(({ current }) => current) ?? alive[0]
  const oldest = alive.find((revision) => revision !== newest)
  const { replicas } = verdict
  const rolling = newest && oldest && replicas?.surge != null && replicas.unavailable != null
  return (
    <Card flush title={detail.row.kind === 'Deployment' ? 'ReplicaSets' : 'Revisions'}>
      {rolling ? (
        <div className="border-b border-line px-4 py-3">
          <SurgeBars
            oldSet={{ revision: oldest.revision, ready: oldest.ready, total: oldest.replicas }}
            newSet={{ revision: newest.revision, ready: newest.ready, total: newest.replicas }}
            desired={replicas.desired}
            maxSurge={replicas.surge ?? 0}
            maxUnavailable={replicas.unavailable ?? 0}
            stale={stale}
          />
        </div>
      ) : null}
      <ul className="divide-y divide-line">
        {[...alive, ...past.slice(0, emptyShown)].map((revision) => (
          <Revision key={revision.uid} revision={revision} stale={stale} />
        ))}
      </ul>
      {past.length > emptyShown ? (
        <p className="border-t border-line px-4 py-2 text-xs text-muted">
          and {past.length - emptyShown} older without pods
        </p>
      ) : null}
    </Card>
  )
}

function Revision({ revision, stale }: { revision: RevisionRow; stale: boolean }) {
  const { ready, desired, replicas, current, images } = revision
  const most = Math.max(desired, replicas, 1)
  const empty = desired === 0 && replicas === 0
  return (
    <li
      className={cn(
        'grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm',
        empty && 'text-muted',
      )}
    >
      <span className="flex w-16 items-center gap-2">
        <span className="font-mono text-xs">{revision.revision}</span>
        {current ? <Badge tone="accent">now</Badge> : null}
      </span>
      <span className="min-w-0">
        <span className="block truncate" title={revision.name}>
          {revision.name}
        </span>
        <span className="block truncate font-mono text-xs text-muted" title={images.join('\n')}>
          {images.join(' ')}
        </span>
      </span>
      <span className="flex flex-col items-end gap-1 text-xs">
        {empty ? (
          <span className="text-faint">no pods</span>
        ) : (
          <>
            <span>
              {ready}
              <span className="text-faint">{ready === desired ? '' : ` → ${desired}`} ready</span>
            </span>
            <svg
              role="img"
              aria-label={`${ready} of ${desired} ready`}
              width="96"
              height="6"
              className={stale ? 'grayscale' : ''}
            >
              <rect width="96" height="6" rx="1" className="fill-line" />
              <rect width={(replicas / most) * 96} height="6" rx="1" className="fill-line-strong" />
              <rect
                width={(ready / most) * 96}
                height="6"
                rx="1"
                className={current ? 'fill-ok-solid' : 'fill-unknown-solid'}
              />
            </svg>
          </>
        )}
        <RelativeTime at={revision.createdAt} className="text-faint" />
      </span>
    </li>
  )
}
