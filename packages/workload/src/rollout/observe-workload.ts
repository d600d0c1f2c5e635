import type { RevisionRow } from '@fairlead/contracts/inventory'
import { isFairleadError } from '@fairlead/contracts/errors'
import { fieldManagerOf } from '@fairlead/contracts/labels'
import { newReplicaSet } from '@fairlead/kube/health/deployment'
import { podEvidence } from '@fairlead/kube/health/pod'
import { stuckPod } from '@fairlead/kube/health/statefulset'
import { verdictOf } from '@fairlead/kube/health/verdict-of'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { listObjects } from '@fairlead/kube/objects'
import { keyOf } from '../manifest/object-key'
import { isOwnedBy } from '@fairlead/kube/owned-fields'
import { imagesOf, valueAt } from '../manifest/pod-template'
import type { Applied } from './applied'
import { earlyEvidence, isEarly } from './judge'
import type { ObservedWorkload } from './observation'

/** Holds spec.paused apart from the application's own fields, so that it can be given up without touching them. */
export const pauseManagerOf = (application: string): string => `${fieldManagerOf(application)}-pause`

interface Request {
  readonly client: KubeClient
  readonly application: string
  readonly applied: Applied
  readonly now: Date
}

/** What one live workload says of itself, by its own ReplicaSets and pods. */
export async function observeWorkload(request: Request, live: KubeObject): Promise<ObservedWorkload> {
  const { client, applied, now } = request
  const namespace = live.metadata.namespace
  const labelSelector = selectorText(valueAt(live, ['spec', 'selector']))
  const list = (apiVersion: string, kind: string): Promise<readonly KubeObject[]> =>
    labelSelector === ''
      ? Promise.resolve([])
      : listObjects(client, { apiVersion, kind }, { namespace, labelSelector }).catch(unreadable)
  const [replicaSets, pods, nodes] = await Promise.all([
    live.kind === 'Deployment' ? list('apps/v1', 'ReplicaSet') : [],
    list('v1', 'Pod'),
    live.kind === 'DaemonSet'
      ? listObjects(client, { apiVersion: 'v1', kind: 'Node' }).catch(unreadable)
      : [],
  ])
  const key = keyOf(live)
  const floor = applied.objects[key]
  const context = {
    replicaSets,
    pods,
    nodes,
    now,
    // Another UID is another object, whose generations start anew.
    minGeneration: floor?.uid === live.metadata.uid ? (floor?.generation ?? null) : null,
  }
  const verdict = verdictOf(live, context)
  return {
    key,
    kind: live.kind,
    name: live.metadata.name,
    verdict,
    revisions: live.kind === 'Deployment' ? revisionsOf(live, replicaSets) : [],
    held: isOwnedBy(live, pauseManagerOf(request.application)),
    early: earlyEvidence(verdict),
    stuck: live.kind === 'StatefulSet' ? stuckOf(stuckPod(live, context)) : null,
  }
}

function stuckOf(pod: KubeObject | null): ObservedWorkload['stuck'] {
  if (pod === null) return null
  const { name, uid = '', resourceVersion = '' } = pod.metadata
  return { name, uid, resourceVersion, hopeless: podEvidence(pod).some(isEarly) }
}

/** Pods and ReplicaSets only explain: without the right to list them the workload's own status still decides. */
function unreadable(error: unknown): readonly KubeObject[] {
  if (isFairleadError(error) && error.code === 'cluster_denied') return []
  throw error
}

export const absentWorkload = (manifest: KubeObject): ObservedWorkload => ({
  key: keyOf(manifest),
  kind: manifest.kind,
  name: manifest.metadata.name,
  verdict: {
    state: 'progressing',
    message: 'It does not exist',
    replicas: null,
    evidence: [],
    observedGeneration: null,
    generation: null,
  },
  revisions: [],
  held: false,
  early: [],
  stuck: null,
})

const numberAt = (object: KubeObject, path: readonly string[]): number => {
  const value = valueAt(object, path)
  return typeof value === 'number' ? value : 0
}

function revisionsOf(deployment: KubeObject, replicaSets: readonly KubeObject[]): RevisionRow[] {
  const current = newReplicaSet(deployment, replicaSets)
  const revision = (set: KubeObject): string =>
    set.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? ''
  return replicaSets
    .filter(
      (set) => set.metadata.ownerReferences?.some(({ uid }) => uid === deployment.metadata.uid) === true,
    )
    .filter(
      (set) =>
        set === current ||
        numberAt(set, ['status', 'replicas']) > 0 ||
        numberAt(set, ['spec', 'replicas']) > 0,
    )
    .toSorted((left, right) => Number(revision(right)) - Number(revision(left)))
    .map((set) => ({
      uid: set.metadata.uid ?? '',
      name: set.metadata.name,
      revision: revision(set),
      current: set === current,
      replicas: numberAt(set, ['status', 'replicas']),
      ready: numberAt(set, ['status', 'readyReplicas']),
      desired: numberAt(set, ['spec', 'replicas']),
      images: imagesOf([set]),
      createdAt: set.metadata.creationTimestamp ?? '',
    }))
}

const operators: Readonly<Record<string, (key: string, values: string) => string>> = {
  In: (key, values) => `${key} in (${values})`,
  NotIn: (key, values) => `${key} notin (${values})`,
  Exists: (key) => key,
  DoesNotExist: (key) => `!${key}`,
}

/** A LabelSelector as the API server's query wants it. */
export function selectorText(selector: unknown): string {
  const labels = Object.entries((valueAt(selector, ['matchLabels']) ?? {}) as Record<string, unknown>)
  const expressions = valueAt(selector, ['matchExpressions'])
  const texts = (Array.isArray(expressions) ? expressions : []).map((expression: unknown) => {
    const values = valueAt(expression, ['values'])
    const write = operators[String(valueAt(expression, ['operator']))]
    return write?.(String(valueAt(expression, ['key'])), Array.isArray(values) ? values.join(',') : '') ?? ''
  })
  return [
    ...labels.map(([key, value]) => `${key}=${String(value)}`),
    ...texts.filter((text) => text !== ''),
  ].join(',')
}
