import type { Read } from './cluster-facts'

/** EKS's own words. UNKNOWN: EKS could not tell, which is not a pass. */
export const insightStatuses = ['PASSING', 'WARNING', 'ERROR', 'UNKNOWN'] as const
export type InsightStatus = (typeof insightStatuses)[number]

export interface InsightResource {
  readonly status: InsightStatus
  /** The path of an object in the API server, or an ARN. */
  readonly name: string
}

export interface InsightDeprecation {
  readonly usage: string
  readonly replacedWith: string
  readonly stopServingVersion: string
  readonly clients: readonly { readonly userAgent: string; readonly requests: number }[]
}

/** One insight of the category UPGRADE_READINESS. */
export interface EksInsightFact {
  readonly id: string
  readonly name: string
  readonly status: InsightStatus
  readonly reason: string
  /** The version whose upgrade it speaks of; null: of any. */
  readonly kubernetesVersion: string | null
  /** When EKS looked last. */
  readonly refreshedAt: string | null
  readonly recommendation: string
  /** null: only its status is known, since the insight could not be described. */
  readonly details: {
    readonly resources: readonly InsightResource[]
    readonly deprecations: readonly InsightDeprecation[]
    /** Add-ons that the version does not take as they are. */
    readonly addons: readonly string[]
  } | null
}

export interface EksInsights {
  readonly insights: Read<EksInsightFact>
  /** Why some could not be described; null when all were that had to be. */
  readonly undescribed: string | null
}
