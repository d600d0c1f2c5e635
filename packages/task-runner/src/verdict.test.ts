import type { AttemptObservation } from '@fairlead/contracts/task-runner'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { describe, expect, it } from 'vitest'
import { summarizeJob, summarizePod } from './summaries'
import { condition, container, exited, jobObject, podObject, running, waiting } from './testing/live-objects'
import { verdictOf, type AttemptFacts } from './verdict'

const now = new Date('2026-11-23T10:01:00Z')
const judge = (job: KubeObject | null, pods: readonly KubeObject[], facts: Partial<AttemptFacts> = {}) =>
  verdictOf(
    {
      key: 'a',
      job: job === null ? null : summarizeJob(job),
      hadJob: true,
      pods: pods.map(summarizePod),
      hadPod: pods.length > 0,
      imageProblemSince: null,
      podless: null,
      ...facts,
    },
    now,
  )
const job = jobObject()
const failedJob = (reason: string, message: string) =>
  jobObject({ conditions: [condition('Failed', 'True', reason, message)] })
const pod = (state: Readonly<Record<string, unknown>>, status = {}, metadata = {}) =>
  podObject({ containerStatuses: [container(state)], ...status }, metadata)
const deleting = { deletionTimestamp: '2026-11-23T10:00:40Z' }
const disrupted = {
  conditions: [condition('DisruptionTarget', 'True', 'EvictionByEvictionAPI', 'Eviction API: evicting')],
}

