import type { ErrorCode } from '@fairlead/contracts/errors'
import type { SourceState } from '@fairlead/contracts/freshness'
import { optInKinds } from '@fairlead/contracts/kinds'

export interface SourceStanding {
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

/** Pure: the connection as a whole, from the heartbeat and the sources. A forbidden kind does not spoil the others. */
export function clusterStateOf(pulse: Pulse, sources: ReadonlyMap<string, SourceStanding>): ClusterStanding {
  if (pulse !== null && !pulse.ok)
    return {
      state: pulse.code === 'cluster_unauthorized' ? 'unauthorized' : 'unreachable',
      message: pulse.message,
    }
  const all = [...sources]
  const forbidden = all.filter(([, source]) => source.state === 'forbidden')
  const rest = all.filter(([, source]) => source.state !== 'forbidden')
  const missed = forbidden
    .map(([kind]) => kind)
    .filter((kind) => !(optInKinds as readonly string[]).includes(kind))
  const mayNot = missed.length === 0 ? null : `May not read ${missed.join(', ')}`
  if (rest.length === 0 && forbidden.length > 0) return { state: 'forbidden', message: mayNot }
  const waiting = rest.find(([, source]) => !source.synced)
  if (waiting !== undefined || pulse === null)
    return { state: 'syncing', message: waiting?.[1].message ?? mayNot }
  const failing = rest.find(([, source]) => broken.includes(source.state))
  if (failing !== undefined)
    return { state: 'stale', message: `${failing[0]}: ${failing[1].message ?? 'no longer followed'}` }
  return { state: 'live', message: mayNot }
}
