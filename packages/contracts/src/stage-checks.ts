import { z } from 'zod'
import { checkNames, type CheckName } from './checks'

/**
 * Checks of a plan beside those of workloads, each of which asks for more than one object can answer: what the API server
 * calls deprecated, whether what an Ingress or a route names is there, and whether the update has room.
 */
const planChecks = ['deprecated-api', 'route', 'surge'] as const
export type StageCheckName = CheckName | (typeof planChecks)[number]
const stageCheckNames: readonly StageCheckName[] = [...checkNames, ...planChecks]

const severitySchema = z.enum(['error', 'warn', 'off'])
const shape = Object.fromEntries(stageCheckNames.map((name) => [name, severitySchema.optional()])) as Record<
  StageCheckName,
  z.ZodOptional<typeof severitySchema>
>

/** `error` blocks, `warn` is shown, `off` is not asked. What a stage leaves out warns. */
export const stageChecksSchema = z.strictObject(shape)
export type StageChecks = z.infer<typeof stageChecksSchema>

/** Somebody's decision to live with a failed check of a workload until a date. */
export interface FrozenWaiver {
  readonly by: string
  readonly reason: string
  readonly until: string
}

/** One answer of a plan. A waived failure neither blocks nor passes. */
export interface StageCheck {
  readonly check: string
  readonly severity: 'error' | 'warn'
  readonly passed: boolean
  readonly message: string
  readonly object: string
  readonly waiver?: FrozenWaiver | null
}

/** Where waivers are kept; apps wire it to the inventory, which workloads never import. */
export interface WaiverSource {
  /** Those that hold at `at`, of the workloads of one namespace. */
  waiversOf(place: {
    readonly clusterId: string
    readonly namespace: string
    readonly at: Date
  }): Promise<
    readonly (FrozenWaiver & { readonly kind: string; readonly name: string; readonly check: string })[]
  >
}
