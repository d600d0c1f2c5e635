import type { ClusterIdentity } from '@fairlead/contracts/cluster'
import type { ClusterId } from '@fairlead/contracts/ids'
import type { ObjectRow } from '@fairlead/contracts/inventory'
import type { WatchedKind } from '@fairlead/contracts/kinds'

/** What a hand is about to touch, as the page shows it. */
export interface HandTarget {
  readonly cluster: ClusterIdentity
  readonly kind: WatchedKind
  readonly namespace: string | null
  readonly name: string
  readonly uid: string
  /** Replicas wanted now; null for what has none. */
  readonly replicas: number | null
  /** The application that declared it. */
  readonly application: string | null
  readonly cordoned: boolean
}

type Known = Pick<HandTarget, 'cluster'> & Partial<Pick<HandTarget, 'replicas' | 'application'>>

export const targetOf = (
  row: Pick<ObjectRow, 'kind' | 'namespace' | 'name' | 'uid' | 'cells'>,
  { cluster, replicas = null, application = null }: Known,
): HandTarget => ({
  cluster,
  kind: row.kind,
  namespace: row.namespace,
  name: row.name,
  uid: row.uid,
  replicas,
  application,
  cordoned: row.cells['Status']?.includes('SchedulingDisabled') ?? false,
})

export const refOf = ({ cluster, kind, namespace, name }: HandTarget) => ({
  cluster: cluster.id as ClusterId,
  kind,
  namespace,
  name,
})

/** Asked for before anything is taken away from production. */
export const typedNameOf = ({ cluster, name }: Pick<HandTarget, 'cluster' | 'name'>): string | undefined =>
  cluster.environment === 'production' ? name : undefined
