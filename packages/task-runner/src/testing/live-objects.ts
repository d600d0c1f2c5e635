import { taskLabelKeys } from '@fairlead/contracts/labels'
import type { KubeObject } from '@fairlead/kube/kube-object'

// Live objects of one attempt, shaped as an API server returns them.

type Fields = Readonly<Record<string, unknown>>
const labels = (key: string) => ({ [taskLabelKeys.attempt]: key, [taskLabelKeys.owner]: 'fairlead' })

export const condition = (type: string, status: string, reason = '', message = '') => ({
  type,
  status,
  reason,
  message,
  lastTransitionTime: '2026-11-23T10:00:30Z',
})
export const jobObject = (status: Fields = {}, metadata: Fields = {}, spec: Fields = {}): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'a', namespace: 'tasks', uid: 'job-1', labels: labels('a'), ...metadata },
  spec,
  status,
})
export const podObject = (status: Fields = {}, metadata: Fields = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: 'a-x7',
    namespace: 'tasks',
    uid: 'pod-1',
    creationTimestamp: '2026-11-23T10:00:00Z',
    labels: labels('a'),
    annotations: { 'kubectl.kubernetes.io/default-container': 'task' },
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name: 'a', uid: 'job-1', controller: true }],
    ...metadata,
  },
  spec: { nodeName: 'worker-1', containers: [{ name: 'task' }] },
  status: { phase: 'Running', ...status },
})
export const container = (state: Fields, name = 'task') => ({ name, state })
export const exited = (exitCode: number, reason = exitCode === 0 ? 'Completed' : 'Error', message = '') => ({
  terminated: {
    exitCode,
    reason,
    message,
    startedAt: '2026-11-23T10:00:01Z',
    finishedAt: '2026-11-23T10:00:20Z',
  },
})
export const running = { running: { startedAt: '2026-11-23T10:00:01Z' } }
export const waiting = (reason: string, message = '') => ({ waiting: { reason, message } })
