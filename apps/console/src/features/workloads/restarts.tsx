import type { ObjectRow } from '@fairlead/contracts/inventory'
import { RelativeTime } from '@fairlead/ui/relative-time'

/** kubectl's `14 (2m ago)`, with the time ticking. */
export function Restarts({ row }: { row: ObjectRow }) {
  const count = row.cells['Restarts'] ?? ''
  if (!row.restartedAt) return <>{count}</>
  return (
    <>
      {count}{' '}
      <span className="text-muted">
        (<RelativeTime at={row.restartedAt} />)
      </span>
    </>
  )
}
