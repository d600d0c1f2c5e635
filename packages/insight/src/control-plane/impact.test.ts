import { controlPlaneComponents, type ControlPlaneComponent } from '@fairlead/contracts/control-plane'
import { describe, expect, it } from 'vitest'
import { defaultScheduler, impactsOf, type ClusterSight, type SightPod, type SightWorkload } from './impact'

const now = new Date('2026-11-23T10:00:00Z')
const ago = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString()

const workload = (name: string, change: Partial<SightWorkload> = {}): SightWorkload => ({
  kind: 'Deployment',
  namespace: 'shop',
  name,
  application: null,
  desired: 3,
  current: 3,
  generation: 2,
  observedGeneration: 2,
  ...change,
})
const pod = (name: string, change: Partial<SightPod> = {}): SightPod => ({
  namespace: 'shop',
  name,
  application: 'checkout',
  workload: { kind: 'Deployment', name: 'web' },
  nodeName: null,
  createdAt: ago(40),
  scheduling: 'unseen',
  schedulerName: defaultScheduler,
  reason: '',
  ...change,
})
const evidence = (component: ControlPlaneComponent, state: 'ok' | 'failing' | 'unknown', node?: string) => ({
  component,
  state,
  evidence: 'words',
  impact: controlPlaneComponents[component].impact,
  signals: node === undefined ? [] : [{ what: node, state: 'failing' as const, words: '' }],
  checkedAt: ago(0),
})
const sightOf = (change: Partial<ClusterSight>): ClusterSight => ({ workloads: [], pods: [], now, ...change })

function impactOf(row: ReturnType<typeof evidence>, change: Partial<ClusterSight>) {
  const [impact] = impactsOf([row], sightOf(change))
  if (impact === undefined) throw new Error('one row in, none out')
  return impact
}

describe('failure impact', () => {
  it('is nothing while nothing fails', () => {
    expect(impactOf(evidence('apiserver', 'ok'), { workloads: [workload('web')] })).toMatchObject({
      now: null,
      affectedTotal: 0,
    })
    expect(impactOf(evidence('etcd', 'unknown'), { workloads: [workload('web')] }).now).toBeNull()
  })

  it('of the API server is every workload, those of applications first', () => {
    const workloads = [workload('a'), workload('web', { application: 'checkout' })]
    const impact = impactOf(evidence('apiserver', 'failing'), { workloads })
    expect(impact.affected.map(({ name }) => name)).toEqual(['web', 'a'])
    expect(impact.applications).toEqual(['checkout'])
  })

  it('of the scheduler is the workloads whose pods wait, one row each, oldest first', () => {
    const pods = [
      pod('web-2', { createdAt: ago(10) }),
      pod('web-1', { createdAt: ago(70) }),
      pod('cart-1', {
        workload: { kind: 'Deployment', name: 'cart' },
        scheduling: 'refused',
        reason: 'too big',
      }),
      pod('done', { scheduling: 'done', nodeName: 'n1' }),
      pod('foreign', { schedulerName: 'other' }),
    ]
    const impact = impactOf(evidence('scheduler', 'failing'), { pods })
    expect(impact.affected.map(({ name, words }) => `${name}: ${words}`)).toEqual([
      'web: pod web-1 waits for 70 s: nobody has looked at it; 1 more pod',
      'cart: pod cart-1 was refused a node, and nobody tries again: too big',
    ])
    expect(impact.now).toBe('3 pods will get no node until it is back.')
  })

  it('finds a scheduler dead that renews its lease and looks at nothing', () => {
    const impact = impactOf(evidence('scheduler', 'ok'), { pods: [pod('web-1', { createdAt: ago(31) })] })
    expect(impact.state).toBe('failing')
    expect(impact.evidence).toContain('nobody has looked at pod shop/web-1 for 31 s')
  })

  it('leaves a scheduler alone that has had no time, and pods of another one', () => {
    const young = pod('web-1', { createdAt: ago(20) })
    const foreign = pod('web-2', { createdAt: ago(900), schedulerName: 'other' })
    const refused = pod('web-3', { createdAt: ago(900), scheduling: 'refused' })
    expect(impactOf(evidence('scheduler', 'ok'), { pods: [young, foreign, refused] }).state).toBe('ok')
  })

  it('of the controller manager is what differs from what is wanted', () => {
    const workloads = [
      workload('fine'),
      workload('short', { current: 1 }),
      workload('ignored', { generation: 5, observedGeneration: 4, application: 'checkout' }),
      workload('uncounted', { kind: 'CronJob', desired: null, current: null }),
    ]
    const impact = impactOf(evidence('controller-manager', 'failing'), { workloads })
    expect(impact.affected.map(({ name }) => name)).toEqual(['ignored', 'short'])
    expect(impact.now).toContain('2 workloads differ')
    expect(
      impactOf(evidence('controller-manager', 'failing'), { workloads: [workload('fine')] }).now,
    ).toContain('nothing brings back a pod that goes')
  })

  it('of a kubelet is what runs on its node', () => {
    const pods = [
      pod('web-1', { scheduling: 'done', nodeName: 'n1' }),
      pod('web-2', { scheduling: 'done', nodeName: 'n2' }),
    ]
    const impact = impactOf(evidence('kubelet', 'failing', 'n1'), { pods })
    expect(impact.affected.map(({ words }) => words)).toEqual(['pod web-1 is on n1'])
  })
})
