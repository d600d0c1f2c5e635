import type { ActingPerson, ClusterPrincipal } from '@fairlead/contracts/acting'
import type { KubeClient } from './kube-client'

/** Opens the API server of a registered cluster; inventory implements it, apps wire it. Clients are shared and cached. */
export interface ClusterClients {
  /** `not_found` for an unknown cluster, `cluster_unauthorized` for a broken credential. */
  clientOf(clusterId: string): Promise<KubeClient>
}

/** The same clusters, in the name that their owners chose for what people do. */
export interface PersonClients {
  /** In that person's name where the cluster's setting says so, else in Fairlead's. */
  clientFor(clusterId: string, person: ActingPerson): Promise<KubeClient>
  /** In a name that was kept, for what goes on in the background; null: in Fairlead's. */
  clientAs(clusterId: string, principal: ClusterPrincipal | null): Promise<KubeClient>
}
