import { describe, expect, it } from 'vitest'
import { condition, imagePullPod, object, readyPod } from './health-factories'
import { stuckPod } from './statefulset'
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

describe('a DaemonSet on a node that is not ready', () => {
  it('names the node, as long as a pod of it stands there', () => {
    const node = (name: string, ready: string) => ({
      ...object(
        'v1',
        'Node',
        {},
        { conditions: [condition('Ready', ready, 'KubeletNotReady', 'runtime is down')] },
      ),
      metadata: { name },
    })
    const on = (nodeName: string): KubeObject => {
      const pod = readyPod('w-1')
      return { ...pod, spec: { nodeName } }
    }
    const set = object(
      'apps/v1',
      'DaemonSet',
      {},
      {
        observedGeneration: 2,
        desiredNumberScheduled: 2,
        currentNumberScheduled: 2,
        updatedNumberScheduled: 1,
        numberReady: 1,
        numberAvailable: 1,
      },
    )
    const nodes = [node('n-1', 'True'), node('n-2', 'False'), node('n-3', 'Unknown')]
    const verdict = verdictOf(set, { nodes, pods: [on('n-1'), on('n-2')] })
    expect(verdict).toMatchObject({
      state: 'progressing',
      message: '1 of 2 nodes updated; node n-2 is not ready: runtime is down',
      evidence: [{ reason: 'NodeNotReady', objectKind: 'Node', objectName: 'n-2' }],
    })
    expect(verdictOf(set, { pods: [on('n-1'), on('n-2')] }).message).toBe('1 of 2 nodes updated')
  })
})

describe('the pod that an OrderedReady StatefulSet is stuck behind', () => {
  const named = (pod: KubeObject, ordinal: number): KubeObject => ({
    ...pod,
    metadata: { ...pod.metadata, name: `db-${ordinal}` },
  })
  const broken = (ordinal: number, revision: string) => named(imagePullPod('w-1', hash(revision)), ordinal)
  const ready = (ordinal: number, revision: string) => named(readyPod('w-1', hash(revision)), ordinal)
  const stuck = (spec: Fields, pods: readonly KubeObject[], context: VerdictContext = {}) =>
    stuckPod(statefulSet(spec, {}), { pods, ...context })?.metadata.name ?? null

  it.each([
    ['the broken one of another revision', {}, [ready(0, 'x-1'), broken(1, 'x-1')], 'db-1'],
    ['the first of several', {}, [broken(11, 'x-1'), broken(2, 'x-1')], 'db-2'],
    [
      'none while a pod of the right revision before it starts',
      {},
      [broken(0, 'x-2'), broken(1, 'x-1')],
      null,
    ],
    ['none when all of the wrong revision are ready', {}, [ready(0, 'x-1'), ready(1, 'x-1')], null],
    [
      'none where pods do not wait for each other',
      { podManagementPolicy: 'Parallel' },
      [broken(1, 'x-1')],
      null,
    ],
    ['none where a person deletes pods', { updateStrategy: { type: 'OnDelete' } }, [broken(1, 'x-1')], null],
    ['none where the partition would bring it back as it is', partition(2), [broken(1, 'x-1')], null],
    ['one that the partition would bring back otherwise', partition(2), [broken(1, 'x-0')], 'db-1'],
    [
      'one beyond the partition, counted from the first ordinal',
      { ...partition(1), ordinals: { start: 5 } },
      [broken(6, 'x-1')],
      'db-6',
    ],
    [
      'none below the partition, counted from there',
      { ...partition(1), ordinals: { start: 5 } },
      [broken(5, 'x-1')],
      null,
    ],
  ] as const)('is %s', (_, spec, pods, name) => {
    expect(stuck(spec, pods)).toBe(name)
  })

  it('is none before the controller has observed our apply, nor one that is on its way out', () => {
    const pods = [broken(1, 'x-1')]
    expect(stuck({}, pods, { minGeneration: 2 })).toBe('db-1')
    expect(stuck({}, pods, { minGeneration: 3 })).toBeNull()
    const leaving = pods.map((pod) => ({
      ...pod,
      metadata: { ...pod.metadata, deletionTimestamp: '2026-11-23T10:00:00Z' },
    }))
    expect(stuck({}, leaving)).toBeNull()
  })
})
