import { describe, expect, it } from 'vitest'
import { explainCrash } from './explain'

// Pods as an executor or an operator of Airflow makes them: one container `base`, never restarted; statuses as the API
// server of Kubernetes 1.33 and later shows them.
const now = new Date('2026-11-27T12:00:00Z')
const [startedAt, finishedAt] = ['2026-11-27T11:50:00Z', '2026-11-27T11:58:00Z']
const limit = (memory: string) => ({
  limits: { cpu: '1', memory },
  requests: { cpu: '500m', memory: '256Mi' },
})
const ended = (reason: string, exitCode = 137, more: object = {}) => ({
  terminated: { exitCode, reason, startedAt, finishedAt, containerID: 'containerd://5f0c', ...more },
})
const container = (state: object, more: object = {}) => ({
  name: 'base',
  image: 'apache/airflow:3.3.2',
  imageID: 'docker.io/apache/airflow@sha256:0c',
  lastState: {},
  ready: false,
  restartCount: 0,
  started: false,
  state,
  user: { linux: { uid: 50000, gid: 0, supplementalGroups: [0] } },
  ...more,
})
const condition = (type: string, status: string, more: object = {}) => ({
  type,
  status,
  observedGeneration: 1,
  lastProbeTime: null,
  lastTransitionTime: finishedAt,
  ...more,
})
const conditions = (...more: readonly object[]) => [
  condition('PodReadyToStartContainers', 'False'),
  condition('Initialized', 'True'),
  condition('Ready', 'False', { reason: 'PodFailed' }),
  condition('ContainersReady', 'False', { reason: 'PodFailed' }),
  condition('PodScheduled', 'True'),
  ...more,
]
const disruption = (reason: string, message: string) =>
  condition('DisruptionTarget', 'True', { reason, message })

interface Shape {
  readonly status: object
  readonly spec?: object
  readonly base?: object
  readonly beside?: readonly object[]
}
const why = ({ status, spec, base, beside = [] }: Shape) =>
  explainCrash({
    now,
    events: [],
    pod: {
      metadata: { name: 'etl-load-x1', namespace: 'airflow', generation: 1 },
      spec: {
        nodeName: 'node-3',
        restartPolicy: 'Never',
        containers: [
          { name: 'base', image: 'apache/airflow:3.3.2', resources: limit('512Mi'), ...base },
          ...beside,
        ],
        ...spec,
      },
      status: { observedGeneration: 1, qosClass: 'Burstable', phase: 'Failed', ...status },
    },
  }).map(({ code, words, remedy }) => ({ code, words, remedy }))

const memory =
  'The node was low on resource: memory. Threshold quantity: 100Mi, available: 89216Ki. Container base was using 1804128Ki, request is 256Mi, has larger consumption of memory. '
const disk =
  'The node was low on resource: ephemeral-storage. Threshold quantity: 2Gi, available: 1961Mi. Container base was using 9Gi, request is 0, has larger consumption of ephemeral-storage. '
const evicted = (message: string, state: object = ended('Error')): Shape => ({
  status: {
    reason: 'Evicted',
    message,
    conditions: conditions(disruption('TerminationByKubelet', message)),
    containerStatuses: [container(state)],
  },
})

