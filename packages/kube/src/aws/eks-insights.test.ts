import {
  startInsightsServer,
  type InsightsServer,
  type ServedInsight,
} from '@fairlead/testkit/aws/insights-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAwsAccess } from './aws-access'

// moto serves no insights: a small server answers here, in the documented shapes, and the AWS SDK asks it.
const caller = {
  region: 'eu-central-1',
  cluster: 'production',
  sessionName: 'fairlead-ada',
  accessKey: { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'secret' },
}
const insight = (id: string, status: string, more: object = {}): ServedInsight => ({
  id,
  name: `Insight ${id}`,
  category: 'UPGRADE_READINESS',
  kubernetesVersion: '1.36',
  lastRefreshTime: 1_764_304_200,
  insightStatus: { status, reason: `it is ${status}` },
  ...more,
})
const described = {
  recommendation: 'Update.',
  resources: [
    {
      insightStatus: { status: 'ERROR' },
      kubernetesResourceUri: '/apis/apps/v1beta1/namespaces/shop/deployments/web',
    },
    { insightStatus: { status: 'SOON' }, arn: 'arn:aws:eks:eu-central-1:1:nodegroup/a' },
  ],
  categorySpecificSummary: {
    deprecationDetails: [
      {
        usage: '/apis/a/v1beta1',
        replacedWith: '/apis/a/v1',
        stopServingVersion: '1.36',
        clientStats: [
          { userAgent: 'helm/3', numberOfRequestsLast30Days: 12, lastRequestTime: 1_764_304_200 },
        ],
      },
    ],
    addonCompatibilityDetails: [{ name: 'vpc-cni', compatibleVersions: ['v1.19', 'v1.20'] }],
  },
}

let server: InsightsServer
const ask = () => createAwsAccess({ endpoint: server.url }).insights(caller)
beforeEach(async () => void (server = await startInsightsServer('production')))
afterEach(() => server.close())

describe('insights of EKS', () => {
  it('are listed over all pages, and those that do not pass are described', async () => {
    server.insights = [insight('a', 'PASSING'), insight('b', 'ERROR', described), insight('c', 'UNKNOWN')]
    const { insights, undescribed } = await ask()
    expect(undescribed).toBeNull()
    expect(insights.map(({ id, status, details }) => [id, status, details === null])).toEqual([
      ['a', 'PASSING', true],
      ['b', 'ERROR', false],
      ['c', 'UNKNOWN', false],
    ])
    expect(insights[1]).toMatchObject({
      kubernetesVersion: '1.36',
      refreshedAt: '2025-11-28T04:30:00.000Z',
      reason: 'it is ERROR',
      recommendation: 'Update.',
      details: {
        resources: [
          { status: 'ERROR', name: '/apis/apps/v1beta1/namespaces/shop/deployments/web' },
          { status: 'UNKNOWN', name: 'arn:aws:eks:eu-central-1:1:nodegroup/a' },
        ],
        deprecations: [
          {
            usage: '/apis/a/v1beta1',
            replacedWith: '/apis/a/v1',
            stopServingVersion: '1.36',
            clients: [{ userAgent: 'helm/3', requests: 12 }],
          },
        ],
        addons: ['vpc-cni: v1.19, v1.20 would do'],
      },
    })
    expect(server.calls.filter((call) => call.startsWith('POST'))).toHaveLength(2)
    expect(server.calls).toContain('GET /clusters/production/insights/b')
    expect(server.calls).not.toContain('GET /clusters/production/insights/a')
  })

  it('with a status that this release does not know are unknown', async () => {
    server.insights = [insight('a', 'EXCELLENT')]
    expect((await ask()).insights[0]?.status).toBe('UNKNOWN')
  })

  it('that may not be listed name the IAM action', async () => {
    server.denied.add('eks:ListInsights')
    await expect(ask()).rejects.toMatchObject({
      code: 'cluster_denied',
      message: expect.stringContaining('The IAM action eks:ListInsights is missing'),
    })
  })

  it('that may not be described are known by their status, and the first refusal is enough', async () => {
    server.denied.add('eks:DescribeInsight')
    server.insights = [insight('a', 'ERROR'), insight('b', 'WARNING')]
    const { insights, undescribed } = await ask()
    expect(undescribed).toContain('The IAM action eks:DescribeInsight is missing')
    expect(insights.map(({ status, details }) => [status, details])).toEqual([
      ['ERROR', null],
      ['WARNING', null],
    ])
    expect(server.calls.filter((call) => call.startsWith('GET'))).toHaveLength(1)
  })

  it('of a cluster that AWS does not know are not found', async () => {
    const asked = createAwsAccess({ endpoint: server.url }).insights({ ...caller, cluster: 'nowhere' })
    await expect(asked).rejects.toMatchObject({ code: 'not_found' })
  })
})
