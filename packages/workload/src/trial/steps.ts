import { durationMs } from '@fairlead/contracts/application'
import { z } from 'zod'

const measurementSchema = z.object({
  at: z.string(),
  outcome: z.enum(['passed', 'failed', 'inconclusive']),
  value: z.number().nullable(),
  message: z.string(),
})
const tallySchema = z.object({
  passed: z.number(),
  failed: z.number(),
  inconclusive: z.number(),
  /** The newest, newest last. */
  recent: z.array(measurementSchema),
})
export type Tally = z.infer<typeof tallySchema>

export const nothingMeasured: Tally = { passed: 0, failed: 0, inconclusive: 0, recent: [] }

/** RolloutStage.steps: written by the engine alone; what people say of it has columns of its own. */
const stepsSchema = z.object({
  /** Index of the step that it is at. */
  at: z.number().int().min(0),
  /** Since when its weight stands, ISO 8601; null on the way there. */
  since: z.string().nullable(),
  tally: tallySchema,
  /** Steps that ended, in their order: how, and what was measured. */
  past: z.array(z.object({ words: z.string(), tally: tallySchema })),
})
export type Steps = z.infer<typeof stepsSchema>

export const firstStep: Steps = { at: 0, since: null, tally: nothingMeasured, past: [] }
export const stepsOf = (column: unknown): Steps | null =>
  stepsSchema
    .nullable()
    .catch(null)
    .parse(column ?? null)

/** The clocks stood still for so long: what a pause had left then it has left now. */
export const shifted = (steps: Steps, byMs: number): Steps => ({
  ...steps,
  since: steps.since === null ? null : new Date(Date.parse(steps.since) + byMs).toISOString(),
})

export const nextStep = ({ at, tally, past }: Steps, words: string): Steps => ({
  at: at + 1,
  since: null,
  tally: nothingMeasured,
  past: [...past, { words, tally }],
})

/** When a pause that ends by itself does; null for one that waits for a person, or none. */
export const pausedUntil = (since: string, pause: string | undefined): Date | null =>
  pause === undefined || pause === 'untilPromoted' ? null : new Date(Date.parse(since) + durationMs(pause))
