import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../kube-object'
import { condition, imagePullPod, object, pod } from './health-factories'
import { verdictOf, type VerdictContext } from './verdict-of'

type Fields = Readonly<Record<string, unknown>>
type Row = readonly [string, KubeObject, VerdictContext, string, RegExp]
const counts = (available: number, replicas: number) => ({
  replicas,
  readyReplicas: available,
  availableReplicas: available,
})

const job = (spec: Fields, status: Fields) => object('batch/v1', 'Job', { completions: 1, ...spec }, status)
const jobs: readonly Row[] = [
  [
    'complete',
    job(
      {},
      { succeeded: 1, conditions: [condition('SuccessCriteriaMet', 'True'), condition('Complete', 'True')] },
    ),
    {},
    'converged',
    /1 of 1/,
  ],
  [
    'failed',
    job(
      {},
      {
        failed: 7,
        conditions: [
          condition('FailureTarget', 'True'),
          condition('Failed', 'True', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit'),
        ],
      },
    ),
    {},
    'degraded',
    /backoff limit/,
  ],
  [
    'about to fail',
    job({}, { failed: 1, active: 1, conditions: [condition('FailureTarget', 'True')] }),
    {},
    'degraded',
    /Failing/,
  ],
  ['running', job({}, { active: 1 }), {}, 'progressing', /0 of 1 completed, 1 running/],
  [
    'suspended',
    job({ suspend: true }, { conditions: [condition('Suspended', 'True')] }),
    {},
    'paused',
    /Suspended/,
  ],
  [
    'resumed after a suspension',
    job({ suspend: false }, { active: 1, conditions: [condition('Suspended', 'False', 'JobResumed')] }),
    {},
    'progressing',
    /1 running/,
  ],
  [
    'Complete=False is not complete',
    job({}, { active: 1, conditions: [condition('Complete', 'False')] }),
    {},
    'progressing',
    /1 running/,
  ],
  [
    'retrying after a failed attempt',
    job({}, { active: 1, failed: 1, ready: 1 }),
    { pods: [pod('w-1', { phase: 'Failed' })] },
    'progressing',
    /1 attempts failed/,
  ],
  ['cannot pull', job({}, { active: 1 }), { pods: [imagePullPod('w-1')] }, 'degraded', /ImagePullBackOff/],
]

const cron = (spec: Fields, status: Fields) => object('batch/v1', 'CronJob', spec, status)
const others: readonly Row[] = [
  ['CronJob never ran', cron({}, {}), {}, 'unproven', /not run/],
  ['CronJob suspended', cron({ suspend: true }, {}), {}, 'paused', /Suspended/],
  [
    'CronJob running',
    cron({}, { active: [{}], lastScheduleTime: '2026-11-23T10:00:00Z' }),
    {},
    'converged',
    /active/,
  ],
  [
    'CronJob succeeded',
    cron({}, { lastScheduleTime: '2026-11-23T10:00:00Z', lastSuccessfulTime: '2026-11-23T10:00:07Z' }),
    {},
    'converged',
    /succeeded/,
  ],
  [
    'CronJob failed last',
    cron({}, { lastScheduleTime: '2026-11-23T11:00:00Z', lastSuccessfulTime: '2026-11-23T10:00:07Z' }),
    {},
    'degraded',
    /did not succeed/,
  ],
  ['ConfigMap', object('v1', 'ConfigMap', {}, {}), {}, 'converged', /exists/],
  ['a bound claim', object('v1', 'PersistentVolumeClaim', {}, { phase: 'Bound' }), {}, 'converged', /Bound/],
  [
    'a pending claim',
    object('v1', 'PersistentVolumeClaim', {}, { phase: 'Pending' }),
    {},
    'progressing',
    /Pending/,
  ],
  ['a lost claim', object('v1', 'PersistentVolumeClaim', {}, { phase: 'Lost' }), {}, 'degraded', /Lost/],
  [
    'a custom object not observed',
    object('x.dev/v1', 'Thing', {}, { observedGeneration: 1, conditions: [condition('Ready', 'True')] }),
    {},
    'progressing',
    /not seen/,
  ],
  [
    'a custom object not ready',
    object(
      'x.dev/v1',
      'Thing',
      {},
      { observedGeneration: 2, conditions: [condition('Ready', 'False', 'Waiting')] },
    ),
    {},
    'progressing',
    /Waiting/,
  ],
  [
    'a stalled custom object',
    object('x.dev/v1', 'Thing', {}, { conditions: [condition('Stalled', 'True', 'BadSpec')] }),
    {},
    'degraded',
    /BadSpec/,
  ],
  [
    'a node that is not ready',
    object('v1', 'Node', {}, { conditions: [condition('Ready', 'Unknown', 'NodeStatusUnknown')] }),
    {},
    'degraded',
    /NodeStatusUnknown/,
  ],
  [
    'ReplicaSet complete',
    object('apps/v1', 'ReplicaSet', { replicas: 2 }, { observedGeneration: 2, ...counts(2, 2) }),
    {},
    'converged',
    /2 of 2/,
  ],
  [
    'ReplicaSet without quota',
    object(
      'apps/v1',
      'ReplicaSet',
      { replicas: 2 },
      {
        observedGeneration: 2,
        conditions: [condition('ReplicaFailure', 'True', 'FailedCreate', 'exceeded quota')],
      },
    ),
    {},
    'degraded',
    /exceeded quota/,
  ],
]

describe.each([
  ['a Job', jobs],
  ['others', others],
])('%s', (_kind, table) => {
  it.each(table)('%s', (_name, live, context, state, message) => {
    const verdict = verdictOf(live, context)
    expect(verdict.message).toMatch(message)
    expect(verdict.state).toBe(state)
  })
})
