import type { OracleCase } from './oracle-case'

const early = 'Early evidence: more waiting does not cure it, and kubectl waits for ever.'
const image = 'registry.example/app:2'
const onDelete = { updateStrategy: { type: 'OnDelete' } }
const partition = (count: number) => ({
  updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: count } },
})
const done = /partitioned roll out complete: 2 new pods have been updated/
const noAnswer = /rollout status is only available for RollingUpdate strategy type/

const statefulSets: readonly Omit<OracleCase, 'kind'>[] = [
  {
    name: 'set-complete',
    steps: [{ apply: {} }],
    ours: { state: 'converged', says: /^2 of 2 available$/ },
    kubectl: { code: 0, says: done },
  },
  {
    name: 'set-updated',
    steps: [{ apply: {}, until: 'converged' }, { apply: { image } }],
    ours: { state: 'converged', says: /^2 of 2 available$/ },
    kubectl: { code: 0, says: done },
  },
  {
    name: 'set-of-nothing',
    steps: [{ apply: { spec: { replicas: 0 } } }],
    ours: { state: 'unproven', says: /nothing shows that this revision works/ },
    kubectl: { code: 0, says: /partitioned roll out complete: 0 new pods/ },
    why: 'Vacuous: no pod of it ever ran.',
  },
  {
    name: 'set-starting',
    steps: [{ apply: { plays: 'starting' } }],
    ours: { state: 'progressing', says: /^1 of 2 pods updated$/ },
    kubectl: { code: 0, says: /Waiting for 2 pods to be ready/ },
  },
  {
    name: 'set-half-rolled',
    steps: [{ apply: {}, until: 'converged' }, { apply: { plays: 'starting', image } }],
    ours: { state: 'progressing', says: /^1 of 2 pods updated$/ },
    kubectl: { code: 0, says: /Waiting for 1 pods to be ready/ },
  },
  {
    name: 'set-image-pull',
    steps: [{ apply: {}, until: 'converged' }, { apply: { plays: 'image-pull', image } }],
    ours: { state: 'degraded', says: /ImagePullBackOff/ },
    kubectl: { code: 0, says: /Waiting for 1 pods to be ready/ },
    why: early,
  },
  {
    name: 'set-crash-loop',
    steps: [{ apply: { plays: 'crash' } }],
    ours: { state: 'degraded', says: /CrashLoopBackOff/ },
    kubectl: { code: 0, says: /Waiting for 2 pods to be ready/ },
    why: early,
  },
  {
    name: 'set-behind-broken',
    steps: [{ apply: { plays: 'crash' }, until: 'degraded' }, { apply: { image } }],
    ours: { state: 'progressing', says: /waits behind set-behind-broken-0, which is not ready/ },
    kubectl: { code: 0, says: /Waiting for 2 pods to be ready/ },
  },
  {
    name: 'set-partitioned',
    steps: [{ apply: {}, until: 'converged' }, { apply: { spec: partition(1), image } }],
    ours: { state: 'converged', says: /^1 of 2 on the new revision, the rest held back by partition 1$/ },
    kubectl: { code: 0, says: /partitioned roll out complete: 1 new pods/ },
  },
  {
    name: 'set-held-back-whole',
    steps: [{ apply: {}, until: 'converged' }, { apply: { spec: partition(5), image } }],
    ours: { state: 'unproven', says: /^Partition 5 holds back all 2 pods: nothing was updated$/ },
    kubectl: { code: 0, says: /partitioned roll out complete: 0 new pods/ },
    why: 'Nothing was updated: kubectl itself counts 0 new pods and calls that complete.',
  },
  {
    name: 'set-on-delete-waits',
    steps: [{ apply: { spec: onDelete }, until: 'converged' }, { apply: { spec: onDelete, image } }],
    ours: { state: 'paused', says: /^Applied, waiting for pod deletion: 0 of 2 on the new revision$/ },
    kubectl: { code: 1, says: noAnswer },
    why: 'kubectl has no answer for OnDelete; ours says whose turn it is.',
  },
  {
    name: 'set-on-delete-done',
    steps: [{ apply: { spec: onDelete } }],
    ours: { state: 'converged', says: /^2 of 2 available$/ },
    kubectl: { code: 1, says: noAnswer },
    why: 'kubectl has no answer for OnDelete; every pod is of the revision and available.',
  },
  {
    name: 'set-ready-not-available',
    steps: [{ apply: { spec: { minReadySeconds: 600, podManagementPolicy: 'Parallel' } } }],
    ours: { state: 'progressing', says: /^0 of 2 pods available$/ },
    kubectl: { code: 0, says: done },
    why: 'minReadySeconds: the pods are ready and not yet available; kubectl counts ready ones.',
  },
  {
    name: 'set-quota',
    namespace: 'full',
    steps: [{ apply: {} }],
    ours: { state: 'degraded', says: /QuotaExceeded: exceeded quota: nothing-more/ },
    kubectl: { code: 0, says: /Waiting for 2 pods to be ready/ },
    why: 'Its events say for certain why it has no pods; kubectl waits for ever.',
  },
  {
    name: 'set-not-observed',
    steps: [{ apply: {} }],
    unseen: { apply: { image } },
    ours: { state: 'progressing', says: /has not seen this change yet/ },
    kubectl: { code: 0, says: /Waiting for statefulset spec update to be observed/ },
  },
]

