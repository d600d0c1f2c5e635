import { isFairleadError } from '@fairlead/contracts/errors'
import type { FailureCause } from '@fairlead/contracts/task-runner'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { listObjects } from '@fairlead/kube/objects'
import type { ClusterView } from './cluster-view'

const podlessMs = 3_000
const explainEveryMs = 15_000
const explainedAtOnce = 5

/** A Job whose pods are refused says so in events alone: asked for a few at a time, and not often. */
export async function explainPodless(
  view: ClusterView,
  client: KubeClient,
  { signal, asked }: { readonly signal: AbortSignal; readonly asked: Map<string, number> },
): Promise<void> {
  for (const [uid, at] of asked) if (Date.now() - at > explainEveryMs) asked.delete(uid)
  const waiting = view
    .podless(podlessMs)
    .filter(({ uid }) => !asked.has(uid))
    .slice(0, explainedAtOnce)
  for (const { uid } of waiting) asked.set(uid, Date.now())
  for (const { key, namespace, uid } of waiting) {
    try {
      const fieldSelector = `involvedObject.uid=${uid},reason=FailedCreate`
      const events = await listObjects(
        client,
        { apiVersion: 'v1', kind: 'Event' },
        { namespace, fieldSelector, signal },
      )
      const message = events.map((event) => event['message']).findLast((text) => typeof text === 'string')
      if (message === undefined) continue
      const cause: FailureCause | null = message.includes('exceeded quota') ? 'quota' : null
      view.explain(key, { reason: message.slice(0, 500), cause })
    } catch (error) {
      if (!isFairleadError(error)) throw error
    }
  }
}
