import { describe, expect, it } from 'vitest'
import { imagePullPod, object, readyPod } from './health-factories'
import { stuckPods } from './statefulset'
import { verdictOf, type VerdictContext } from './verdict-of'
import type { KubeObject } from '../kube-object'

type Fields = Readonly<Record<string, unknown>>
type Row = readonly [string, KubeObject, VerdictContext, string, RegExp]
const statefulSet = (spec: Fields, status: Fields) =>
  object(
    'apps/v1',
    'StatefulSet',
    { replicas: 3, ...spec },
    { observedGeneration: 2, currentRevision: 'x-1', updateRevision: 'x-2', ...status },
  )
const counts = (updated: number, available: number, replicas = 3) => ({
  replicas,
  updatedReplicas: updated,
  readyReplicas: available,
  availableReplicas: available,
})
const partition = (value: number) => ({
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: value } },
})
const hash = (revision: string) => ({ 'controller-revision-hash': revision })
const settled = { currentRevision: 'x-2', updateRevision: 'x-2' }

const statefulSets: readonly Row[] = [
  ['complete', statefulSet({}, { ...counts(3, 3), ...settled }), {}, 'converged', /^3 of 3 available$/],
  [
    'ready but not yet available (minReadySeconds)',
    statefulSet({}, { ...counts(3, 2), readyReplicas: 3 }),
    {},
    'progressing',
    /2 of 3 pods available/,
  ],
  ['updating', statefulSet({}, counts(1, 3)), {}, 'progressing', /1 of 3 pods updated/],
  [
    'not observed',
    statefulSet({}, { ...counts(3, 3), observedGeneration: 1 }),
    {},
    'progressing',
    /not seen/,
  ],
  [
    'partition reached',
    statefulSet(partition(2), counts(1, 3)),
    {},
    'converged',
    /1 of 3 on the new revision.*partition 2/,
  ],
  [
    'partition not reached',
    statefulSet(partition(1), counts(1, 3)),
    {},
    'progressing',
    /1 of 2 pods updated/,
  ],
  [
    'partition above all replicas',
    statefulSet(partition(3), counts(0, 3)),
    {},
    'unproven',
    /holds back all 3 pods/,
  ],
  [
    'partition without a change',
    statefulSet(partition(3), { ...counts(3, 3), ...settled }),
    {},
    'converged',
    /3 of 3/,
  ],
  [
    'a rollback in the middle of an update',
    statefulSet({}, { ...counts(2, 2), ...settled }),
    {},
    'progressing',
    /2 of 3 pods updated/,
  ],
  [
    'OnDelete',
    statefulSet({ updateStrategy: { type: 'OnDelete' } }, counts(1, 3)),
    {},
    'paused',
    /Applied, waiting for pod deletion: 1 of 3 on the new revision/,
  ],
  ['scaled to 0', statefulSet({ replicas: 0 }, { replicas: 0, ...settled }), {}, 'unproven', /Scaled to 0/],
  [
    'a new pod that cannot pull',
    statefulSet({}, counts(1, 2)),
    { pods: [imagePullPod('w-1', hash('x-2'))] },
    'degraded',
    /ImagePullBackOff/,
  ],
  [
    'an old pod that cannot pull (kubernetes#67250)',
    statefulSet({}, counts(0, 2)),
    { pods: [imagePullPod('w-1', hash('x-1'))] },
    'progressing',
    /waits behind pod-of-w-1/,
  ],
]

const daemonStatus = (updated: number, available: number, desired = 3) => ({
  observedGeneration: 2,
  desiredNumberScheduled: desired,
  currentNumberScheduled: desired,
  updatedNumberScheduled: updated,
  numberReady: available,
  numberAvailable: available,
})
const daemonSet = (spec: Fields, status: Fields) =>
  object('apps/v1', 'DaemonSet', spec, status, { 'deprecated.daemonset.template.generation': '2' })
const generation = (value: string) => ({ 'pod-template-generation': value })
const daemonSets: readonly Row[] = [
  ['complete', daemonSet({}, daemonStatus(3, 3)), {}, 'converged', /3 of 3 nodes/],
  ['no node matches', daemonSet({}, daemonStatus(0, 0, 0)), {}, 'unproven', /No node matches/],
  ['updating', daemonSet({}, daemonStatus(1, 3)), {}, 'progressing', /1 of 3 nodes updated/],
  [
    'a node that is not ready holds it',
    daemonSet({}, daemonStatus(3, 2)),
    {},
    'progressing',
    /2 of 3 nodes available/,
  ],
  [
    'OnDelete',
    daemonSet({ updateStrategy: { type: 'OnDelete' } }, daemonStatus(0, 3)),
    {},
    'paused',
    /waiting for pod deletion: 0 of 3/,
  ],
  [
    'a new pod fails',
    daemonSet({}, daemonStatus(1, 2)),
    { pods: [imagePullPod('w-1', generation('2'))] },
    'degraded',
    /ImagePullBackOff/,
  ],
  [
    'an old pod fails',
    daemonSet({}, daemonStatus(1, 2)),
    { pods: [imagePullPod('w-1', generation('1'))] },
    'progressing',
    /1 of 3/,
  ],
  [
    'not observed',
    daemonSet({}, { ...daemonStatus(3, 3), observedGeneration: 1 }),
    {},
    'progressing',
    /not seen/,
  ],
]

describe.each([
  ['a StatefulSet', statefulSets],
  ['a DaemonSet', daemonSets],
])('%s', (_kind, table) => {
  it.each(table)('%s', (_name, live, context, state, message) => {
    const verdict = verdictOf(live, context)
    expect(verdict.message).toMatch(message)
    expect(verdict.state).toBe(state)
  })
})

describe('stuck pods of an OrderedReady StatefulSet', () => {
  it('are the broken ones of another revision', () => {
    const pods = [
      imagePullPod('w-1', hash('x-1')),
      readyPod('w-1', hash('x-1')),
      imagePullPod('w-1', hash('x-2')),
    ]
    expect(stuckPods(statefulSet({}, {}), pods)).toEqual([pods[0]])
    expect(stuckPods(statefulSet({ podManagementPolicy: 'Parallel' }, {}), pods)).toEqual([])
  })
})
