import type { CheckName, CheckSeverity } from '@fairlead/contracts/checks'
import { describe, expect, it } from 'vitest'
import { checkDisruption } from './check-disruption'
import { checkWorkload } from './check-workload'
import type { WorkloadObject } from './workload-parts'

type Part = Readonly<Record<string, unknown>>

/** A workload that passes everything, and what is changed in it. */
function workload(change: { kind?: string; spec?: Part; pod?: Part; container?: Part } = {}): WorkloadObject {
  const container = {
    name: 'web',
    image: 'registry.example.org/web:1.4',
    readinessProbe: { httpGet: { path: '/', port: 80 } },
    livenessProbe: { httpGet: { path: '/', port: 80 } },
    resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '1Gi' } },
    securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false },
    ...change.container,
  }
  const pod = {
    containers: [container],
    topologySpreadConstraints: [{ maxSkew: 1 }],
    terminationGracePeriodSeconds: 30,
    ...change.pod,
  }
  return {
    kind: change.kind ?? 'Deployment',
    spec: { replicas: 3, progressDeadlineSeconds: 600, template: { spec: pod }, ...change.spec },
  }
}

const failuresOf = (object: WorkloadObject): string[] =>
  checkWorkload(object).flatMap(({ check, severity, passed }) => (passed ? [] : [`${check} ${severity}`]))

const cases: readonly [string, Parameters<typeof workload>[0], `${CheckName} ${CheckSeverity}`[]][] = [
  ['nothing wrong', {}, []],
  [
    'no probes',
    { container: { readinessProbe: null, livenessProbe: undefined } },
    ['readiness-probe warning', 'liveness-probe advice'],
  ],
  ['no resources', { container: { resources: {} } }, ['requests warning', 'limits advice']],
  [
    'a CPU request alone',
    { container: { resources: { requests: { cpu: 1 }, limits: { memory: '1Gi' } } } },
    ['requests warning'],
  ],
  ['one replica', { spec: { replicas: 1 } }, ['replicas warning']],
  ['no replica count', { spec: { replicas: undefined } }, ['replicas warning']],
  ['scaled to zero', { spec: { replicas: 0 } }, []],
  ['nothing that spreads it', { pod: { topologySpreadConstraints: [] } }, ['topology-spread advice']],
  [
    'anti-affinity instead',
    {
      pod: {
        topologySpreadConstraints: undefined,
        affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } },
      },
    },
    [],
  ],
  [
    'all unavailable at once',
    { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } } } },
    ['rollout-strategy critical'],
  ],
  [
    'a third of three',
    { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } } } },
    [],
  ],
  ['Recreate', { spec: { strategy: { type: 'Recreate' } } }, ['rollout-strategy warning']],
  [
    'a partition that holds all',
    { kind: 'StatefulSet', spec: { updateStrategy: { rollingUpdate: { partition: 3 } } } },
    ['rollout-strategy critical'],
  ],
  [
    'OnDelete',
    { kind: 'StatefulSet', spec: { updateStrategy: { type: 'OnDelete' } } },
    ['rollout-strategy advice'],
  ],
  ['no deadline', { spec: { progressDeadlineSeconds: undefined } }, ['progress-deadline advice']],
  ['a deadline for ever', { spec: { progressDeadlineSeconds: 2_147_483_647 } }, ['progress-deadline advice']],
  [
    'a deadline before the slowest start',
    { container: { startupProbe: { periodSeconds: 10, failureThreshold: 60 } } },
    ['progress-deadline critical'],
  ],
  ['minReadySeconds past the deadline', { spec: { minReadySeconds: 600 } }, ['progress-deadline critical']],
  ['latest', { container: { image: 'web:latest' } }, ['latest-tag warning']],
  ['a tag that moves', { container: { image: 'web:stable' } }, ['latest-tag warning']],
  ['a commit', { container: { image: 'web:f3a91bc' } }, []],
  [
    'no tag, but a port in the registry',
    { container: { image: 'registry:5000/web' } },
    ['latest-tag warning'],
  ],
  ['a digest', { container: { image: 'web@sha256:00' } }, []],
  [
    'a floating init container',
    {
      pod: {
        initContainers: [
          { name: 'i', image: 'i', securityContext: { runAsUser: 7, allowPrivilegeEscalation: false } },
        ],
      },
    },
    ['latest-tag warning'],
  ],
  ['killed at once', { pod: { terminationGracePeriodSeconds: 0 } }, ['termination warning']],
  [
    'a preStop that takes it all',
    { container: { lifecycle: { preStop: { sleep: { seconds: 30 } } } } },
    ['termination warning'],
  ],
  [
    'a preStop by shell',
    { container: { lifecycle: { preStop: { exec: { command: ['sh', '-c', 'sleep 45'] } } } } },
    ['termination warning'],
  ],
  [
    'root',
    { container: { securityContext: { allowPrivilegeEscalation: false } } },
    ['security-context warning'],
  ],
  [
    'a user of the pod',
    {
      pod: { securityContext: { runAsUser: 1000 } },
      container: { securityContext: { allowPrivilegeEscalation: false } },
    },
    [],
  ],
  ['privileged', { container: { securityContext: { privileged: true } } }, ['security-context critical']],
  ['the network of its node', { pod: { hostNetwork: true } }, ['security-context critical']],
  ['a DaemonSet', { kind: 'DaemonSet', spec: { progressDeadlineSeconds: undefined } }, []],
]

