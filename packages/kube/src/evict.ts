import { resourcePath } from './discovery'
import type { KubeClient } from './kube-client'
import { KubeStatusError } from './kube-error'

export interface EvictedPod {
  readonly namespace: string
  readonly name: string
  readonly uid: string
}

/** `held`: a PodDisruptionBudget does not allow it now; `gone`: there was nothing left to evict. */
export type Eviction =
  | { readonly outcome: 'accepted' | 'gone' }
  | { readonly outcome: 'held' | 'refused'; readonly message: string }

/**
 * Asks the Eviction API, which alone honours budgets: https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/
 * Asking again is harmless. Anything but an answer about this pod throws.
 */
export async function evictPod(
  client: KubeClient,
  pod: EvictedPod,
  options: { readonly gracePeriodSeconds?: number | undefined } = {},
): Promise<Eviction> {
  const { namespace, name, uid } = pod
  const { gracePeriodSeconds } = options
  const body = {
    apiVersion: 'policy/v1',
    kind: 'Eviction',
    metadata: { namespace, name },
    deleteOptions: {
      preconditions: { uid },
      ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
    },
  }
  try {
    await client.request({
      method: 'POST',
      path: `${resourcePath('v1', 'pods', { namespace, name })}/eviction`,
      body,
    })
    return { outcome: 'accepted' }
  } catch (error) {
    if (!(error instanceof KubeStatusError) || error.code === 'cluster_denied') throw error
    // 409: the name belongs to another pod by now.
    if (error.status === 404 || error.status === 409) return { outcome: 'gone' }
    if (error.status === 429) return { outcome: 'held', message: error.message }
    // 403 of a namespace that is terminating, 500 of two budgets on one pod: this pod, not the cluster.
    if (error.status === 403 || error.status === 500) return { outcome: 'refused', message: error.message }
    throw error
  }
}
