import type { KubeClient } from '@fairlead/kube/kube-client'
import { listObjects } from '@fairlead/kube/objects'
import { podType, readPods, selectorOf } from './attempt-objects'
import type { ClusterView } from './cluster-view'
import { summarizePod, type PodSummary } from './summaries'

/** Asked in one list when there are many. */
const fewKeys = 8

/**
 * The two watches are not in step: a Job's end or deletion may be seen before its pod was. Only an answer that there is
 * no pod makes an attempt lost, or a success without outputs.
 */
export function createDoubts(
  { view, owner }: { readonly view: ClusterView; readonly owner: string },
  client: KubeClient,
  signal: AbortSignal,
) {
  let behindSince: number | null = null
  let asking: Promise<void> | null = null
  const found = (pods: readonly PodSummary[]): void => {
    if (pods.length === 0) return
    behindSince = Date.now()
    view.pods(pods.map((object) => ({ type: 'upsert', object })))
  }
  const ask = async (): Promise<void> => {
    const doubts = view.doubts()
    try {
      if (doubts.length > fewKeys) {
        const keys = new Set(doubts.map(({ key }) => key))
        const pods = await listObjects(client, podType, { labelSelector: selectorOf(owner), signal })
        found(pods.map(summarizePod).filter(({ key }) => keys.has(key)))
      } else
        for (const { key, namespace } of doubts)
          found(await readPods({ client, owner, key, namespace, signal }))
      for (const { key } of doubts) view.confirmPodless(key)
    } catch {
      // Not answered: they stay in doubt and are asked for again.
    }
  }
  return {
    settle: (): Promise<void> => (asking ??= ask().finally(() => void (asking = null))),
    /** When pods were found that the watch should have shown; it is silent if it goes on saying nothing. */
    podsBehindSince: () => behindSince,
  }
}
