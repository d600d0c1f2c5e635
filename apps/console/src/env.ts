import { consoleUrl, list, processEnvSchema, readProcessEnv } from '@fairlead/queue/process-env'
import { z } from 'zod'

const schema = processEnvSchema.extend({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  FAIRLEAD_URL: consoleUrl,
  /** Other addresses of the same console, e.g. behind a second name. */
  FAIRLEAD_TRUSTED_ORIGINS: list,
  /** Signs session cookies. */
  FAIRLEAD_SECRET: z.string().min(32, 'expected at least 32 characters: openssl rand -hex 32'),
  /** A proxy in front sets X-Forwarded-For; without one that header is the client's own invention. */
  FAIRLEAD_BEHIND_PROXY: z.enum(['true', 'false']).default('false'),
})

export type Env = z.infer<typeof schema>

let parsed: Env | undefined

/** Parsed when first asked for: a build has no environment. */
export const env = (): Env => (parsed ??= readProcessEnv(schema, process.env))

/** The same console under loopback's other name: people type either. */
export function origins({ FAIRLEAD_URL, FAIRLEAD_TRUSTED_ORIGINS }: Env): string[] {
  const { hostname } = new URL(FAIRLEAD_URL)
  const other = hostname === '127.0.0.1' ? 'localhost' : hostname === 'localhost' ? '127.0.0.1' : null
  const alias = other === null ? [] : [FAIRLEAD_URL.replace(hostname, other)]
  return [FAIRLEAD_URL, ...alias, ...FAIRLEAD_TRUSTED_ORIGINS]
}

/** Told by the bundler, so that it is known where there is no environment too. */
export const isDevelopment = process.env.NODE_ENV === 'development'
