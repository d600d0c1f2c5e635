import { testClock } from '@fairlead/testkit/clock'
import { describe, expect, it } from 'vitest'
import { createClusterView } from './cluster-view'
import { createEventOutbox } from './event-outbox'
import { linesAfter } from './logs'
import { createRecentStarts } from './recent-starts'
import { rejectionOf } from './start'
import { summarizeJob, summarizePod } from './summaries'
import { FairleadError } from '@fairlead/contracts/errors'
import { condition, container, exited, jobObject, podObject, running, waiting } from './testing/live-objects'

const job = summarizeJob(jobObject())
const runningPod = summarizePod(podObject({ containerStatuses: [container(running)] }))
const endedPod = summarizePod(podObject({ containerStatuses: [container(exited(0))] }))
const viewOf = (clock = testClock()) => ({ clock, view: createClusterView(clock.now) })

describe('what an observer knows of a cluster', () => {
  it('tells each change once, and everything after a list', () => {
    const { view } = viewOf()
    view.replaceJobs([job])
    view.replacePods([runningPod])
    expect(view.take(true).map(({ phase }) => phase)).toEqual(['running'])
    expect(view.take(false)).toEqual([])
    view.jobs([{ type: 'upsert', object: job }])
    expect(view.take(false)).toEqual([])
    expect(view.take(true)).toHaveLength(1)
  })
  it('never takes an end back, though the pod goes, and tells a replacement under another uid', () => {
    const { view } = viewOf()
    view.replaceJobs([job])
    view.replacePods([endedPod])
    expect(view.take(true)).toMatchObject([{ phase: 'succeeded' }])
    view.replacePods([])
    view.replaceJobs([{ ...job, end: { ok: false, reason: 'BackoffLimitExceeded', message: '', at: null } }])
    expect(view.take(true)).toMatchObject([{ phase: 'succeeded' }])
    view.replaceJobs([{ ...job, uid: 'job-2' }])
    expect(view.take(false)).toMatchObject([{ phase: 'pending', uid: 'job-2' }])
  })
  it('keeps a deleted Job until its pod is gone, and calls it lost only once that is confirmed', () => {
    const { view } = viewOf()
    view.replaceJobs([job])
    view.replacePods([runningPod])
    view.take(true)
    view.jobs([{ type: 'delete', object: job }])
    expect(view.take(false)).toMatchObject([{ phase: 'running', reason: 'Ending: Its Job was deleted' }])
    expect(view.doubts()).toEqual([])
    view.pods([{ type: 'delete', object: runningPod }])
    expect(view.doubts()).toEqual([{ key: 'a', namespace: 'tasks' }])
    expect(view.take(false)).toEqual([])
    view.confirmPodless('a')
    expect(view.take(false)).toMatchObject([{ key: 'a', phase: 'failed', cause: 'lost', uid: 'job-1' }])
    expect([...view.keys()]).toEqual([])
  })
  it('takes an attempt back that turns out to be there', () => {
    const { view } = viewOf()
    view.replaceJobs([job])
    view.replacePods([])
    view.take(true)
    view.jobs([{ type: 'delete', object: job }])
    view.pods([{ type: 'upsert', object: runningPod }])
    view.confirmPodless('a')
    expect(view.take(false)).toMatchObject([{ phase: 'running' }])
    expect([...view.keys()]).toEqual(['a'])
  })
  it('forgets without a word what had ended', () => {
    const { view } = viewOf()
    view.replaceJobs([job])
    view.replacePods([endedPod])
    view.take(true)
    view.jobs([{ type: 'delete', object: job }])
    view.pods([{ type: 'delete', object: endedPod }])
    expect(view.take(false)).toEqual([])
    expect(view.doubts()).toEqual([])
    expect([...view.keys()]).toEqual([])
  })
  it('takes neither success nor loss from a Job alone before its pods were asked for', () => {
    const { view } = viewOf()
    view.replacePods([])
    view.replaceJobs([summarizeJob(jobObject({ conditions: [condition('Complete', 'True')] }))])
    expect(view.take(true)).toEqual([])
    expect(view.doubts()).toEqual([{ key: 'a', namespace: 'tasks' }])
    view.pods([{ type: 'upsert', object: endedPod }])
    view.confirmPodless('a')
    expect(view.take(false)).toMatchObject([{ phase: 'succeeded', place: 'tasks/a-x7 on worker-1' }])
  })
  it('takes the outcome from the Job once it is certain that no pod is left', () => {
    const { view } = viewOf()
    view.replacePods([])
    view.replaceJobs([summarizeJob(jobObject({ conditions: [condition('Complete', 'True')] }))])
    view.confirmPodless('a')
    expect(view.take(false)).toMatchObject([{ phase: 'succeeded', place: null, output: null }])
    expect(view.doubts()).toEqual([])
  })
  it('ignores the deletion of an earlier Job of the same name', () => {
    const { view } = viewOf()
    view.replaceJobs([{ ...job, uid: 'job-2' }])
    view.jobs([{ type: 'delete', object: job }])
    expect(view.find('a')?.job?.uid).toBe('job-2')
  })
  it('counts the patience with an image from when it was first seen to be missing, through all its back-offs', () => {
    const { clock, view } = viewOf()
    view.replaceJobs([job])
    for (const reason of ['ErrImagePull', 'ImagePullBackOff', 'ErrImagePull']) {
      view.replacePods([summarizePod(podObject({ containerStatuses: [container(waiting(reason))] }))])
      expect(view.take(false)).toMatchObject([{ phase: 'pending', cause: 'image_pull' }])
      clock.advance(10_000)
    }
    expect(view.take(false)).toMatchObject([{ phase: 'failed', cause: 'image_pull' }])
  })
  it('sees that the watch of pods is behind when a Job has ended and its pod has not', () => {
    const { clock, view } = viewOf()
    view.replacePods([runningPod])
    view.replaceJobs([summarizeJob(jobObject({ conditions: [condition('Complete', 'True')] }))])
    expect(view.disputed(3_000)).toBe(false)
    clock.advance(3_000)
    expect(view.disputed(3_000)).toBe(true)
    view.replacePods([runningPod])
    expect(view.disputed(3_000)).toBe(false)
    view.pods([{ type: 'upsert', object: endedPod }])
    expect(view.disputed(3_000)).toBe(false)
  })
})

