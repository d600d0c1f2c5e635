import type { EksInsightFact, InsightStatus } from '@fairlead/contracts/eks-insights'
import { insightStatuses } from '@fairlead/contracts/eks-insights'
import { FairleadError } from '@fairlead/contracts/errors'
import type { DescribeInsightResponse, EKSClient, ListInsightsResponse } from '@aws-sdk/client-eks'
import { awsError } from './aws-error'

type Summary = NonNullable<ListInsightsResponse['insights']>[number]
type Insight = NonNullable<DescribeInsightResponse['insight']>

export interface InsightsAnswer {
  readonly insights: readonly EksInsightFact[]
  /** Why some could not be described. */
  readonly undescribed: string | null
}

/** EKS has a handful per version; each that does not pass is described by a call of its own. */
const [mostInsights, mostDescribed] = [200, 40] as const
const [mostResources, mostClients] = [50, 5] as const

const text = (value: string | undefined, most = 500): string =>
  (value ?? '').replace(/[\p{Cc}\s]+/gu, ' ').slice(0, most)

/** What this release does not know is unknown, never a pass. */
const statusOf = (value: string | undefined): InsightStatus =>
  insightStatuses.find((status) => status === value) ?? 'UNKNOWN'

function factOf(summary: Summary, described: Insight | null): EksInsightFact {
  const { insightStatus, kubernetesVersion, lastRefreshTime } = summary
  return {
    id: text(summary.id, 100),
    name: text(summary.name, 200),
    status: statusOf(insightStatus?.status),
    reason: text(insightStatus?.reason),
    kubernetesVersion: kubernetesVersion === undefined ? null : text(kubernetesVersion, 20),
    refreshedAt: lastRefreshTime?.toISOString() ?? null,
    recommendation: text(described?.recommendation),
    details: described === null ? null : detailsOf(described),
  }
}

function detailsOf({ resources = [], categorySpecificSummary }: Insight): EksInsightFact['details'] {
  const { deprecationDetails = [], addonCompatibilityDetails = [] } = categorySpecificSummary ?? {}
  return {
    resources: resources.slice(0, mostResources).map((resource) => ({
      status: statusOf(resource.insightStatus?.status),
      name: text(resource.kubernetesResourceUri ?? resource.arn),
    })),
    deprecations: deprecationDetails.slice(0, mostResources).map((detail) => ({
      usage: text(detail.usage, 300),
      replacedWith: text(detail.replacedWith, 300),
      stopServingVersion: text(detail.stopServingVersion, 20),
      clients: (detail.clientStats ?? []).slice(0, mostClients).map((client) => ({
        userAgent: text(client.userAgent, 200),
        requests: client.numberOfRequestsLast30Days ?? 0,
      })),
    })),
    addons: addonCompatibilityDetails.slice(0, mostResources).map((addon) => {
      const versions = (addon.compatibleVersions ?? []).slice(0, 5).join(', ')
      return text(`${addon.name ?? 'an add-on'}${versions === '' ? '' : `: ${versions} would do`}`, 300)
    }),
  }
}

/** A denial names the IAM action that would allow it. */
async function asked<T>(action: string, cluster: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (cause) {
    const error = awsError(cause, `EKS ${action} of ${cluster}`)
    if (error.code !== 'cluster_denied') throw error
    throw new FairleadError(
      error.code,
      `${error.message}. The IAM action eks:${action} is missing; docs/eks.md has the policy.`,
      error.detail,
      { cause },
    )
  }
}

async function list(client: EKSClient, cluster: string): Promise<readonly Summary[]> {
  const { paginateListInsights } = await import('@aws-sdk/client-eks')
  const filter = { categories: ['UPGRADE_READINESS' as const] }
  return asked('ListInsights', cluster, async () => {
    const found: Summary[] = []
    for await (const page of paginateListInsights(
      { client, pageSize: 100 },
      { clusterName: cluster, filter },
    )) {
      found.push(...(page.insights ?? []))
      if (found.length >= mostInsights) break
    }
    return found.slice(0, mostInsights)
  })
}

/** Insights of UPGRADE_READINESS; those that do not pass with what they are about. Throws when none may be listed. */
export async function readInsights(client: EKSClient, cluster: string): Promise<InsightsAnswer> {
  const { DescribeInsightCommand } = await import('@aws-sdk/client-eks')
  const summaries = await list(client, cluster)
  const told = summaries.filter(({ insightStatus }) => statusOf(insightStatus?.status) !== 'PASSING')
  const wanted = new Set(told.slice(0, mostDescribed).map(({ id }) => id))
  const insights: EksInsightFact[] = []
  let undescribed: string | null = null
  for (const summary of summaries) {
    const { id } = summary
    if (id === undefined || !wanted.has(id) || undescribed !== null) {
      insights.push(factOf(summary, null))
      continue
    }
    try {
      const { insight } = await asked('DescribeInsight', cluster, () =>
        client.send(new DescribeInsightCommand({ clusterName: cluster, id })),
      )
      insights.push(factOf(summary, insight ?? null))
    } catch (error) {
      // What the others are about would be refused alike; their status is known without it.
      undescribed = error instanceof Error ? error.message : String(error)
      insights.push(factOf(summary, null))
    }
  }
  return { insights, undescribed }
}
