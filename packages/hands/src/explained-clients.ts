import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import type { ClusterClients } from '@fairlead/kube/cluster-clients'
import type { KubeClient } from '@fairlead/kube/kube-client'

const remedy = 'Its owner can give Fairlead the right: kubectl apply -f infra/rbac/fairlead-hands.yaml'

function explain(error: unknown): never {
  if (isFairleadError(error) && error.code === 'cluster_denied')
    throw new FairleadError(error.code, error.message, { ...error.detail, remedy }, { cause: error })
  throw error
}

/** Hands need rights that reading does not: who lacks them is told which file gives them. */
export function explainedClients(clusters: ClusterClients): ClusterClients {
  // One wrapper per client: discovery is cached by client.
  const wrapped = new WeakMap<KubeClient, KubeClient>()
  return {
    clientOf: async (clusterId) => {
      const client = await clusters.clientOf(clusterId)
      const known = wrapped.get(client)
      if (known !== undefined) return known
      const explained: KubeClient = {
        ...client,
        request: (request) => client.request(request).catch(explain),
        json: (request) => client.json(request).catch(explain),
      }
      wrapped.set(client, explained)
      return explained
    },
  }
}
