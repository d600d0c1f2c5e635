import { describe, expect, it } from 'vitest'
import { now, read, sampleFacts, webhookFact } from '../testing/sample-facts'
import { upgradeReadiness, type UpgradeInput } from './readiness'
import { nextOf } from './versions'

const healthy: UpgradeInput = {
  facts: sampleFacts(),
  version: 'v1.35.4',
  nodes: [{ name: 'n1', version: 'v1.35.1' }],
  singles: [],
  eks: 'none',
  now,
}
const stateOf = (check: string, change: Partial<UpgradeInput>): string =>
  upgradeReadiness({ ...healthy, ...change }).checks.find((each) => each.check === check)?.state ?? ''
const node = (version: string) => ({ nodes: [{ name: 'n1', version }] })
const deprecated = (removedRelease: string) => ({
  facts: sampleFacts({
    deprecatedApis: read({
      group: 'policy',
      version: 'v1beta1',
      resource: 'x',
      subresource: '',
      removedRelease,
    }),
  }),
})
const budget = (currentHealthy: number, desiredHealthy: number) => ({
  facts: sampleFacts({
    budgets: read({
      namespace: 'shop',
      name: 'web',
      selector: {},
      disruptionsAllowed: Math.max(0, currentHealthy - desiredHealthy),
      currentHealthy,
      desiredHealthy,
      expectedPods: 2,
    }),
  }),
})
const webhook = (endpoints: number | null) => ({
  facts: sampleFacts({ webhooks: read(webhookFact({ endpoints })) }),
})
const denied = { state: 'denied' as const, words: 'may not' }

const cases: readonly [string, string, Partial<UpgradeInput>, string][] = [
  ['nothing deprecated', 'deprecated-apis', {}, 'ready'],
  ['an API that the next version has not', 'deprecated-apis', deprecated('1.36'), 'blocked'],
  ['an API that is gone later', 'deprecated-apis', deprecated('1.37'), 'attention'],
  ['an API without a date', 'deprecated-apis', deprecated(''), 'attention'],
  ['metrics closed', 'deprecated-apis', { facts: sampleFacts({ deprecatedApis: denied }) }, 'unknown'],
  ['not asked yet', 'deprecated-apis', { facts: null }, 'unknown'],
  ['kubelets of the same minor', 'kubelet-skew', {}, 'ready'],
  ['a kubelet behind', 'kubelet-skew', node('v1.33.9'), 'attention'],
  ['a kubelet three behind', 'kubelet-skew', node('v1.32.0+k3s1'), 'blocked'],
  ['a kubelet ahead', 'kubelet-skew', node('v1.36.0'), 'blocked'],
  ['a kubelet that says nonsense', 'kubelet-skew', node('latest'), 'attention'],
  ['no node', 'kubelet-skew', { nodes: [] }, 'unknown'],
  ['no version', 'kubelet-skew', { version: null }, 'unknown'],
  ['a budget with room', 'drains', budget(2, 1), 'ready'],
  ['a budget without room for now', 'drains', budget(1, 1), 'attention'],
  ['a budget that never gives', 'drains', budget(2, 2), 'blocked'],
  ['budgets closed', 'drains', { facts: sampleFacts({ budgets: denied }) }, 'unknown'],
  [
    'one pod',
    'single-replicas',
    { singles: [{ kind: 'Deployment', namespace: 'shop', name: 'web' }] },
    'attention',
  ],
  ['a webhook on two pods', 'webhooks', webhook(2), 'ready'],
  ['a webhook on one pod', 'webhooks', webhook(1), 'attention'],
  ['a webhook on none', 'webhooks', webhook(0), 'blocked'],
  ['webhooks closed', 'webhooks', { facts: sampleFacts({ webhooks: denied }) }, 'unknown'],
]

describe('upgrade readiness', () => {
  it.each(cases)('with %s: %s', (_name, check, change, state) => {
    expect(stateOf(check, change)).toBe(state)
  })

  it('is the worst of its checks, and unknown is never a pass', () => {
    const overall = (change: Partial<UpgradeInput>) => upgradeReadiness({ ...healthy, ...change }).state
    expect(overall({})).toBe('ready')
    expect(overall(node('v1.34.0'))).toBe('attention')
    expect(overall({ ...node('v1.34.0'), facts: sampleFacts({ budgets: denied }) })).toBe('unknown')
    expect(overall({ ...node('v1.36.0'), facts: null })).toBe('blocked')
  })

  it('names the next version', () => {
    expect([nextOf('v1.35.4-eks-1'), nextOf('main'), nextOf(null)]).toEqual(['1.36', null, null])
  })
})
