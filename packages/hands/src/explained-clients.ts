import { FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import type { PersonClients } from '@fairlead/kube/cluster-clients'
import type { KubeClient } from '@fairlead/kube/kube-client'

const remedy = 'Its owner can give Fairlead the right: kubectl apply -f infra/rbac/fairlead-hands.yaml'

/** What was refused to a person says already who can change it. */
function explain(error: unknown): never {
  if (isFairleadError(error) && error.code === 'cluster_denied' && error.detail.remedy === undefined)
    throw new FairleadError(error.code, error.message, { ...error.detail, remedy }, { cause: error })
  throw error
}

/** Hands need rights that reading does not: who lacks them is told which file gives them. */
export function explainedClients(clusters: PersonClients): PersonClients {
  // One wrapper per client: discovery is cached by client, and so by the name that it asks in.
  const wrapped = new WeakMap<KubeClient, KubeClient>()
  const explained = (client: KubeClient): KubeClient => {
    const known = wrapped.get(client)
    if (known !== undefined) return known
    const fresh: KubeClient = {
      ...client,
      request: (request) => client.request(request).catch(explain),
      json: (request) => client.json(request).catch(explain),
    }
    wrapped.set(client, fresh)
    return fresh
  }
  return {
    clientFor: async (clusterId, person) => explained(await clusters.clientFor(clusterId, person)),
    clientAs: async (clusterId, principal) => explained(await clusters.clientAs(clusterId, principal)),
  }
}
