import type { AirflowDb } from '@fairlead/db/views'
import type { Cipher } from '@fairlead/kernel/cipher'
import type { AirflowConnections } from './connections'
import type { PodSight } from './pods/pod-sight'

export interface AirflowDeps {
  readonly db: AirflowDb
  readonly cipher: Cipher
  readonly connections: AirflowConnections
  readonly pods: PodSight
}
