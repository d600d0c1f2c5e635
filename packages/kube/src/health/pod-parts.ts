import { z } from 'zod'
import { conditionsSchema, count, text } from './read-status'

const terminatedSchema = z
  .object({
    exitCode: z.number().catch(0),
    signal: z.number().nullish().catch(null),
    reason: text,
    finishedAt: z.string().nullish().catch(null),
  })
  .nullish()
  .catch(null)
const stateSchema = z
  .object({
    waiting: z.object({ reason: text, message: text }).nullish().catch(null),
    running: z.object({ startedAt: text }).nullish().catch(null),
    terminated: terminatedSchema,
  })
  .nullish()
  .catch(null)

export const containerStatusSchema = z.object({
  name: text,
  ready: z.boolean().catch(false),
  restartCount: count,
  state: stateSchema,
  lastState: stateSchema,
})
const statuses = z.array(containerStatusSchema).catch([])

export const podStatusSchema = z.object({
  phase: text,
  reason: text,
  message: text,
  startTime: z.string().nullish().catch(null),
  conditions: conditionsSchema,
  initContainerStatuses: statuses,
  containerStatuses: statuses,
})

const probeSchema = z
  .object({
    initialDelaySeconds: z.number().nullish().catch(null),
    periodSeconds: z.number().nullish().catch(null),
    failureThreshold: z.number().nullish().catch(null),
  })
  .nullish()
  .catch(null)
const containerSchema = z.object({ name: text, readinessProbe: probeSchema, startupProbe: probeSchema })

export const podSpecSchema = z.object({ containers: z.array(containerSchema).catch([]) })

/** What the kubelet needs before it says ready, even when all is well: start, one pull of the status, one relist. */
const slackSeconds = 20

const probeSeconds = (probe: z.infer<typeof probeSchema>): number =>
  probe == null
    ? 0
    : (probe.initialDelaySeconds ?? 0) + (probe.periodSeconds ?? 10) * (probe.failureThreshold ?? 3)

/** How long a running container may stay not ready before its probes themselves call that a failure. */
export const readinessGraceSeconds = (container: z.infer<typeof containerSchema> | undefined): number =>
  slackSeconds + probeSeconds(container?.startupProbe) + probeSeconds(container?.readinessProbe)
