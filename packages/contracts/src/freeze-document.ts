import { z } from 'zod'
import { durationMs } from './application'
import { durationSchema } from './duration'
import { frozenActionNames } from './freeze-actions'
import { nameSchema } from './ids'

const dayMs = 24 * 60 * 60_000

const windowDurationSchema = durationSchema
  .refine((text) => durationMs(text) >= 60_000, 'expected at least a minute')
  .refine((text) => durationMs(text) <= 366 * dayMs, 'expected at most 366 days')

/** With an offset it is an instant; without, the time on the wall of the window's zone. */
const momentSchema = z.iso.datetime({
  offset: true,
  local: true,
  error: 'expected a date and time, e.g. "2026-12-24T18:00"',
})
const timezoneSchema = z.string().min(1).max(64).default('UTC')

/** Begins at each time of the pattern and lasts for `duration` of real time. */
const recurringSchema = z.strictObject({
  cron: z.string().min(9).max(200),
  duration: windowDurationSchema,
  timezone: timezoneSchema,
})
const onceSchema = z.strictObject({ from: momentSchema, until: momentSchema, timezone: timezoneSchema })

const list = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(200)
/** `checkout`, or `shop/checkout` where two projects have one. */
const applicationNameSchema = z
  .string()
  .max(127)
  .regex(
    /^([a-z0-9]([-a-z0-9]*[a-z0-9])?\/)?[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'expected "application" or "project/application"',
  )

/** All that is said must hold; what is left out holds for everything. */
const scopeSchema = z.strictObject({
  projects: list(nameSchema).optional(),
  applications: list(applicationNameSchema).optional(),
  clusters: list(nameSchema).optional(),
  /** Labels of the cluster, and `environment`, which each has. */
  selector: z.record(z.string().min(1).max(317), z.string().max(63)).optional(),
})
export type FreezeScope = z.infer<typeof scopeSchema>

export const freezeWindowDocumentSchema = z.strictObject({
  apiVersion: z.literal('fairlead.dev/v1'),
  kind: z.literal('FreezeWindow'),
  metadata: z.strictObject({ name: nameSchema }),
  spec: z.strictObject({
    mode: z.enum(['deny', 'allow']),
    reason: z.string().min(1).max(500),
    schedule: z.union([recurringSchema, onceSchema]),
    scope: scopeSchema.default({}),
    actions: list(z.enum(frozenActionNames)).optional(),
    running: z.enum(['finish', 'pause']).default('finish'),
  }),
})
export type FreezeWindowDocument = z.infer<typeof freezeWindowDocumentSchema>
export type FreezeSpec = FreezeWindowDocument['spec']

/** Bytes of one document. */
export const maxFreezeBytes = 64 * 1024
