import type { WorkloadProgress } from '@fairlead/contracts/rollout'
import { z } from 'zod'
import { hashOf } from '../manifest/digest'
import type { ObservedWorkload } from './observation'

/** RolloutTarget.observed: what screens show, and what the next pass must remember. */
const shownSchema = z.object({
  workloads: z.array(z.looseObject({ kind: z.string(), name: z.string() })),
  earlySince: z.record(z.string(), z.string()),
  refused: z.string().nullable(),
})
export interface Shown {
  readonly workloads: readonly WorkloadProgress[]
  readonly earlySince: Readonly<Record<string, string>>
  readonly refused: string | null
}

const nothingShown: Shown = { workloads: [], earlySince: {}, refused: null }

/** Written by us alone: its outline is enough of a check. */
export const shownOf = (column: unknown): Shown =>
  shownSchema.safeParse(column).success ? (column as Shown) : nothingShown

export const shownHash = (shown: Shown): string => hashOf([shown.workloads, shown.earlySince, shown.refused])

export const progressOf = ({ kind, name, verdict, revisions }: ObservedWorkload): WorkloadProgress => ({
  kind,
  name,
  verdict,
  revisions,
})
