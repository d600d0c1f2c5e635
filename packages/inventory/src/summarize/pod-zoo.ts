import type { KubeObject } from '@fairlead/kube/kube-object'
import { deletingPods, initialisingPods } from './pod-zoo-initialising'
import { startedAt, finishedAt, one, type PodShape } from './pod-zoo-parts'
import { endedPods, plainPods } from './pod-zoo-running'

export const podZoo: readonly PodShape[] = [...plainPods, ...endedPods, ...initialisingPods, ...deletingPods]

/** The pod as a person would create it; no scheduler of that name exists, so its status stays ours. */
export const podManifest = (shape: PodShape, namespace: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: shape.name,
    namespace,
    ...(shape.deleted === true ? { finalizers: ['fairlead.dev/zoo'] } : {}),
  },
  spec: {
    schedulerName: 'nobody',
    automountServiceAccountToken: false,
    containers: (shape.containers ?? one).map((name) => ({ name, image: 'registry.example.org/a:1' })),
    initContainers: (shape.init ?? []).map((init) =>
      typeof init === 'string'
        ? { name: init, image: 'registry.example.org/i:1' }
        : { ...init, image: 'registry.example.org/s:1' },
    ),
  },
})

/** As an API server would show it. */
export function podObject(shape: PodShape): KubeObject {
  const manifest = podManifest(shape, 'zoo')
  const metadata = {
    ...manifest.metadata,
    uid: shape.name,
    resourceVersion: '1',
    creationTimestamp: startedAt,
    ...(shape.deleted === true ? { deletionTimestamp: finishedAt } : {}),
  }
  return { ...manifest, metadata, status: shape.status }
}
