import type { FreezeGate } from '@fairlead/contracts/freeze-gate'
import type { HandsDb } from '@fairlead/db/views'
import type { ClusterClients } from '@fairlead/kube/cluster-clients'

export interface HandsDeps {
  readonly db: HandsDb
  readonly clusters: ClusterClients
  /** Asked before a cluster is changed. */
  readonly freeze: FreezeGate
}
