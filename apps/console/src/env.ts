import { z } from 'zod'

const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  /** Separates installations that share a Redis. */
  FAIRLEAD_QUEUE_PREFIX: z.string().min(1).optional(),
  /** Where people reach the console. */
  FAIRLEAD_URL: z
    .url()
    .default('http://127.0.0.1:3000')
    .transform((url) => new URL(url).origin),
  /** Other addresses of the same console, e.g. behind a second name. */
  FAIRLEAD_TRUSTED_ORIGINS: list,
  /** Signs session cookies. */
  FAIRLEAD_SECRET: z.string().min(32, 'expected at least 32 characters: openssl rand -hex 32'),
  /** 32 bytes in base64: seals cluster credentials. */
  FAIRLEAD_ENCRYPTION_KEY: z.string().min(1),
  /** Private and loopback ranges in which clusters may live. */
  FAIRLEAD_ALLOWED_CIDRS: list,
  /** Replaces AWS's own endpoints, in tests. */
  FAIRLEAD_AWS_ENDPOINT: z.url().optional(),
  /** Set by Kubernetes in every pod: the cluster that this process itself runs in. */
  KUBERNETES_SERVICE_HOST: z.string().min(1).optional(),
  KUBERNETES_SERVICE_PORT: z.coerce.number().int().positive().default(443),
  /** A proxy in front sets X-Forwarded-For; without one that header is the client's own invention. */
  FAIRLEAD_BEHIND_PROXY: z.enum(['true', 'false']).default('false'),
})

export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** Parsed when first asked for: a build has no environment. */
export function env(): Env {
  if (parsed !== undefined) return parsed
  const result = schema.safeParse(process.env)
  if (!result.success) {
    const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new Error(`The environment is not complete:\n${problems.join('\n')}`)
  }
  parsed = result.data
  return parsed
}

/** The same console under loopback's other name: people type either. */
export function origins({ FAIRLEAD_URL, FAIRLEAD_TRUSTED_ORIGINS }: Env): string[] {
  const { hostname } = new URL(FAIRLEAD_URL)
  const other = hostname === '127.0.0.1' ? 'localhost' : hostname === 'localhost' ? '127.0.0.1' : null
  const alias = other === null ? [] : [FAIRLEAD_URL.replace(hostname, other)]
  return [FAIRLEAD_URL, ...alias, ...FAIRLEAD_TRUSTED_ORIGINS]
}

/** Told by the bundler, so that it is known where there is no environment too. */
export const isDevelopment = process.env.NODE_ENV === 'development'
