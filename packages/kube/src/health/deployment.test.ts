import { describe, expect, it } from 'vitest'
import { newReplicaSet } from './deployment'
import { condition, deployment, imagePullPod, readyPod, replicaSet } from './health-factories'
import { verdictOf, type VerdictContext } from './verdict-of'
import type { KubeObject } from '../kube-object'

const counts = (replicas: number, updated: number, available: number) => ({
  replicas,
  updatedReplicas: updated,
  readyReplicas: available,
  availableReplicas: available,
  unavailableReplicas: replicas - available,
})
const available = condition('Available', 'True', 'MinimumReplicasAvailable')
const complete = condition(
  'Progressing',
  'True',
  'NewReplicaSetAvailable',
  'ReplicaSet "web-2" has successfully progressed.',
)
const updating = condition('Progressing', 'True', 'ReplicaSetUpdated')
const exceeded = condition(
  'Progressing',
  'False',
  'ProgressDeadlineExceeded',
  'ReplicaSet "web-2" has timed out progressing.',
)
const quota = condition(
  'ReplicaFailure',
  'True',
  'FailedCreate',
  'pods "web-2-x" is forbidden: exceeded quota: small',
)
const sets = [replicaSet('web-2', '2'), replicaSet('web-1', '1', '2026-11-22T10:00:00Z')]

const table: readonly (readonly [string, KubeObject, VerdictContext, string, RegExp, readonly string[]])[] = [
  [
    'complete',
    deployment({}, { ...counts(3, 3, 3), conditions: [available, complete] }),
    {},
    'converged',
    /^3 of 3 available$/,
    [],
  ],
  [
    'an older generation observed',
    deployment({}, { ...counts(3, 3, 3), observedGeneration: 1, conditions: [available, complete] }),
    {},
    'progressing',
    /not seen this change/,
    [],
  ],
  [
    'a deadline exceeded by the previous generation',
    deployment({}, { ...counts(3, 1, 2), observedGeneration: 1, conditions: [exceeded, quota] }),
    { replicaSets: sets, pods: [imagePullPod('uid-web-2')] },
    'progressing',
    /not seen this change/,
    [],
  ],
  [
    'our apply not yet in the cache',
    deployment({}, { ...counts(3, 3, 3), conditions: [complete] }),
    { minGeneration: 3 },
    'progressing',
    /not seen this change/,
    [],
  ],
  [
    'a generation raised by an autoscaler after our apply was observed',
    deployment({}, { ...counts(3, 3, 3), conditions: [complete] }, 3),
    { minGeneration: 2 },
    'converged',
    /3 of 3/,
    [],
  ],
  [
    'pods still to be updated',
    deployment({}, { ...counts(4, 1, 3), conditions: [available, updating] }),
    {},
    'progressing',
    /^1 of 3 pods updated$/,
    [],
  ],
  [
    'old pods still to end',
    deployment({}, { ...counts(4, 3, 3), conditions: [available, updating] }),
    {},
    'progressing',
    /^1 old pods still to end$/,
    [],
  ],
  [
    'updated pods not available yet',
    deployment({}, { ...counts(3, 3, 2), conditions: [available, updating] }),
    {},
    'progressing',
    /^2 of 3 updated pods available$/,
    [],
  ],
  [
    'the deadline exceeded',
    deployment({}, { ...counts(4, 1, 3), conditions: [available, exceeded] }),
    {},
    'deadline_exceeded',
    /timed out/,
    [],
  ],
  [
    'a late success',
    deployment({}, { ...counts(3, 3, 3), conditions: [available, exceeded] }),
    {},
    'converged',
    /later than its progress deadline/,
    [],
  ],
  [
    'quota refuses the pods',
    deployment({}, { ...counts(3, 0, 3), conditions: [available, updating, quota] }),
    {},
    'degraded',
    /exceeded quota/,
    ['QuotaExceeded'],
  ],
  [
    'the image of the new ReplicaSet cannot be pulled',
    deployment({}, { ...counts(4, 1, 3), conditions: [available, updating] }),
    { replicaSets: sets, pods: [imagePullPod('uid-web-2'), readyPod('uid-web-1')] },
    'degraded',
    /ImagePullBackOff/,
    ['ImagePullBackOff'],
  ],
  [
    'only a pod of the old ReplicaSet fails',
    deployment({}, { ...counts(4, 1, 3), conditions: [available, updating] }),
    { replicaSets: sets, pods: [imagePullPod('uid-web-1')] },
    'progressing',
    /1 of 3/,
    [],
  ],
  [
    'a pod of another workload fails',
    deployment({}, { ...counts(4, 1, 3), conditions: [available, updating] }),
    { replicaSets: sets, pods: [imagePullPod('uid-other')] },
    'progressing',
    /1 of 3/,
    [],
  ],
  [
    'evidence beside an exceeded deadline',
    deployment({}, { ...counts(4, 1, 3), conditions: [exceeded] }),
    { replicaSets: sets, pods: [imagePullPod('uid-web-2')] },
    'deadline_exceeded',
    /timed out/,
    ['ImagePullBackOff'],
  ],
  [
    'scaled to 0',
    deployment({ replicas: 0 }, { conditions: [available, complete] }),
    {},
    'unproven',
    /Scaled to 0/,
    [],
  ],
  [
    'scaling down to 0',
    deployment({ replicas: 0 }, { ...counts(2, 2, 2), conditions: [available, complete] }),
    {},
    'progressing',
    /./,
    [],
  ],
  [
    'paused half way',
    deployment(
      { paused: true },
      { ...counts(4, 1, 3), conditions: [condition('Progressing', 'Unknown', 'DeploymentPaused')] },
    ),
    {},
    'paused',
    /^Paused; 1 of 3 pods updated$/,
    [],
  ],
  [
    'paused and failing shows both',
    deployment({ paused: true }, { ...counts(4, 1, 3), conditions: [available] }),
    { replicaSets: sets, pods: [imagePullPod('uid-web-2')] },
    'paused',
    /Paused; .*ImagePullBackOff/,
    ['ImagePullBackOff'],
  ],
  ['no status at all', { ...deployment({}, {}), status: undefined }, {}, 'progressing', /not seen/, []],
  [
    'a status of nonsense',
    { ...deployment({}, {}), status: { observedGeneration: 'x', replicas: -1, conditions: 'no' } },
    {},
    'progressing',
    /not seen/,
    [],
  ],
]

