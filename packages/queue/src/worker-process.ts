import { messageOf } from '@fairlead/contracts/errors'
import { z } from 'zod'
import type { QueueOptions } from './queues'

/** Ranges in CIDR notation, separated by commas. */
export const cidrList = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))

/** What every worker process is told by its environment. */
export const workerEnvSchema = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  /** Separates installations that share a Redis. */
  FAIRLEAD_QUEUE_PREFIX: z.string().min(1).optional(),
  /** 32 bytes in base64: opens cluster credentials. */
  FAIRLEAD_ENCRYPTION_KEY: z.string().min(1),
  /** Private and loopback ranges in which clusters may live. */
  FAIRLEAD_ALLOWED_CIDRS: cidrList,
  /** Replaces AWS's own endpoints, in tests. */
  FAIRLEAD_AWS_ENDPOINT: z.url().optional(),
  /** Set by Kubernetes in every pod: the cluster that this process itself runs in. */
  KUBERNETES_SERVICE_HOST: z.string().min(1).optional(),
  KUBERNETES_SERVICE_PORT: z.coerce.number().int().positive().default(443),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
})

export type WorkerEnv = z.infer<typeof workerEnvSchema>

/** Names what is missing, never what is there. */
export function readWorkerEnv<S extends z.ZodType>(schema: S, source: NodeJS.ProcessEnv): z.infer<S> {
  const result = schema.safeParse(source)
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`The environment is not complete:\n${problems.join('\n')}`)
}

export const queueOptionsOf = (
  env: Pick<WorkerEnv, 'REDIS_URL' | 'FAIRLEAD_QUEUE_PREFIX'>,
): QueueOptions => ({
  redisUrl: env.REDIS_URL,
  ...(env.FAIRLEAD_QUEUE_PREFIX === undefined ? {} : { prefix: env.FAIRLEAD_QUEUE_PREFIX }),
})

interface Log {
  info(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Lets what is under way end, then ends the process: 0, or 1 when something could not be closed. */
export function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      log.info({ signal }, 'stopping')
      stopping ??= stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ reason: messageOf(error) }, 'stopping failed')
          process.exit(1)
        },
      )
    })
}
