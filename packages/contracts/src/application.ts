import { z } from 'zod'
import { driftModeSchema, type DriftSummary } from './drift-states'
import { durationSchema } from './duration'
import { nameSchema } from './ids'
import { roleNames } from './permissions'
import type { ReleaseOrigin } from './release-origin'
import { sourceDocumentSchema } from './source-document'
import { stageChecksSchema } from './stage-checks'
import { stageGateSchema } from './stage-gate-schema'
import { strategySchema, trialOf } from './strategy'
import { wavesSchema } from './waves'

export { durationMs, durationSchema } from './duration'

const approvalSchema = z.strictObject({
  quorum: z.number().int().min(1).max(10).default(1),
  roles: z.array(z.enum(roleNames)).min(1).default(['approver']),
  excludeRequester: z.boolean().default(true),
  expires: durationSchema.default('24h'),
})
const targetsSchema = z
  .strictObject({
    clusters: z.array(nameSchema).min(1).max(100).optional(),
    selector: z.record(z.string(), z.string()).optional(),
    namespace: nameSchema,
  })
  .refine(
    (targets) => (targets.clusters === undefined) !== (targets.selector === undefined),
    'expected either "clusters" or "selector"',
  )

const stageGatesSchema = z.array(stageGateSchema).max(10).default([])

export const stageSchema = z.strictObject({
  name: nameSchema,
  targets: targetsSchema,
  approval: approvalSchema.optional(),
  strategy: strategySchema.default({ rolling: {} }),
  deadline: z
    .strictObject({ progress: durationSchema.default('10m'), total: durationSchema.default('30m') })
    .default({ progress: '10m', total: '30m' }),
  onFailure: z.enum(['rollback', 'hold']).default('rollback'),
  /** The order in which its targets get a release; all at once without. */
  waves: wavesSchema.optional(),
  /** One after the other: once the stage may be applied and before its first object is. */
  before: stageGatesSchema,
  /** What becomes of what somebody changed in its clusters. */
  drift: driftModeSchema.default('detect'),
  /** How much each check of a plan weighs here. */
  checks: stageChecksSchema.default({}),
  /** One after the other: once its targets have converged. The stage has converged when all of them succeeded. */
  after: stageGatesSchema,
})
export type StageSpec = z.infer<typeof stageSchema>

export const applicationDocumentSchema = z.strictObject({
  apiVersion: z.literal('fairlead.dev/v1'),
  kind: z.literal('Application'),
  metadata: z.strictObject({ name: nameSchema, project: nameSchema }),
  spec: z.strictObject({
    source: sourceDocumentSchema.default({ inline: {}, on: 'manual', every: '3m' }),
    stages: z
      .array(stageSchema)
      .min(1)
      .max(20)
      .refine(
        (stages) => new Set(stages.map((stage) => stage.name)).size === stages.length,
        'stage names must differ',
      )
      .superRefine((stages, context) =>
        stages.forEach(({ strategy, waves }, index) => {
          if (waves !== undefined && trialOf(strategy) !== null)
            context.addIssue({
              code: 'custom',
              path: [index, 'waves'],
              message:
                'expected no waves in a stage with a canary or a blue-green strategy: one or the other',
            })
        }),
      ),
  }),
})
export type ApplicationDocument = z.infer<typeof applicationDocumentSchema>

export interface ApplicationSummary {
  readonly id: string
  readonly name: string
  readonly projectId: string
  readonly project: string
  readonly stages: readonly StageSummary[]
  readonly updatedAt: string
}

export interface ReleaseRef {
  readonly id: string
  readonly number: number
  readonly images: readonly string[]
  readonly createdAt: string
  readonly author: string
  readonly digest: string
}

export interface StageSummary {
  readonly name: string
  readonly environment: string | null
  /** What was last verified there, and what is moving towards it now. */
  readonly verified: ReleaseRef | null
  readonly current: {
    readonly rolloutId: string
    readonly number: number
    readonly state: string
    readonly release: ReleaseRef
  } | null
  readonly hold: { readonly reason: string; readonly since: string; readonly expiresAt: string | null } | null
  /** Of the worst of its targets; null before anything was compared. */
  readonly drift: DriftSummary | null
  readonly approvalRequired: boolean
  /** Time from apply to converged of the last converged rollout, in ms. */
  readonly lastConvergeMs: number | null
  readonly clusters: readonly string[]
  readonly namespace: string
}

export interface ApplicationDetail extends ApplicationSummary {
  readonly document: ApplicationDocument
  readonly releases: readonly (ReleaseRef & {
    readonly objects: readonly { readonly kind: string; readonly name: string }[]
    /** Null of manifests that were given. */
    readonly origin: ReleaseOrigin | null
  })[]
  readonly deployable: { readonly passed: boolean; readonly reason: string | null }
}