type Expected = Partial<AttemptObservation>
const ends = (cause: AttemptObservation['cause'], exitCode: number | null): Expected => ({
  phase: 'failed',
  cause,
  exitCode,
})
const rows: readonly (readonly [string, AttemptObservation | null, Expected | null, RegExp?])[] = [
  ['nothing', judge(null, []), null],
  ['a Job without a pod', judge(job, []), { phase: 'pending', cause: null }, /waits for its pod/],
  ['a suspended Job', judge(jobObject({}, {}, { suspend: true }), []), { phase: 'pending' }, /suspended/],
  [
    'a Job whose pod is refused',
    judge(job, [], { podless: { reason: 'exceeded quota: full', cause: 'quota' } }),
    { phase: 'pending', cause: 'quota' },
    /exceeded quota/,
  ],
  [
    'an unschedulable pod',
    judge(job, [
      podObject({
        phase: 'Pending',
        conditions: [condition('PodScheduled', 'False', 'Unschedulable', '0/3 nodes are available')],
      }),
    ]),
    { phase: 'pending', cause: null },
    /^Unschedulable: 0\/3/,
  ],
  [
    'a container being created',
    judge(job, [pod(waiting('ContainerCreating'), { phase: 'Pending' })]),
    { phase: 'pending' },
    /worker-1/,
  ],
  [
    'an init container at work',
    judge(job, [
      pod(waiting('PodInitializing'), {
        phase: 'Pending',
        initContainerStatuses: [container(running, 'fetch')],
      }),
    ]),
    { phase: 'pending' },
    /fetch/,
  ],
  [
    'a missing ConfigMap',
    judge(job, [pod(waiting('CreateContainerConfigError', 'configmap "x" not found'))]),
    { phase: 'pending', cause: null },
    /configmap "x"/,
  ],
  [
    'an image that is not there',
    judge(job, [pod(waiting('ErrImagePull'))]),
    { phase: 'pending', cause: 'image_pull' },
  ],
  [
    'an image that is not there for 29 s',
    judge(job, [pod(waiting('ImagePullBackOff'))], { imageProblemSince: new Date('2026-11-23T10:00:31Z') }),
    { phase: 'pending', cause: 'image_pull' },
  ],
  [
    'an image that is not there for 30 s',
    judge(job, [pod(waiting('ImagePullBackOff'))], { imageProblemSince: new Date('2026-11-23T10:00:30Z') }),
    ends('image_pull', null),
  ],
  ['an image name that is none', judge(job, [pod(waiting('InvalidImageName'))]), ends('invalid', null)],
  [
    'a running container',
    judge(job, [pod(running)]),
    { phase: 'running', at: new Date('2026-11-23T10:00:01Z') },
  ],
  [
    'a success',
    judge(job, [pod(exited(0, 'Completed', '{}'), { phase: 'Succeeded' })]),
    { phase: 'succeeded', exitCode: 0, output: '{}', at: new Date('2026-11-23T10:00:20Z') },
  ],
  [
    'a container that ended before its pod says so',
    judge(job, [pod(exited(0))]),
    { phase: 'succeeded', exitCode: 0, output: null },
  ],
  [
    'a container that ended beside a sidecar that never does',
    judge(job, [podObject({ containerStatuses: [container(running, 'proxy'), container(exited(4))] })]),
    ends('exit_code', 4),
  ],
  [
    'a failure with output',
    judge(job, [pod(exited(3, 'Error', 'half'), { phase: 'Failed' })]),
    { ...ends('exit_code', 3), output: 'half' },
  ],
  ['out of memory', judge(job, [pod(exited(137, 'OOMKilled'), { phase: 'Failed' })]), ends('oom', 137)],
  ['killed by somebody else', judge(job, [pod(exited(137), { phase: 'Failed' })]), ends('exit_code', 137)],
  [
    'an init container out of memory',
    judge(job, [
      pod(waiting('PodInitializing'), {
        phase: 'Failed',
        initContainerStatuses: [container(exited(137, 'OOMKilled'), 'fetch')],
      }),
    ]),
    ends('oom', 137),
    /fetch/,
  ],
  [
    'a program that is not there',
    judge(job, [pod(exited(128, 'StartError', 'exec: "/x": no such file'), { phase: 'Failed' })]),
    { ...ends('exit_code', 128), output: null },
    /no such file/,
  ],
  [
    'an eviction',
    judge(job, [pod(exited(143), { phase: 'Failed', ...disrupted }, deleting)]),
    ends('disruption', 143),
    /Eviction/,
  ],
  [
    'an eviction for want of disk',
    judge(job, [podObject({ phase: 'Failed', reason: 'Evicted', message: 'low on disk' })]),
    ends('disruption', null),
    /low on disk/,
  ],
  [
    'a node that refused it',
    judge(job, [podObject({ phase: 'Failed', reason: 'OutOfcpu' })]),
    ends('disruption', null),
  ],
  [
    'a pod being evicted',
    judge(job, [pod(running, disrupted, deleting)]),
    { phase: 'running' },
    /^Ending: EvictionByEvictionAPI/,
  ],
  [
    'a pod past its deadline',
    judge(job, [podObject({ phase: 'Failed', reason: 'DeadlineExceeded' })]),
    ends('timeout', null),
  ],
  [
    'a pod that somebody deleted',
    judge(job, [pod(exited(143), { phase: 'Failed' }, deleting)]),
    ends('lost', 143),
    /deleted/,
  ],
  [
    'a deleted pod whose program had succeeded',
    judge(job, [pod(exited(0), { phase: 'Succeeded' }, deleting)]),
    { phase: 'succeeded' },
  ],
  [
    'a container that the node lost',
    judge(job, [pod(exited(137, 'ContainerStatusUnknown'), { phase: 'Failed' })]),
    ends('lost', null),
  ],
  ['a pod that failed without a word', judge(job, [podObject({ phase: 'Failed' })]), ends('lost', null)],
  [
    'a pod whose Job was deleted',
    judge(null, [pod(running)]),
    { phase: 'running', uid: 'job-1' },
    /^Ending: Its Job was deleted/,
  ],
  [
    'a pod that is seen before its Job',
    judge(null, [pod(running)], { hadJob: false }),
    { phase: 'running', uid: 'job-1' },
    /^Running$/,
  ],
  [
    'a pod that is gone before the Job speaks',
    judge(job, [], { hadPod: true }),
    { phase: 'running' },
    /has not said/,
  ],
  [
    'a Job that completed without a pod',
    judge(jobObject({ conditions: [condition('Complete', 'True')] }), []),
    { phase: 'succeeded', exitCode: 0, output: null },
  ],
  [
    'a Job that failed without a pod',
    judge(failedJob('BackoffLimitExceeded', 'reached'), []),
    ends('lost', null),
    /vanished/,
  ],
  [
    'a Job that failed for a disruption without a pod',
    judge(
      failedJob(
        'PodFailurePolicy',
        'Pod tasks/a-x7 has condition DisruptionTarget matching FailJob rule at index 0',
      ),
      [],
    ),
    ends('disruption', null),
  ],
  [
    'a Job past its deadline without a pod',
    judge(failedJob('DeadlineExceeded', ''), []),
    ends('timeout', null),
  ],
  [
    'a pod of another Job under the same name',
    judge(jobObject({}, { uid: 'job-2' }), [pod(exited(0))], { hadPod: false }),
    { phase: 'pending', uid: 'job-2' },
  ],
  [
    'a second pod after a failed one',
    judge(job, [pod(exited(1), { phase: 'Failed' }), pod(running, {}, { uid: 'pod-2' })]),
    { phase: 'running' },
  ],
  [
    'two pods of which one succeeded',
    judge(job, [
      pod(exited(0), { phase: 'Succeeded' }),
      pod(exited(1), { phase: 'Failed' }, { uid: 'pod-2' }),
    ]),
    { phase: 'succeeded' },
  ],
]

describe('what an attempt has come to', () => {
  for (const [name, seen, expected, reason] of rows)
    it(name, () => {
      if (expected === null) expect(seen).toBeNull()
      else expect(seen).toMatchObject(expected)
      if (reason !== undefined) expect(seen?.reason).toMatch(reason)
    })
  it('says where it runs', () => {
    expect(judge(job, [pod(running)])?.place).toBe('tasks/a-x7 on worker-1')
  })
  it('takes nothing for an attempt that only looks like one', () => {
    expect(() => summarizeJob(jobObject({}, { name: 'copy-of-a' }))).toThrow()
    expect(() => summarizePod(podObject({}, { labels: {} }))).toThrow()
  })
  it('reads whatever a cluster sends without failing', () => {
    for (const status of [null, 'text', [], { phase: 3, conditions: {}, containerStatuses: [{}, null] }]) {
      const strange = { ...podObject(), status }
      expect(summarizePod(strange).key).toBe('a')
    }
  })
})
