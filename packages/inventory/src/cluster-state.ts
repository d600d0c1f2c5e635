import type { ErrorCode } from '@fairlead/contracts/errors'
import type { SourceState } from '@fairlead/contracts/freshness'
import { missedWords } from './missed-words'
import { unitWords, type WatchUnit } from './watch-unit'

export interface SourceStanding {
  readonly unit: WatchUnit
  readonly state: SourceState
  readonly message: string | null
  /** It was whole at least once under this lease. */
  readonly synced: boolean
}
/** What the heartbeat last brought; null before its first answer. */
export type Pulse =
  { readonly ok: true } | { readonly ok: false; readonly code: ErrorCode; readonly message: string } | null

export interface ClusterStanding {
  readonly state: SourceState
  readonly message: string | null
}

const broken: readonly SourceState[] = ['stale', 'unreachable', 'unauthorized', 'never_synced']

const unitsOf = (sources: readonly SourceStanding[]): readonly WatchUnit[] => sources.map(({ unit }) => unit)

/** Pure: the connection as a whole, from the heartbeat and the sources. A forbidden kind does not spoil the others. */
export function clusterStateOf(pulse: Pulse, sources: readonly SourceStanding[]): ClusterStanding {
  if (pulse !== null && !pulse.ok)
    return {
      state: pulse.code === 'cluster_unauthorized' ? 'unauthorized' : 'unreachable',
      message: pulse.message,
    }
  const forbidden = sources.filter(({ state }) => state === 'forbidden')
  const rest = sources.filter(({ state }) => state !== 'forbidden')
  const mayNot = missedWords(unitsOf(forbidden), unitsOf(rest))
  if (rest.length === 0 && forbidden.length > 0) return { state: 'forbidden', message: mayNot }
  const waiting = rest.find(({ synced }) => !synced)
  if (waiting !== undefined || pulse === null)
    return { state: 'syncing', message: waiting?.message ?? mayNot }
  const failing = rest.find(({ state }) => broken.includes(state))
  if (failing !== undefined)
    return {
      state: 'stale',
      message: `${unitWords(failing.unit)}: ${failing.message ?? 'no longer followed'}`,
    }
  return { state: 'live', message: mayNot }
}
