import { columnsOf, watchedKindNames } from '@fairlead/contracts/kinds'
import type { KubeObject } from '@fairlead/kube/kube-object'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summarizeEvent } from './event'
import { summarize, type SummarizedKind } from './summarize'

const object = (kind: string, rest: object = {}, metadata: object = {}): KubeObject => ({
  apiVersion: kind === 'Job' || kind === 'CronJob' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: {
    name: 'a',
    namespace: 'shop',
    uid: 'u1',
    resourceVersion: '7',
    creationTimestamp: '2026-01-01T00:00:00Z',
    ...metadata,
  },
  ...rest,
})
const kinds = watchedKindNames.filter((kind): kind is SummarizedKind => kind !== 'Event')

describe('cells', () => {
  it.each(kinds)('of a %s are kubectl’s columns in kubectl’s order, for an empty object too', (kind) => {
    expect(Object.keys(summarize(kind, object(kind)).cells)).toEqual(columnsOf[kind])
  })

  it.each([
    ['LoadBalancer without an address', { type: 'LoadBalancer' }, {}, '<pending>'],
    [
      'LoadBalancer with two',
      { type: 'LoadBalancer' },
      { loadBalancer: { ingress: [{ ip: '9.9.9.9' }, { hostname: 'a.example' }] } },
      '9.9.9.9,a.example',
    ],
    ['ClusterIP', { type: 'ClusterIP' }, {}, '<none>'],
    ['ExternalName', { type: 'ExternalName', externalName: 'db.example.org' }, {}, 'db.example.org'],
    [
      'NodePort with external addresses',
      { type: 'NodePort', externalIPs: ['1.2.3.4', '5.6.7.8'] },
      {},
      '1.2.3.4,5.6.7.8',
    ],
  ])('show a Service of type %s', (_name, spec, status, words) => {
    expect(summarize('Service', object('Service', { spec, status })).cells['External-IP']).toBe(words)
  })

  it.each([
    [{ conditions: [{ type: 'Complete', status: 'True' }] }, 'Complete'],
    [{ conditions: [{ type: 'Failed', status: 'True' }] }, 'Failed'],
    [{ conditions: [{ type: 'Suspended', status: 'True' }] }, 'Suspended'],
    [{ conditions: [{ type: 'SuccessCriteriaMet', status: 'True' }] }, 'SuccessCriteriaMet'],
    [{}, 'Running'],
  ])('show a Job with status %j as %s', (status, words) => {
    expect(summarize('Job', object('Job', { spec: {}, status })).cells['Status']).toBe(words)
  })

  it('leave times that tick to the screen, as times', () => {
    const status = { startTime: '2026-01-01T00:00:00Z', lastScheduleTime: '2026-01-01T00:00:00Z' }
    expect(summarize('Job', object('Job', { spec: {}, status })).cells['Duration']).toBe(
      '2026-01-01T00:00:00.000Z',
    )
    const done = { ...status, completionTime: '2026-01-01T00:01:05Z' }
    expect(summarize('Job', object('Job', { spec: {}, status: done })).cells['Duration']).toBe('65s')
    expect(summarize('CronJob', object('CronJob', { status })).cells['Last Schedule']).toBe(
      '2026-01-01T00:00:00.000Z',
    )
  })
})

describe('a summary', () => {
  it('is never converged for a workload whose status is not there yet', () => {
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'Job'] as const) {
      const { state } = summarize(kind, object(kind, { spec: { replicas: 3 } }, { generation: 2 }))
      expect(state).not.toBe('converged')
    }
  })

  it('belongs to its controller, not to any other owner', () => {
    const ownerReferences = [
      { apiVersion: 'v1', kind: 'ConfigMap', name: 'c', uid: 'other' },
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: 'mine', controller: true },
    ]
    expect(summarize('Pod', object('Pod', {}, { ownerReferences })).ownerUid).toBe('mine')
  })

  it('is refused without an identity', () => {
    expect(() => summarize('Pod', object('Pod', {}, { uid: undefined }))).toThrow(/no uid/)
    expect(() => summarize('Pod', object('Pod', {}, { creationTimestamp: 'yesterday' }))).toThrow(
      /time of creation/,
    )
  })

  it('is made of anything that is JSON', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.jsonValue(), fc.jsonValue(), (kind, spec, status) => {
        const made = summarize(kind, object(kind, { spec, status, endpoints: spec, ports: status }))
        expect(Object.values(made.cells).every((cell) => typeof cell === 'string')).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('an event', () => {
  const event = (rest: object) => summarizeEvent(object('Event', rest))
  it.each([
    [
      'its series',
      {
        series: { count: 9, lastObservedTime: '2026-01-01T05:00:00Z' },
        count: 3,
        lastTimestamp: '2026-01-01T04:00:00Z',
      },
      9,
      '05',
    ],
    [
      'its own count',
      { count: 3, lastTimestamp: '2026-01-01T04:00:00Z', eventTime: '2026-01-01T03:00:00Z' },
      3,
      '04',
    ],
    ['its only time', { eventTime: '2026-01-01T03:00:00Z' }, 1, '03'],
    ['its creation', {}, 1, '00'],
  ])('counts and dates by %s', (_name, rest, count, hour) => {
    expect(event(rest)).toMatchObject({ count, lastAt: `2026-01-01T${hour}:00:00.000Z` })
  })
})