describe('a task pod that was taken away', () => {
  it.each<[string, Shape, string, RegExp, RegExp | null]>([
    [
      'for the memory of its node',
      evicted(memory),
      'evicted',
      /^The node evicted it: The node was low on resource: memory\. .*Container base was using 1804128Ki, request is 256Mi/,
      /requests near what it really uses/,
    ],
    [
      'for the disk of its node',
      evicted(disk),
      'evicted',
      /low on resource: ephemeral-storage/,
      /ephemeral-storage/,
    ],
    [
      'for its own limit of disk',
      evicted('Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. '),
      'evicted',
      /^The node evicted it: Pod ephemeral local storage usage exceeds the total limit of containers 1Gi\.$/,
      /Raise that limit/,
    ],
    [
      'for an emptyDir that was full',
      evicted('Usage of EmptyDir volume "scratch" exceeds the limit "64Mi". '),
      'evicted',
      /EmptyDir volume "scratch" exceeds the limit "64Mi"/,
      /sizeLimit/,
    ],
    [
      'and its container was not found any more',
      evicted(
        memory,
        ended('ContainerStatusUnknown', 137, {
          message: 'The container could not be located when the pod was terminated',
          startedAt: null,
          finishedAt: null,
        }),
      ),
      'evicted',
      /low on resource: memory/,
      /requests/,
    ],
    [
      'before any container was started',
      {
        status: { ...evicted(memory).status, containerStatuses: undefined, startTime: startedAt },
      },
      'evicted',
      /low on resource: memory/,
      /requests/,
    ],
    [
      'by a shutdown of its node',
      {
        status: {
          reason: 'Terminated',
          message: 'Pod was terminated in response to imminent node shutdown.',
          conditions: conditions(
            disruption('TerminationByKubelet', 'Pod was terminated in response to imminent node shutdown.'),
          ),
          containerStatuses: [container(ended('Error', 143))],
        },
      },
      'evicted',
      /^Its node ended it: Pod was terminated in response to imminent node shutdown\.$/,
      null,
    ],
    [
      'by a drain',
      {
        status: {
          conditions: conditions(disruption('EvictionByEvictionAPI', 'Eviction API: evicting')),
          containerStatuses: [container(ended('Error', 143))],
        },
      },
      'evicted',
      /^It was evicted by a request, as a drain of its node does: Eviction API: evicting$/,
      null,
    ],
    [
      'by a pod of a higher priority',
      {
        status: {
          conditions: conditions(
            disruption(
              'PreemptionByScheduler',
              'default-scheduler: preempting to accommodate a higher priority pod',
            ),
          ),
          containerStatuses: [container(ended('Error'))],
        },
      },
      'evicted',
      /make room for a pod of a higher priority/,
      null,
    ],
    [
      'by a taint',
      {
        status: {
          conditions: conditions(
            disruption('DeletionByTaintManager', 'Taint manager: deleting due to NoExecute taint'),
          ),
        },
      },
      'evicted',
      /^A taint of its node drove it out: /,
      null,
    ],
    [
      'by nobody: its node did not take it in',
      {
        status: {
          reason: 'OutOfmemory',
          message:
            "Pod was rejected: Node didn't have enough resource: memory, requested: 8589934592, used: 60129542144, capacity: 66571993088",
          conditions: [],
        },
      },
      'rejected',
      /^Its node did not take it in \(OutOfmemory\): Pod was rejected: Node didn't have enough resource: memory/,
      /another/,
    ],
  ])('%s', (_, shape, code, words, remedy) => {
    const findings = why(shape)
    expect(findings).toEqual([
      {
        code,
        words: expect.stringMatching(words),
        remedy: remedy === null ? null : expect.stringMatching(remedy),
      },
    ])
  })

  it('says beside it that it ran out of memory before', () => {
    const codes = why(evicted(memory, ended('OOMKilled'))).map(({ code }) => code)
    expect(codes).toEqual(['evicted', 'oom_killed'])
  })
})

describe('a task pod that ran out of memory', () => {
  const over = (status: object = {}, more: object = {}): Shape => ({
    status: {
      conditions: conditions(),
      containerStatuses: [container(ended('OOMKilled'), status)],
      ...more,
    },
  })
  it.each<[string, Shape, string]>([
    ['names its limit', over(), 'base: it used more memory than its limit 512Mi and was killed'],
    [
      'names the limit in force where it was resized in place',
      over({ resources: limit('768Mi'), allocatedResources: { cpu: '500m', memory: '256Mi' } }),
      'its limit 768Mi and was killed',
    ],
    [
      'names the limit of the pod where it has none of its own',
      { ...over(), base: { resources: {} }, spec: { resources: limit('1Gi') } },
      'its limit (none of its own: the 1Gi of all containers of its pod) and was killed',
    ],
    [
      'names none where there is none',
      { ...over(), base: { resources: {} } },
      'its limit (none of its own: the limit of the pod or the node) and was killed',
    ],
    [
      'of an operator whose sidecar goes on',
      {
        beside: [{ name: 'airflow-xcom-sidecar', image: 'alpine' }],
        status: {
          phase: 'Running',
          containerStatuses: [
            container(
              { running: { startedAt } },
              { name: 'airflow-xcom-sidecar', ready: true, started: true },
            ),
            container(ended('OOMKilled')),
          ],
        },
      },
      'base: it used more memory than its limit 512Mi and was killed (OOMKilled, exit code 137)',
    ],
  ])('%s', (_, shape, words) => {
    const findings = why(shape)
    expect(findings.map(({ code }) => code)).toEqual(['oom_killed'])
    expect(findings[0]?.words).toContain(words)
    expect(findings[0]?.remedy).toContain('Raise its memory limit')
  })
})

it('a container whose end nobody saw is not said to have been killed', () => {
  const message = 'The container could not be located when the pod was terminated'
  const unknown = ended('ContainerStatusUnknown', 137, { message, startedAt: null, finishedAt: null })
  const [finding] = why({ status: { conditions: conditions(), containerStatuses: [container(unknown)] } })
  expect(finding).toMatchObject({ code: 'end_unknown' })
  expect(finding?.words).not.toContain('Its last words')
})
