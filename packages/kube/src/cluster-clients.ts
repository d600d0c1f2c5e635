import type { KubeClient } from './kube-client'

/** Opens the API server of a registered cluster; inventory implements it, apps wire it. Clients are shared and cached. */
export interface ClusterClients {
  /** `not_found` for an unknown cluster, `cluster_unauthorized` for a broken credential. */
  clientOf(clusterId: string): Promise<KubeClient>
}
