import type { KubeObject } from '../kube-object'

// Live objects for the tables of the health tests, shaped as the API server returns them.

type Fields = Readonly<Record<string, unknown>>
export const condition = (type: string, status: string, reason = '', message = '') => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: '2026-11-23T10:00:00Z',
})

export const deployment = (spec: Fields, status: Fields, generation = 2): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'd-1',
    generation,
    annotations: { 'deployment.kubernetes.io/revision': '2' },
  },
  spec: {
    replicas: 3,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
    ...spec,
  },
  status: { observedGeneration: 2, ...status },
})

export const replicaSet = (
  name: string,
  revision: string,
  createdAt = '2026-11-23T10:00:00Z',
): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: {
    name,
    namespace: 'shop',
    uid: `uid-${name}`,
    generation: 1,
    creationTimestamp: createdAt,
    annotations: { 'deployment.kubernetes.io/revision': revision },
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'd-1', controller: true },
    ],
  },
  spec: { replicas: 3 },
  status: { observedGeneration: 1, replicas: 3, readyReplicas: 3, availableReplicas: 3 },
})

export const pod = (
  ownerUid: string,
  status: Fields,
  extra: { labels?: Record<string, string>; spec?: Fields } = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: `pod-of-${ownerUid}`,
    namespace: 'shop',
    uid: `p-${ownerUid}`,
    labels: extra.labels ?? {},
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'x', uid: ownerUid, controller: true },
    ],
  },
  spec: { containers: [{ name: 'app', image: 'shop/web:2' }], ...extra.spec },
  status: { phase: 'Pending', startTime: '2026-11-23T10:00:00Z', ...status },
})

export const container = (state: Fields, more: Fields = {}) => ({
  name: 'app',
  ready: false,
  restartCount: 0,
  image: 'shop/web:2',
  state,
  lastState: {},
  ...more,
})
export const waiting = (reason: string, message = '') => ({ waiting: { reason, message } })
export const exited = (exitCode: number, reason: string) => ({
  terminated: { exitCode, reason, finishedAt: '2026-11-23T10:01:00Z' },
})
export const readyPod = (ownerUid: string, labels: Record<string, string> = {}): KubeObject =>
  pod(
    ownerUid,
    {
      phase: 'Running',
      conditions: [condition('PodScheduled', 'True'), condition('Ready', 'True')],
      containerStatuses: [container({ running: { startedAt: '2026-11-23T10:00:05Z' } }, { ready: true })],
    },
    { labels },
  )
export const imagePullPod = (ownerUid: string, labels: Record<string, string> = {}): KubeObject =>
  pod(
    ownerUid,
    {
      conditions: [condition('PodScheduled', 'True'), condition('Ready', 'False', 'ContainersNotReady')],
      containerStatuses: [container(waiting('ImagePullBackOff', 'Back-off pulling image "shop/web:nope"'))],
    },
    { labels },
  )

export const object = (
  apiVersion: string,
  kind: string,
  spec: Fields,
  status: Fields,
  annotations = {},
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'x', namespace: 'shop', uid: 'w-1', generation: 2, annotations },
  spec,
  status,
})
