import type { EksInsightFact, EksInsights } from '@fairlead/contracts/eks-insights'
import type { UpgradeState } from '@fairlead/contracts/upgrade'
import { describe, expect, it } from 'vitest'
import { sampleFacts } from '../testing/sample-facts'
import { judgeInsights } from './judge-insights'
import { upgradeReadiness } from './readiness'

const now = new Date('2026-11-28T10:00:00Z')
const insight = (change: Partial<EksInsightFact> = {}): EksInsightFact => ({
  id: 'i-1',
  name: 'Deprecated APIs removed in Kubernetes v1.36',
  status: 'PASSING',
  reason: '',
  kubernetesVersion: '1.36',
  refreshedAt: '2026-11-28T04:30:00.000Z',
  recommendation: '',
  details: null,
  ...change,
})
const all = (...items: readonly EksInsightFact[]): EksInsights => ({
  insights: { state: 'read', items },
  undescribed: null,
})
const judge = (insights: EksInsights | null, version: string | null = 'v1.35.4-eks-1') =>
  judgeInsights({ insights, version, now })

const cases: readonly [string, EksInsights | null, UpgradeState][] = [
  ['all passing', all(insight(), insight({ id: 'i-2' })), 'ready'],
  ['a warning', all(insight(), insight({ status: 'WARNING' })), 'attention'],
  ['an error', all(insight({ status: 'WARNING' }), insight({ status: 'ERROR' })), 'blocked'],
  ['an error about any version', all(insight({ status: 'ERROR', kubernetesVersion: null })), 'blocked'],
  [
    'an error about a later version',
    all(insight({ status: 'ERROR', kubernetesVersion: '1.37' })),
    'attention',
  ],
  ['one that EKS could not tell', all(insight(), insight({ status: 'UNKNOWN' })), 'unknown'],
  [
    'unknown beside a warning',
    all(insight({ status: 'WARNING' }), insight({ status: 'UNKNOWN' })),
    'unknown',
  ],
  ['unknown beside an error', all(insight({ status: 'ERROR' }), insight({ status: 'UNKNOWN' })), 'blocked'],
  ['no insight', all(), 'unknown'],
  ['not asked yet', null, 'unknown'],
  ['a denial', { insights: { state: 'denied', words: 'no' }, undescribed: null }, 'unknown'],
  ['a refresh of days ago', all(insight({ refreshedAt: '2026-11-24T04:30:00.000Z' })), 'unknown'],
  [
    'one old refresh among new ones',
    all(insight(), insight({ refreshedAt: '2026-11-01T00:00:00.000Z' })),
    'unknown',
  ],
  ['no word of a refresh', all(insight({ refreshedAt: null })), 'unknown'],
]

describe("EKS's insights", () => {
  it.each(cases)('with %s', (_name, insights, state) => {
    expect(judge(insights).state).toBe(state)
  })

  it('are told with the last refresh, what is asked for by whom, and the objects, by namespace', () => {
    const error = insight({
      status: 'ERROR',
      reason: 'Deprecated API usage detected within last 30 days.',
      recommendation: 'Update manifests.',
      details: {
        resources: [
          { status: 'ERROR', name: '/apis/apps/v1beta1/namespaces/shop/deployments/web' },
          { status: 'WARNING', name: 'arn:aws:eks:eu-central-1:1:nodegroup/a' },
        ],
        deprecations: [
          {
            usage: '/apis/policy/v1beta1/poddisruptionbudgets',
            replacedWith: '/apis/policy/v1/poddisruptionbudgets',
            stopServingVersion: '1.36',
            clients: [{ userAgent: 'helm/3.1', requests: 12 }],
          },
        ],
        addons: ['vpc-cni: v1.19 would do'],
      },
    })
    const { words, evidence } = judge(all(error, insight({ id: 'i-2' })))
    expect(words).toBe('2 insights: 1 ERROR, 1 PASSING. EKS looked last on 2026-11-28 at 04:30 UTC.')
    const { name } = error
    expect(evidence).toEqual([
      {
        namespace: null,
        words: `ERROR ${name} (1.36): Deprecated API usage detected within last 30 days. Update manifests.`,
      },
      {
        namespace: null,
        words: `${name}: /apis/policy/v1beta1/poddisruptionbudgets, not served from 1.36 on; /apis/policy/v1/poddisruptionbudgets instead; asked for by helm/3.1 12 times in 30 days`,
      },
      { namespace: null, words: `${name}: vpc-cni: v1.19 would do` },
      { namespace: 'shop', words: `${name}: /apis/apps/v1beta1/namespaces/shop/deployments/web ERROR` },
      { namespace: null, words: `${name}: arn:aws:eks:eu-central-1:1:nodegroup/a WARNING` },
    ])
  })

  it('say why they could not be described, and which right is missing', () => {
    const undescribed = 'The IAM action eks:DescribeInsight is missing'
    expect(judge({ ...all(insight({ status: 'WARNING' })), undescribed }).words).toContain(undescribed)
    const words = 'The IAM action eks:ListInsights is missing'
    expect(judge({ insights: { state: 'denied', words }, undescribed: null }).words).toBe(words)
  })
})

describe('upgrade readiness', () => {
  const input = {
    facts: sampleFacts(),
    version: 'v1.35.4',
    nodes: [{ name: 'n1', version: 'v1.35.1' }],
    singles: [],
    now,
  }
  it('has the insights of a cluster of EKS, and no such check of another', () => {
    const of = (eks: EksInsights | null | 'none') => upgradeReadiness({ ...input, eks })
    expect(of('none').checks.map(({ check }) => check)).not.toContain('eks-insights')
    expect(of('none').state).toBe('ready')
    expect(of(all(insight())).state).toBe('ready')
    expect(of(all(insight({ status: 'UNKNOWN' }))).state).toBe('unknown')
    expect(of(all(insight({ status: 'ERROR' }))).state).toBe('blocked')
    expect(of(null).checks.find(({ check }) => check === 'eks-insights')?.state).toBe('unknown')
  })
})
