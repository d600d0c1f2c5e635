import type { FreezeGate } from '@fairlead/contracts/freeze-gate'
import type { WaiverSource } from '@fairlead/contracts/stage-checks'
import type { StageStandings } from '@fairlead/contracts/stage-gates'
import type { WorkloadDb } from '@fairlead/db/views'
import type { Cipher } from '@fairlead/kernel/cipher'
import type { ClusterClients } from '@fairlead/kube/cluster-clients'

/** What every part of the room is built from; apps wire it. */
export interface WorkloadDeps {
  readonly db: WorkloadDb
  readonly clusters: ClusterClients
  readonly cipher: Cipher
  /** What stages want to run before and after their objects: looked at here, started by the engine. */
  readonly workflows: StageStandings
  /** Asked before a stage begins to change its clusters. */
  readonly freeze: FreezeGate
  /** Decisions to live with failed checks. */
  readonly waivers: WaiverSource
}