describe('the outbox', () => {
  it('makes one batch of what came together, with the last word of each, and keeps the order around a list', async () => {
    const outbox = createEventOutbox()
    const seen = (key: string, reason: string) => {
      const { view } = viewOf()
      view.replaceJobs([{ ...job, key }])
      return view.take(true).map((each) => ({ ...each, reason }))
    }
    outbox.observed(seen('a', 'first'))
    outbox.observed(seen('b', 'first'))
    outbox.observed(seen('a', 'second'))
    outbox.push({ kind: 'synced', keys: new Set(['a', 'b']), listedFrom: new Date() })
    outbox.observed(seen('a', 'third'))
    const stop = new AbortController()
    const batches: string[] = []
    for await (const event of outbox.read(stop.signal)) {
      batches.push(
        event.kind === 'observed'
          ? event.observations.map(({ key, reason }) => key + reason).join()
          : event.kind,
      )
      if (batches.length === 3) stop.abort()
    }
    expect(batches).toEqual(['asecond,bfirst', 'synced', 'athird'])
  })
})

describe('log lines after a cursor', () => {
  const at = (time: string, text: string) => ({ at: `2026-11-23T10:00:${time}Z`, text })
  const lines = [
    at('01.1', 'a'),
    at('01.10', 'b'),
    at('01.100000001', 'c'),
    { at: null, text: 'd' },
    at('02', 'e'),
  ]
  it('come once each, wherever the reading stopped', () => {
    for (let stop = 0; stop <= lines.length; stop += 1) {
      const first = linesAfter(lines.slice(0, stop), { at: '', lines: 0 })
      const rest = linesAfter(lines, first.reached)
      expect([...first.fresh, ...rest.fresh].map(({ text }) => text).join('')).toBe('abcde')
    }
  })
})

describe('recent starts', () => {
  it('are expected once, unless they are taken away', () => {
    const starts = createRecentStarts()
    starts.add('a', 'one', 'tasks')
    starts.add('b', 'one', 'tasks')
    starts.add('c', 'other', 'tasks')
    starts.unexpect('b', 'one')
    expect(starts.overdue('one', 0)).toEqual(['a'])
    expect(starts.overdue('one', 0)).toEqual([])
    expect(starts.namespaceOf('b', 'one')).toBe('tasks')
    expect(starts.overdue('other', 60_000)).toEqual([])
  })
})

describe('a refused creation', () => {
  const refused = (code: ConstructorParameters<typeof FairleadError>[0], message: string) => {
    const { permanence, cause } = rejectionOf(new FairleadError(code, message), {
      spec: { ...specless, namespace: 'n' },
    })
    return `${permanence} ${cause}`
  }
  const specless = {
    image: '',
    command: [],
    args: [],
    env: {},
    resources: { requests: {}, limits: {} },
    serviceAccount: null,
    podTemplate: null,
  }
  it.each([
    [
      'cluster_refused',
      'jobs.batch "a" is forbidden: exceeded quota: full, requested: count/jobs.batch=1',
      'transient quota',
    ],
    ['cluster_refused', 'admission webhook "policy" denied the request', 'permanent invalid'],
    [
      'cluster_refused',
      'Job.batch "a" is invalid: spec.template.spec.containers[0].image: Required value',
      'permanent invalid',
    ],
    ['not_found', 'namespaces "n" not found', 'permanent invalid'],
    ['cluster_denied', 'User "x" cannot create resource "jobs"', 'transient api_error'],
    ['cluster_unauthorized', 'Unauthorized', 'transient api_error'],
    ['rate_limited', 'too many requests', 'transient api_error'],
    ['unavailable', 'failed calling webhook "policy"', 'transient api_error'],
    ['cluster_unreachable', 'did not answer in time', 'transient api_error'],
  ] as const)('%s, %s → %s', (code, message, expected) => {
    expect(refused(code, message)).toBe(expected)
  })
})
