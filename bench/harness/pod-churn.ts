import type { KubeClient } from '@fairlead/kube/kube-client'
import { listObjects, patchObject } from '@fairlead/kube/objects'
import { fleetNamespace } from './fleet'
import { pause } from './wait'

export interface Churn {
  /** Changes that the API servers took, and those that they did not. */
  readonly done: () => { readonly changes: number; readonly failed: number }
  stop(): Promise<void>
}

/** Changes labels of pods, `perSecond` over all clusters together, each pod in its turn; a label is part of every row. */
export async function churnPods(clients: readonly KubeClient[], perSecond: number): Promise<Churn> {
  const pods = (await Promise.all(clients.map(somePods))).flat()
  const stopped = new AbortController()
  let [changes, failed] = [0, 0]
  const change = async (turn: number): Promise<void> => {
    const pod = pods[turn % pods.length]
    if (pod === undefined) return
    const ref = { apiVersion: 'v1', kind: 'Pod', namespace: pod.namespace, name: pod.name }
    await patchObject(pod.client, ref, { metadata: { labels: { turn: String(turn) } } }).then(
      () => (changes += 1),
      () => (failed += 1),
    )
  }
  const running = (async () => {
    const startedAt = Date.now()
    const inFlight = new Set<Promise<void>>()
    for (let turn = 0; !stopped.signal.aborted; turn++) {
      const early = startedAt + (turn * 1_000) / perSecond - Date.now()
      if (early > 5) await pause(early)
      const one = change(turn).finally(() => inFlight.delete(one))
      inFlight.add(one)
      // A server that cannot keep up is measured as it is, not buried.
      if (inFlight.size >= 50) await Promise.race(inFlight)
    }
    await Promise.all(inFlight)
  })()
  return {
    done: () => ({ changes, failed }),
    stop: async () => {
      stopped.abort()
      await running
    },
  }
}

async function somePods(client: KubeClient) {
  const type = { apiVersion: 'v1', kind: 'Pod' }
  const found = await listObjects(client, type, { namespace: fleetNamespace(0) })
  return found.map(({ metadata }) => ({ client, namespace: fleetNamespace(0), name: metadata.name }))
}