const daemonSets: readonly Omit<OracleCase, 'kind'>[] = [
  {
    name: 'daemon-complete',
    steps: [{ apply: {} }],
    ours: { state: 'converged', says: /^2 of 2 nodes available$/ },
    kubectl: { code: 0, says: /successfully rolled out/ },
  },
  {
    name: 'daemon-nowhere',
    steps: [{ apply: { pod: { nodeSelector: { oracle: 'nowhere' } } } }],
    ours: { state: 'unproven', says: /No node matches/ },
    kubectl: { code: 0, says: /successfully rolled out/ },
    why: 'Vacuous: 0 nodes were wanted, so none shows that it works.',
  },
  {
    name: 'daemon-starting',
    steps: [{ apply: { plays: 'starting' } }],
    ours: { state: 'progressing', says: /^0 of 2 nodes available$/ },
    kubectl: { code: 0, says: /0 of 2 updated pods are available/ },
  },
  {
    name: 'daemon-half-rolled',
    steps: [{ apply: {}, until: 'converged' }, { apply: { plays: 'starting', image } }],
    ours: { state: 'progressing', says: /^1 of 2 nodes updated$/ },
    kubectl: { code: 0, says: /1 out of 2 new pods have been updated/ },
  },
  {
    name: 'daemon-image-pull',
    steps: [{ apply: {}, until: 'converged' }, { apply: { plays: 'image-pull', image } }],
    ours: { state: 'degraded', says: /^1 of 2 nodes updated; ImagePullBackOff/ },
    kubectl: { code: 0, says: /1 out of 2 new pods have been updated/ },
    why: early,
  },
  {
    name: 'daemon-ready-not-available',
    steps: [{ apply: { spec: { minReadySeconds: 600 } } }],
    ours: { state: 'progressing', says: /^0 of 2 nodes available$/ },
    kubectl: { code: 0, says: /0 of 2 updated pods are available/ },
  },
  {
    name: 'daemon-on-delete',
    steps: [{ apply: { spec: onDelete }, until: 'converged' }, { apply: { spec: onDelete, image } }],
    ours: { state: 'paused', says: /^Applied, waiting for pod deletion: 0 of 2 on the new revision$/ },
    kubectl: { code: 1, says: noAnswer },
    why: 'kubectl has no answer for OnDelete; ours says whose turn it is.',
  },
  {
    name: 'daemon-quota',
    namespace: 'full',
    steps: [{ apply: {} }],
    ours: { state: 'degraded', says: /QuotaExceeded: exceeded quota: nothing-more/ },
    kubectl: { code: 0, says: /0 out of 2 new pods have been updated/ },
    why: 'Its events say for certain why it has no pods; kubectl waits for ever.',
  },
  {
    name: 'daemon-not-observed',
    steps: [{ apply: {} }],
    unseen: { apply: { image } },
    ours: { state: 'progressing', says: /has not seen this change yet/ },
    kubectl: { code: 0, says: /Waiting for daemon set spec update to be observed/ },
  },
  {
    name: 'daemon-node-not-ready',
    steps: [
      { apply: { pod: { nodeSelector: { oracle: 'failing' } } }, until: 'converged' },
      { pods: 'starting', until: 'progressing' },
    ],
    unseen: { failNode: 'sim-0003' },
    ours: {
      state: 'progressing',
      says: /^0 of 1 nodes available; node sim-0003 is not ready: container runtime is down$/,
    },
    kubectl: { code: 0, says: /0 of 1 updated pods are available/ },
  },
]

export const setCases: readonly OracleCase[] = [
  ...statefulSets.map((row): OracleCase => ({ ...row, kind: 'StatefulSet' })),
  ...daemonSets.map((row): OracleCase => ({ ...row, kind: 'DaemonSet' })),
]
