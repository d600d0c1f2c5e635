import type { ControlPlaneSignals, HealthSample } from '@fairlead/contracts/control-plane'
import { describe, expect, it } from 'vitest'
import { judgeControlPlane } from './judge'

const at = '2026-11-23T10:00:00.000Z'
const before = (seconds: number): string => new Date(Date.parse(at) - seconds * 1000).toISOString()
const good: HealthSample = { status: 200, ms: 5, words: null }
const answered = (status: number): HealthSample => ({ status, ms: 5, words: `HTTP ${status}` })
const nothing = (words: string): HealthSample => ({ status: null, ms: 3_000, words })
const lease = (seconds: number, holder: string | null = 'a') => ({
  state: 'read' as const,
  holder,
  renewedAt: before(seconds),
  durationSeconds: 15,
})
const node = (name: string, seconds: number) => ({
  node: name,
  renewedAt: before(seconds),
  durationSeconds: 40,
})

const healthy: ControlPlaneSignals = {
  at,
  serverTime: at,
  livez: [good, good, good],
  readyz: [good, good, good],
  etcd: good,
  dryRun: { ...good, status: 201 },
  leases: { scheduler: lease(2), 'controller-manager': lease(2) },
  nodes: [node('n1', 3)],
  nodesAt: at,
  nodesTruncated: false,
}

const statesOf = (change: Partial<ControlPlaneSignals>): string =>
  judgeControlPlane({ ...healthy, ...change })
    .map(({ state }) => state)
    .join(' ')
const evidenceOf = (component: string, change: Partial<ControlPlaneSignals>): string =>
  judgeControlPlane({ ...healthy, ...change }).find((row) => row.component === component)?.evidence ?? ''

const three = (sample: HealthSample) => [sample, sample, sample]
const silence = nothing('The API server https://a refused the connection')
const unread = { state: 'unreadable' as const }
const silentServer: Partial<ControlPlaneSignals> = {
  livez: three(silence),
  readyz: three(silence),
  etcd: silence,
  dryRun: null,
  leases: { scheduler: unread, 'controller-manager': unread },
  nodes: null,
}

// API server, etcd, scheduler, controller manager, kubelets: in this order.
const cases: readonly [string, Partial<ControlPlaneSignals>, string][] = [
  ['everything answers', {}, 'ok ok ok ok ok'],
  ['nothing answers: only what was asked is known', silentServer, 'failing unknown unknown unknown unknown'],
  [
    'etcd is gone',
    {
      livez: three(answered(500)),
      readyz: three(answered(500)),
      etcd: answered(500),
      leases: { scheduler: unread, 'controller-manager': unread },
      nodes: null,
    },
    'failing failing unknown unknown unknown',
  ],
  ['one sample of three failed', { readyz: [good, answered(500), good] }, 'ok ok ok ok ok'],
  ['two samples of three failed', { readyz: [good, answered(500), answered(500)] }, 'failing ok ok ok ok'],
  ['alive, not ready', { readyz: three(answered(500)) }, 'failing ok ok ok ok'],
  [
    'health may not be asked',
    { livez: three(answered(403)), readyz: three(answered(403)), etcd: answered(403) },
    'unknown unknown ok ok ok',
  ],
  ['the etcd check alone may not be asked', { etcd: answered(403) }, 'ok ok ok ok ok'],
  ['the etcd check times out while the rest answers', { etcd: nothing('late') }, 'ok failing ok ok ok'],
  ['creates fail: a webhook is down', { dryRun: answered(500) }, 'failing ok ok ok ok'],
  ['creates are not allowed to us', { dryRun: answered(403) }, 'ok ok ok ok ok'],
  [
    'a lease at its limit, and one past it',
    { leases: { scheduler: lease(15), 'controller-manager': lease(16) } },
    'ok ok ok failing ok',
  ],
  [
    'a lease that was let go',
    { leases: { scheduler: lease(1, null), 'controller-manager': lease(1) } },
    'ok ok failing ok ok',
  ],
  [
    'leases that can not be seen',
    { leases: { scheduler: { state: 'missing' }, 'controller-manager': { state: 'denied' } } },
    'ok ok unknown unknown ok',
  ],
  ['a kubelet that is late', { nodes: [node('n1', 24)] }, 'ok ok ok ok ok'],
  ['a kubelet that missed two renewals', { nodes: [node('n1', 2), node('n2', 25)] }, 'ok ok ok ok failing'],
  ['no node', { nodes: [] }, 'ok ok ok ok unknown'],
]

describe('the control plane', () => {
  it.each(cases)('is judged when %s', (_name, change, states) => {
    expect(statesOf(change)).toBe(states)
  })

  it('says what was seen, and why something was not', () => {
    expect(evidenceOf('apiserver', silentServer)).toBe('The API server https://a refused the connection')
    expect(evidenceOf('scheduler', silentServer)).toContain('while the API server does not answer')
    expect(evidenceOf('apiserver', { readyz: three(answered(500)), etcd: answered(500) })).toContain(
      'because its etcd check fails',
    )
    expect(evidenceOf('kubelet', { nodes: [node('n1', 2), node('n2', 55)] })).toBe(
      '1 of 2 nodes are silent: n2 has not renewed its lease for 55 s (it does every 10 s)',
    )
  })

  it('ages leases by the clock of the server', () => {
    const behind = {
      serverTime: before(100),
      leases: { scheduler: lease(102), 'controller-manager': lease(101) },
    }
    expect(statesOf(behind).split(' ').slice(2, 4)).toEqual(['ok', 'ok'])
  })

  it('ages node leases by when they were read', () => {
    expect(statesOf({ nodes: [node('n1', 40)], nodesAt: before(35) })).toBe('ok ok ok ok ok')
  })
})
