import type { WorkloadProgress } from '@fairlead/contracts/rollout'
import type { TrialSplit } from '@fairlead/contracts/strategy'
import { z } from 'zod'
import { hashOf } from '../manifest/digest'
import type { ObservedWorkload } from './observation'

/** RolloutTarget.observed: what screens show, and what the next pass must remember. */
const shownSchema = z.object({
  workloads: z.array(z.looseObject({ kind: z.string(), name: z.string() })),
  earlySince: z.record(z.string(), z.string()),
  refused: z.string().nullable(),
  splits: z.array(z.looseObject({ workload: z.string() })).optional(),
})
export interface Shown {
  readonly workloads: readonly WorkloadProgress[]
  readonly earlySince: Readonly<Record<string, string>>
  readonly refused: string | null
  readonly splits: readonly TrialSplit[]
}

const nothingShown: Shown = { workloads: [], earlySince: {}, refused: null, splits: [] }

/** Written by us alone: its outline is enough of a check. */
export const shownOf = (column: unknown): Shown =>
  shownSchema.safeParse(column).success ? { ...nothingShown, ...(column as Shown) } : nothingShown

export const shownHash = (shown: Shown): string =>
  hashOf([shown.workloads, shown.earlySince, shown.refused, shown.splits])

export const progressOf = ({ kind, name, verdict, revisions }: ObservedWorkload): WorkloadProgress => ({
  kind,
  name,
  verdict,
  revisions,
})
