import type { RevisionRow } from '@fairlead/contracts/inventory'
import { fieldManagerOf } from '@fairlead/contracts/labels'
import { newReplicaSet } from '@fairlead/kube/health/deployment'
import { podEvidence } from '@fairlead/kube/health/pod'
import { stuckPod } from '@fairlead/kube/health/statefulset'
import { verdictOf } from '@fairlead/kube/health/verdict-of'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { keyOf } from '../manifest/object-key'
import { isOwnedBy } from '@fairlead/kube/owned-fields'
import { imagesOf, valueAt } from '../manifest/pod-template'
import type { Applied } from './applied'
import { aroundWorkload, refusedPods, withOwners } from './around-workload'
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
  const around = await aroundWorkload(client, live)
  const key = keyOf(live)
  const floor = applied.objects[key]
  const context = {
    ...around,
    now,
    // Another UID is another object, whose generations start anew.
    minGeneration: floor?.uid === live.metadata.uid ? (floor?.generation ?? null) : null,
  }
  const events = await refusedPods(client, live, verdictOf(live, context))
  const verdict = await withOwners(client, live, verdictOf(live, { ...context, events }))
  return {
    key,
    kind: live.kind,
    name: live.metadata.name,
    verdict,
    revisions: live.kind === 'Deployment' ? revisionsOf(live, around.replicaSets) : [],
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

/** It proves nothing either way: whoever wants its end to count keeps it long enough to be seen. */
export const vanishedJob = (manifest: KubeObject): ObservedWorkload => {
  const absent = absentWorkload(manifest)
  const message = 'It is gone since it was applied, so how it ended was not seen'
  return { ...absent, verdict: { ...absent.verdict, state: 'unproven', message } }
}

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
