import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../kube-object'
import { object, pod } from './health-factories'
import { refusalOf, refusedByCondition, refusedByEvents } from './refusal'
import { verdictOf } from './verdict-of'

const set = (spec = {}, status = {}): KubeObject => {
  const made = object(
    'apps/v1',
    'StatefulSet',
    { replicas: 2, ...spec },
    { observedGeneration: 2, updateRevision: 'x', ...status },
  )
  const managedFields = [
    { manager: 'fairlead-shop', operation: 'Apply', time: '2026-11-23T10:00:00Z' },
    { manager: 'kube-controller-manager', subresource: 'status', time: '2026-11-23T10:09:00Z' },
  ]
  return { ...made, metadata: { ...made.metadata, managedFields } }
}
const event = (
  lastTimestamp: string,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'e' },
  reason: 'FailedCreate',
  involvedObject: { uid: set().metadata.uid },
  message,
  lastTimestamp,
  ...more,
})
const overQuota =
  'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: team, requested: pods=1, used: pods=2, limited: pods=2'

describe('what the API server says when it takes no pod', () => {
  it.each([
    [
      'pods "web-5d-" is forbidden: exceeded quota: team, requested: cpu=2, used: cpu=3, limited: cpu=4',
      'QuotaExceeded',
      'ResourceQuota team',
      /^exceeded quota: team, requested: cpu=2/,
    ],
    [
      'pods "web-5d-" is forbidden: failed quota: compute.v1: must specify limits.cpu for: web',
      'QuotaExceeded',
      'ResourceQuota compute.v1',
      /^failed quota: compute\.v1: must specify/,
    ],
    [
      overQuota,
      'QuotaExceeded',
      'ResourceQuota team',
      /^exceeded quota: team, requested: pods=1, used: pods=2/,
    ],
    [
      'pods "web-5d-" is forbidden: error looking up service account shop/ghost: serviceaccount "ghost" not found',
      'ServiceAccountMissing',
      'StatefulSet w',
      /serviceaccount "ghost" not found/,
    ],
    [
      'Error creating: admission webhook "policy.example.org" denied the request: no host paths',
      'AdmissionDenied',
      'StatefulSet w',
      /policy\.example\.org/,
    ],
    [
      'pods "web-5d-" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      'AdmissionDenied',
      'StatefulSet w',
      /^violates PodSecurity/,
    ],
    [
      "pods \"w\" is forbidden: ValidatingAdmissionPolicy 'no-root' with binding 'all' denied request: runs as root",
      'AdmissionDenied',
      'StatefulSet w',
      /^ValidatingAdmissionPolicy 'no-root'/,
    ],
    [
      'Pod "w" is invalid: spec.containers[0].image: Required value',
      'FailedCreate',
      'StatefulSet w',
      /Required value/,
    ],
    ['', 'FailedCreate', 'StatefulSet w', /Its pods cannot be created/],
  ])('%s', (said, reason, named, words) => {
    const owner = object('apps/v1', 'StatefulSet', {}, {})
    const found = refusalOf(said, { ...owner, metadata: { ...owner.metadata, name: 'w' } }, null)
    expect(found.reason).toBe(reason)
    expect(`${found.objectKind} ${found.objectName}`).toBe(named)
    expect(found.message).toMatch(words)
  })

  it('is a condition that is true, of those that keep one', () => {
    const failure = {
      type: 'ReplicaFailure',
      status: 'False',
      reason: 'FailedCreate',
      message: overQuota,
      lastTransitionTime: null,
    }
    expect(refusedByCondition(set(), [failure])).toEqual([])
    expect(refusedByCondition(set(), [{ ...failure, status: 'True' }])).toMatchObject([
      { objectName: 'team' },
    ])
  })
})

describe('an event about pods that could not be created', () => {
  const judge = (events: readonly KubeObject[], pods: readonly KubeObject[] = []) =>
    refusedByEvents(set(), { events, pods }).map(({ reason }) => reason)
  const born = (creationTimestamp: string): KubeObject => {
    const made = pod(set().metadata.uid ?? '', {})
    return { ...made, metadata: { ...made.metadata, creationTimestamp } }
  }
  const after = event('2026-11-23T10:01:00Z', overQuota)

  it('counts after the last change of the object, whatever its status was since', () => {
    expect(judge([after])).toEqual(['QuotaExceeded'])
    expect(judge([event('2026-11-23T09:59:59Z', overQuota)])).toEqual([])
    expect(judge([event('', overQuota, { eventTime: '2026-11-23T10:01:00.123456Z' })])).toEqual([
      'QuotaExceeded',
    ])
  })

  it('is over once a pod was created after it', () => {
    expect(judge([after], [born('2026-11-23T10:00:30Z')])).toEqual(['QuotaExceeded'])
    expect(judge([after], [born('2026-11-23T10:01:30Z')])).toEqual([])
  })

  it('is the newest, of this object and about this', () => {
    expect(
      judge([after, event('2026-11-23T10:02:00Z', 'admission webhook "x" denied the request: no')]),
    ).toEqual(['AdmissionDenied'])
    expect(judge([{ ...after, involvedObject: { uid: 'another' } }])).toEqual([])
    expect(judge([{ ...after, reason: 'SuccessfulCreate' }])).toEqual([])
  })

  it('makes a StatefulSet, a DaemonSet and a Job without pods degraded, and none that has them all', () => {
    expect(verdictOf(set(), { events: [after] })).toMatchObject({
      state: 'degraded',
      message: expect.stringMatching(/^0 of 2 pods updated; QuotaExceeded: exceeded quota: team/) as unknown,
    })
    const whole = set(
      {},
      { replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2, currentRevision: 'x' },
    )
    expect(verdictOf(whole, { events: [after] })).toMatchObject({ state: 'converged', evidence: [] })
    const { metadata } = set()
    const daemons = {
      ...object('apps/v1', 'DaemonSet', {}, { observedGeneration: 2, desiredNumberScheduled: 1 }),
      metadata,
    }
    expect(verdictOf(daemons, { events: [after] }).state).toBe('degraded')
    expect(verdictOf({ ...object('batch/v1', 'Job', {}, {}), metadata }, { events: [after] }).state).toBe(
      'degraded',
    )
  })
})
