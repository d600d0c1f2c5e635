import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../kube-object'
import { condition, container, exited, imagePullPod, pod, waiting } from './health-factories'
import { rollingCounts } from './rolling-counts'
import { verdictOf } from './verdict-of'

describe('what a pod shows', () => {
  const now = new Date('2026-11-23T10:10:00Z')
  const running = { running: { startedAt: '2026-11-23T10:00:00Z' } }
  const probe = { readinessProbe: { periodSeconds: 10, failureThreshold: 3 } }
  const rows: readonly (readonly [string, KubeObject, readonly string[], RegExp])[] = [
    [
      'unschedulable',
      pod('r', {
        conditions: [
          condition('PodScheduled', 'False', 'Unschedulable', '0/3 nodes are available: insufficient cpu.'),
        ],
      }),
      ['Unschedulable'],
      /insufficient cpu/,
    ],
    [
      'crash loop',
      pod('r', {
        containerStatuses: [
          container(waiting('CrashLoopBackOff'), { restartCount: 4, lastState: exited(1, 'Error') }),
        ],
      }),
      ['CrashLoopBackOff'],
      /exit code 1 \(Error\), 4 restarts/,
    ],
    [
      'out of memory behind a crash loop',
      pod('r', {
        containerStatuses: [
          container(waiting('CrashLoopBackOff'), { restartCount: 2, lastState: exited(137, 'OOMKilled') }),
        ],
      }),
      ['OOMKilled'],
      /memory/,
    ],
    [
      'once out of memory, ready again',
      pod('r', {
        phase: 'Running',
        containerStatuses: [container(running, { ready: true, lastState: exited(137, 'OOMKilled') })],
      }),
      [],
      /^$/,
    ],
    [
      'missing ConfigMap',
      pod('r', {
        containerStatuses: [container(waiting('CreateContainerConfigError', 'configmap "x" not found'))],
      }),
      ['CreateContainerConfigError'],
      /configmap "x" not found/,
    ],
    [
      'an init container that cannot pull',
      pod('r', { initContainerStatuses: [container(waiting('ErrImagePull'))] }),
      ['ErrImagePull'],
      /pulled/,
    ],
    ['creating', pod('r', { containerStatuses: [container(waiting('ContainerCreating'))] }), [], /^$/],
    [
      'failing readiness',
      pod(
        'r',
        { phase: 'Running', containerStatuses: [container(running)] },
        { spec: { containers: [{ name: 'app', ...probe }] } },
      ),
      ['ReadinessFailing'],
      /for 600 s \(its probes allow 50 s\)/,
    ],
    [
      'slow start within its startup probe',
      pod(
        'r',
        { phase: 'Running', containerStatuses: [container(running)] },
        {
          spec: {
            containers: [
              { name: 'app', ...probe, startupProbe: { periodSeconds: 10, failureThreshold: 90 } },
            ],
          },
        },
      ),
      [],
      /^$/,
    ],
    [
      'evicted',
      pod('r', { phase: 'Failed', reason: 'Evicted', message: 'low on memory' }),
      ['Evicted'],
      /low on memory/,
    ],
    [
      'nonsense',
      { ...pod('r', {}), status: { containerStatuses: [{ state: 5 }, 'x'], conditions: {} } },
      [],
      /^$/,
    ],
  ]
  it.each(rows)('%s', (_name, live, reasons, message) => {
    const { evidence } = verdictOf(live, { now })
    expect(evidence.map(({ reason }) => reason)).toEqual(reasons)
    expect(evidence[0]?.message ?? '').toMatch(message)
  })
  it('is nothing while it is being deleted', () => {
    const failing = imagePullPod('r')
    const leaving = {
      ...failing,
      metadata: { ...failing.metadata, deletionTimestamp: '2026-11-23T10:00:00Z' },
    }
    expect(verdictOf(leaving).evidence).toEqual([])
  })
})

describe('surge and unavailable', () => {
  it.each([
    ['25%', '25%', 3, 1, 0],
    ['25%', '25%', 4, 1, 1],
    ['25%', '25%', 10, 3, 2],
    [0, 0, 5, 0, 1],
    ['1%', '1%', 1, 1, 0],
    ['0%', '10%', 5, 0, 1],
    [2, 1, 3, 2, 1],
    ['nonsense', -3, 3, 0, 1],
  ])('%s and %s of %i', (maxSurge, maxUnavailable, total, surge, unavailable) => {
    const defaults = { maxSurge: '25%', maxUnavailable: '25%' }
    expect(rollingCounts({ maxSurge, maxUnavailable }, total, defaults)).toEqual({ surge, unavailable })
  })
})
