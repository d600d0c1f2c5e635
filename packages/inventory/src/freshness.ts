import { staleAfterMs, sourceStates, type Freshness, type SourceState } from '@fairlead/contracts/freshness'

/** What is stored of a cluster or of one of its sources. */
export interface SeenRow {
  readonly state: string
  readonly message: string | null
  readonly lastSeenAt: Date | null
}

const stateOf = (word: string): SourceState =>
  Object.hasOwn(sourceStates, word) ? (word as SourceState) : 'never_synced'

/**
 * Pure: how far a row can be believed at `now`. The watcher itself may be gone, so `live` is never taken on trust: it
 * needs a byte within `staleAfterMs`. Unknown is never green.
 */
export function freshnessOf(row: SeenRow, now: Date): Freshness {
  const state = stateOf(row.state)
  const lastSeenAt = row.lastSeenAt?.toISOString() ?? null
  const quietMs = row.lastSeenAt === null ? null : now.getTime() - row.lastSeenAt.getTime()
  if (state !== 'live' && state !== 'syncing') return { state, lastSeenAt, message: row.message }
  if (quietMs === null)
    return { state: state === 'live' ? 'never_synced' : state, lastSeenAt, message: row.message }
  if (quietMs <= staleAfterMs) return { state, lastSeenAt, message: row.message }
  const message = row.message ?? 'Nothing has been heard of this cluster since; its watcher may be down'
  return { state: 'stale', lastSeenAt, message }
}
