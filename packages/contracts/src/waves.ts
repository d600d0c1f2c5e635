import { z } from 'zod'
import { durationSchema } from './duration'

const labelSchema = z.string().min(1).max(253)
const orderSchema = z.union(
  [labelSchema, z.strictObject({ label: labelSchema, values: z.array(z.string().max(63)).min(1).max(100) })],
  { error: 'expected a label of clusters, or { label, values } with the values in their order' },
)
const sizeSchema = z.union(
  [
    z.number().int().min(1).max(10_000),
    z.string().regex(/^(?:100|[1-9]\d?)%$/, 'expected a share such as "25%", at most 100%'),
  ],
  {
    error: 'expected a number of targets, or a share of them such as "25%"',
  },
)

/** In which order the targets of a stage get a release, and when no further one does. */
export const wavesSchema = z.strictObject({
  /** Labels of clusters: a wave for each value, or, with `sizes`, the order in which targets are cut into waves. */
  order: z.array(orderSchema).max(5).default([]),
  /** How many targets each wave takes; what is left over is the last one. */
  sizes: z.array(sizeSchema).min(1).max(50).optional(),
  maxConcurrent: z.number().int().min(1).max(1_000).default(1),
  /** How long the targets of a wave have to stay well before the next one begins, and before the stage has converged. */
  bake: durationSchema.default('0s'),
  /** Targets that may fail before no further one is begun. */
  failureBudget: z.number().int().min(0).max(10_000).default(0),
  /** A cluster that does not answer: waited for, left out until it does, or a failure at once. */
  unreachable: z
    .strictObject({
      policy: z.enum(['wait', 'skip', 'fail']).default('wait'),
      timeout: durationSchema.default('10m'),
    })
    .default({ policy: 'wait', timeout: '10m' }),
})
export type WavesSpec = z.infer<typeof wavesSchema>
export type WaveOrder = WavesSpec['order'][number]

export const laneStates = ['waiting', 'running', 'baking', 'done'] as const

export interface WaveLane {
  /** From 1. */
  readonly number: number
  readonly state: (typeof laneStates)[number]
  /** The last of its bakes; null while none runs. */
  readonly bakesUntil: string | null
}

/** How the waves of a stage stand; its targets say by number to which one they belong. */
export interface WavesView {
  readonly lanes: readonly WaveLane[]
  readonly maxConcurrent: number
  readonly inFlight: number
  readonly bakeMs: number
  readonly budget: { readonly allowed: number; readonly spent: number }
  readonly unreachable: WavesSpec['unreachable']
}
