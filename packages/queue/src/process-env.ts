import { z } from 'zod'
import type { QueueOptions } from './queues'

/** Entries separated by commas. */
export const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))

/** Where people reach the console. */
export const consoleUrl = z
  .url()
  .default('http://127.0.0.1:3000')
  .transform((url) => new URL(url).origin)

/** What every server process is told by its environment. */
export const processEnvSchema = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  /** Separates installations that share a Redis. */
  FAIRLEAD_QUEUE_PREFIX: z.string().min(1).optional(),
  /** 32 bytes in base64: seals and opens cluster credentials. */
  FAIRLEAD_ENCRYPTION_KEY: z.string().min(1),
  /** Private and loopback ranges, in CIDR notation, in which clusters may live. */
  FAIRLEAD_ALLOWED_CIDRS: list,
  /** The same for installations of Airflow: other servers, mostly in other networks. */
  FAIRLEAD_AIRFLOW_CIDRS: list,
  /** The same for repositories of manifests and charts. */
  FAIRLEAD_SOURCE_CIDRS: list,
  /** Replaces AWS's own endpoints, in tests. */
  FAIRLEAD_AWS_ENDPOINT: z.url().optional(),
  /** Set by Kubernetes in every pod: the cluster that this process itself runs in. */
  KUBERNETES_SERVICE_HOST: z.string().min(1).optional(),
  KUBERNETES_SERVICE_PORT: z.coerce.number().int().positive().default(443),
})

/** Names what is missing, never what is there. */
export function readProcessEnv<S extends z.ZodType>(schema: S, source: NodeJS.ProcessEnv): z.infer<S> {
  const result = schema.safeParse(source)
  if (result.success) return result.data
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`The environment is not complete:\n${problems.join('\n')}`)
}

export const queueOptionsOf = (
  env: Pick<z.infer<typeof processEnvSchema>, 'REDIS_URL' | 'FAIRLEAD_QUEUE_PREFIX'>,
): QueueOptions => ({
  redisUrl: env.REDIS_URL,
  ...(env.FAIRLEAD_QUEUE_PREFIX === undefined ? {} : { prefix: env.FAIRLEAD_QUEUE_PREFIX }),
})
