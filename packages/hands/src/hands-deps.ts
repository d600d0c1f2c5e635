import type { FreezeGate } from '@fairlead/contracts/freeze-gate'
import type { HandsDb } from '@fairlead/db/views'
import type { PersonClients } from '@fairlead/kube/cluster-clients'

export interface HandsDeps {
  readonly db: HandsDb
  /** None of Fairlead's own: what a hand does is done in the name that the cluster's owner chose. */
  readonly clusters: PersonClients
  /** Asked before a cluster is changed. */
  readonly freeze: FreezeGate
}