describe('the checklist', () => {
  it.each(cases)('finds what is wrong with %s', (_name, change, failures) => {
    expect(failuresOf(workload(change))).toEqual(failures)
  })

  it('asks of a Job only what a Job needs', () => {
    const job = { kind: 'Job', spec: { template: { spec: { containers: [{ name: 'a', image: 'a:1' }] } } } }
    const cronJob = { kind: 'CronJob', spec: { jobTemplate: { spec: job.spec } } }
    const wanted = ['requests warning', 'limits advice', 'security-context warning']
    expect([failuresOf(job), failuresOf(cronJob)]).toEqual([wanted, wanted])
  })

  it('has nothing to say about what runs no pods, nor about absurd objects', () => {
    for (const object of [
      { kind: 'Service', spec: {} },
      { kind: 'Deployment' },
      { kind: 'Deployment', spec: { template: 7, replicas: 'x' } },
      { kind: 'CronJob', spec: { jobTemplate: [] } },
    ])
      expect(checkWorkload(object)).toEqual([])
    expect(failuresOf(workload({ pod: { containers: [null, 7, { image: 9 }] } })).length).toBeGreaterThan(0)
  })
})

describe('drains', () => {
  const web = { namespace: 'shop', podLabels: { app: 'web' }, replicas: 3 }
  const budget = (change: object = {}) => ({
    namespace: 'shop',
    name: 'web',
    selector: { matchLabels: { app: 'web' } },
    disruptionsAllowed: 1,
    currentHealthy: 3,
    desiredHealthy: 2,
    expectedPods: 3,
    ...change,
  })
  const drainCases: readonly [string, object[], object, string[]][] = [
    ['a budget that gives', [budget()], {}, []],
    ['no budget', [], {}, ['disruption-budget']],
    ['a budget of another namespace', [budget({ namespace: 'other' })], {}, ['disruption-budget']],
    ['a budget that selects nothing', [budget({ selector: null })], {}, ['disruption-budget']],
    ['a budget that selects all', [budget({ selector: {} })], {}, []],
    [
      'a budget that never gives',
      [budget({ desiredHealthy: 3, disruptionsAllowed: 0 })],
      {},
      ['drain-blocked'],
    ],
    ['a budget that does not give now', [budget({ currentHealthy: 2, disruptionsAllowed: 0 })], {}, []],
    ['two budgets', [budget(), budget({ name: 'all' })], {}, ['drain-blocked']],
    ['one replica and no budget', [], { replicas: 1 }, []],
    [
      'one replica that no drain may take',
      [budget({ desiredHealthy: 1, expectedPods: 1 })],
      { replicas: 1 },
      ['drain-blocked'],
    ],
    ['a kind without a count', [], { replicas: null }, []],
  ]
  it.each(drainCases)('with %s', (_name, budgets, change, failures) => {
    const results = checkDisruption({ ...web, ...change }, budgets as ReturnType<typeof budget>[])
    expect(results.filter(({ passed }) => !passed).map(({ check }) => check)).toEqual(failures)
  })
})