describe('a Deployment', () => {
  it.each(table)('%s', (_name, object, context, state, message, reasons) => {
    const verdict = verdictOf(object, context)
    expect(verdict.state).toBe(state)
    expect(verdict.message).toMatch(message)
    expect(verdict.evidence.map(({ reason }) => reason)).toEqual(reasons)
  })
  it('counts surge upwards and unavailable downwards', () => {
    const { replicas } = verdictOf(deployment({}, { ...counts(3, 3, 3), conditions: [complete] }))
    expect(replicas).toMatchObject({ desired: 3, updated: 3, surge: 1, unavailable: 0 })
  })
  it('that is being deleted is never converged', () => {
    const gone = deployment({}, { ...counts(3, 3, 3), conditions: [complete] })
    const leaving = { ...gone, metadata: { ...gone.metadata, deletionTimestamp: '2026-11-23T10:00:00Z' } }
    expect(verdictOf(leaving).state).toBe('progressing')
  })
})

describe('the new ReplicaSet', () => {
  const owner = deployment({}, {})
  it('has the highest revision', () => expect(newReplicaSet(owner, sets)?.metadata.name).toBe('web-2'))
  it('is the oldest on a tie', () => {
    const tie = [
      replicaSet('late', '2', '2026-11-23T10:05:00Z'),
      replicaSet('early', '2', '2026-11-23T09:00:00Z'),
    ]
    expect(newReplicaSet(owner, tie)?.metadata.name).toBe('early')
  })
  it('is unknown while only older revisions were seen', () =>
    expect(newReplicaSet(owner, [replicaSet('web-1', '1')])).toBeNull())
  it('of a rollback is the old one under its new number', () => {
    const renumbered = [replicaSet('web-1', '3', '2026-11-20T10:00:00Z'), replicaSet('web-2', '2')]
    expect(newReplicaSet(owner, renumbered)?.metadata.name).toBe('web-1')
  })
})
