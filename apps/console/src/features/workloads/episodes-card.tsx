import type { Episode } from '@fairlead/contracts/inventory'
import { Card } from '@fairlead/ui/card'
import { Duration } from '@fairlead/ui/duration'
import { Timeline } from '@fairlead/ui/timeline'

const shown = 12

/** When it was not as wanted, why, and how long it took to be so again. */
export function EpisodesCard({ episodes }: { episodes: readonly Episode[] }) {
  const newest = [...episodes].sort((a, b) => b.openedAt.localeCompare(a.openedAt)).slice(0, shown)
  return (
    <Card title="Reconciliation" description="Each time actual and desired parted, until they met again">
      {newest.length === 0 ? (
        <p className="text-sm text-muted">They have not parted since Fairlead watches.</p>
      ) : (
        <Timeline
          label="Episodes"
          events={newest.map((episode) => ({
            id: episode.openedAt,
            at: episode.openedAt,
            title: episode.reason,
            tone: episode.closedAt ? 'ok' : 'progress',
            detail: episode.closedAt ? (
              <>
                converged in <Duration ms={episode.durationMs ?? 0} />
              </>
            ) : (
              <>
                open for <Duration from={episode.openedAt} />
              </>
            ),
          }))}
        />
      )}
    </Card>
  )
}
