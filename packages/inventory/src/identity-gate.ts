import { FairleadError } from '@fairlead/contracts/errors'
import { isStill } from '@fairlead/kube/cluster-identity'
import type { KubeClient } from '@fairlead/kube/kube-client'

export const otherCluster = (server: string): FairleadError =>
  new FairleadError(
    'conflict',
    `The endpoint ${server} now answers as another cluster; nothing of it is taken over.`,
    {
      remedy:
        'Remove this cluster and register the other one, or rotate to a credential that reaches this one.',
    },
  )

/** Throws `conflict` when the endpoint is another cluster by now. */
export async function assertIdentity(client: KubeClient, uid: string): Promise<void> {
  if (!(await isStill(client, uid))) throw otherCluster(client.server)
}

/** Resolves at once while nothing has happened; after any silence the cluster has to prove again who it is. */
export function identityGate(client: KubeClient, uid: string): { confirm(): Promise<void>; close(): void } {
  let checking: Promise<void> | null = null
  let suspect = false
  const close = client.pulse.listen({ failed: () => void (suspect = true) })
  return {
    close,
    confirm: async () => {
      if (!suspect) return
      checking ??= assertIdentity(client, uid)
        .then(() => void (suspect = false))
        .finally(() => void (checking = null))
      await checking
    },
  }
}
