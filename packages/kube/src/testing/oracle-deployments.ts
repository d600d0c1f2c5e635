import type { OracleCase } from './oracle-case'

const early = 'Early evidence: more waiting does not cure it, and kubectl waits for the deadline.'
const waiting = /Waiting for deployment "[\w-]+" rollout to finish: /
const done = /successfully rolled out/
const image = 'registry.example/app:2'
const kind = 'Deployment'
const surge = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: 0 } }
const rolled = (plays: 'starting' | 'image-pull') => [
  { apply: {}, until: 'converged' as const },
  { apply: { plays, image } },
]
const broken = (
  name: string,
  plays: 'image-pull' | 'crash' | 'oom' | 'no-config' | 'never-ready',
  says: RegExp,
): OracleCase => ({
  name,
  kind,
  steps: [{ apply: { plays } }],
  ours: { state: 'degraded', says },
  kubectl: { code: 0, says: waiting },
  why: early,
})

export const deploymentCases: readonly OracleCase[] = [
  {
    name: 'complete',
    kind,
    steps: [{ apply: {} }],
    ours: { state: 'converged', says: /^2 of 2 available$/ },
    kubectl: { code: 0, says: done },
  },
  {
    name: 'no-deadline',
    kind,
    steps: [{ apply: { spec: { progressDeadlineSeconds: 2_147_483_647 } } }],
    ours: { state: 'converged', says: /^2 of 2 available$/ },
    kubectl: { code: 0, says: done },
  },
  {
    name: 'template-identical',
    kind,
    steps: [{ apply: {}, until: 'converged' }, { apply: {} }],
    ours: { state: 'converged', says: /^2 of 2 available$/ },
    kubectl: { code: 0, says: done },
  },
  {
    name: 'scaled-to-nothing',
    kind,
    steps: [{ apply: { spec: { replicas: 0 } } }],
    ours: { state: 'unproven', says: /nothing shows that this revision works/ },
    kubectl: { code: 0, says: done },
    why: 'Vacuous: no pod of it ever ran.',
  },
  {
    name: 'starting',
    kind,
    steps: [{ apply: { plays: 'starting' } }],
    ours: { state: 'progressing', says: /^0 of 2 updated pods available$/ },
    kubectl: { code: 0, says: /0 of 2 updated replicas are available/ },
  },
  {
    name: 'half-rolled',
    kind,
    steps: rolled('starting'),
    ours: { state: 'progressing', says: /^1 of 2 pods updated$/ },
    kubectl: { code: 0, says: /1 out of 2 new replicas have been updated/ },
  },
  {
    name: 'old-pods-left',
    kind,
    steps: [
      { apply: { spec: { strategy: surge } }, until: 'converged' },
      { apply: { spec: { strategy: surge }, plays: 'starting', image } },
    ],
    ours: { state: 'progressing', says: /^2 old pods still to end$/ },
    kubectl: { code: 0, says: /2 old replicas are pending termination/ },
  },
  {
    name: 'recreated',
    kind,
    steps: [
      { apply: { spec: { strategy: { type: 'Recreate' } } }, until: 'converged' },
      { apply: { spec: { strategy: { type: 'Recreate' } }, plays: 'starting', image } },
    ],
    ours: { state: 'progressing', says: /^0 of 2 updated pods available$/ },
    kubectl: { code: 0, says: /0 of 2 updated replicas are available/ },
  },
  {
    name: 'ready-not-available',
    kind,
    steps: [{ apply: { spec: { minReadySeconds: 600, progressDeadlineSeconds: 900 } } }],
    ours: { state: 'progressing', says: /^0 of 2 updated pods available$/ },
    kubectl: { code: 0, says: /0 of 2 updated replicas are available/ },
  },
  {
    name: 'deadline-exceeded',
    kind,
    steps: [{ apply: { spec: { progressDeadlineSeconds: 1 }, plays: 'starting' } }],
    ours: { state: 'deadline_exceeded', says: /has timed out progressing/ },
    kubectl: { code: 1, says: /exceeded its progress deadline/ },
  },
  {
    name: 'late-success',
    kind,
    steps: [
      { apply: { spec: { progressDeadlineSeconds: 1 }, plays: 'starting' }, until: 'deadline_exceeded' },
      { pods: 'ready' },
    ],
    ours: { state: 'converged', says: /^2 of 2 available/ },
    kubectl: { code: 0, says: done },
  },
  {
    name: 'paused-midway',
    kind,
    steps: [{ apply: {}, until: 'converged' }, { apply: { spec: { paused: true }, image } }],
    ours: { state: 'paused', says: /^Paused; 0 of 2 pods updated$/ },
    kubectl: { code: 0, says: /0 out of 2 new replicas have been updated/ },
  },
  {
    name: 'paused-and-broken',
    kind,
    steps: [
      { apply: { plays: 'image-pull' }, until: 'degraded' },
      { apply: { spec: { paused: true }, plays: 'image-pull' } },
    ],
    ours: { state: 'paused', says: /^Paused; .*ImagePullBackOff/ },
    kubectl: { code: 0, says: waiting },
  },
  {
    name: 'paused-when-complete',
    kind,
    steps: [{ apply: {}, until: 'converged' }, { apply: { spec: { paused: true } } }],
    ours: { state: 'paused', says: /^Paused; 2 of 2 available$/ },
    kubectl: { code: 0, says: done },
    why: 'Paused, the next change of it would not roll: that must not read as done.',
  },
  {
    name: 'autoscaled',
    kind,
    steps: [{ apply: { spec: { replicas: undefined } }, until: 'converged' }, { scale: 3 }],
    ours: { state: 'converged', says: /^3 of 3 available$/ },
    kubectl: { code: 0, says: done },
  },
  {
    name: 'not-observed',
    kind,
    steps: [{ apply: {} }],
    unseen: { apply: { image } },
    ours: { state: 'progressing', says: /has not seen this change yet/ },
    kubectl: { code: 0, says: /Waiting for deployment spec update to be observed/ },
  },
  {
    name: 'old-deadline-not-observed',
    kind,
    steps: [
      { apply: { spec: { progressDeadlineSeconds: 1 }, plays: 'starting' }, until: 'deadline_exceeded' },
    ],
    unseen: { apply: { spec: { progressDeadlineSeconds: 1 }, image } },
    ours: { state: 'progressing', says: /has not seen this change yet/ },
    kubectl: { code: 0, says: /Waiting for deployment spec update to be observed/ },
  },
  {
    name: 'autoscaled-not-observed',
    kind,
    steps: [{ apply: { spec: { replicas: undefined } } }],
    unseen: { scale: 3 },
    ours: { state: 'progressing', says: /^1 of 3 pods updated$/ },
    kubectl: { code: 0, says: /Waiting for deployment spec update to be observed/ },
  },
  broken('image-pull', 'image-pull', /ImagePullBackOff: Container app has an image that cannot be pulled/),
  broken(
    'crash-loop',
    'crash',
    /CrashLoopBackOff: Container app crashes again and again; ended with exit code 1/,
  ),
  broken('out-of-memory', 'oom', /OOMKilled: Container app was killed because it used more memory/),
  broken('no-config', 'no-config', /CreateContainerConfigError: .*configmap "settings" not found/),
  broken('never-ready', 'never-ready', /ReadinessFailing: Container app runs but does not become ready/),
  {
    name: 'bad-image-over-good',
    kind,
    steps: rolled('image-pull'),
    ours: { state: 'degraded', says: /^1 of 2 pods updated; ImagePullBackOff/ },
    kubectl: { code: 0, says: waiting },
    why: early,
  },
  {
    name: 'unschedulable',
    kind,
    steps: [{ apply: { pod: { schedulerName: 'default-scheduler', nodeSelector: { oracle: 'nowhere' } } } }],
    ours: { state: 'degraded', says: /Unschedulable: 0\/3 nodes are available/ },
    kubectl: { code: 0, says: waiting },
    why: early,
  },
  {
    name: 'quota',
    kind,
    namespace: 'full',
    steps: [{ apply: {} }],
    ours: { state: 'degraded', says: /QuotaExceeded: exceeded quota: nothing-more/ },
    kubectl: { code: 0, says: waiting },
    why: 'ReplicaFailure is there minutes before the deadline; kubectl does not read it.',
  },
  {
    name: 'no-account',
    kind,
    steps: [{ apply: { pod: { serviceAccountName: 'ghost' } } }],
    ours: { state: 'degraded', says: /ServiceAccountMissing: .*serviceaccount "ghost" not found/ },
    kubectl: { code: 0, says: waiting },
    why: 'ReplicaFailure is there minutes before the deadline; kubectl does not read it.',
  },
  {
    name: 'not-admitted',
    kind,
    namespace: 'restricted',
    steps: [{ apply: {} }],
    ours: { state: 'degraded', says: /AdmissionDenied: violates PodSecurity "restricted/ },
    kubectl: { code: 0, says: waiting },
    why: 'ReplicaFailure is there minutes before the deadline; kubectl does not read it.',
  },
]
