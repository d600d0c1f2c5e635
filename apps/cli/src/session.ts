import type { AppRouter } from '@fairlead/api/router'
import { FairleadError } from '@fairlead/contracts/errors'
import { createTRPCClient, httpLink } from '@trpc/client'
import fs from 'node:fs'
import path from 'node:path'
import superjson from 'superjson'
import { z } from 'zod'
import { readEnv, type Env } from './env'

export type Api = ReturnType<typeof createTRPCClient<AppRouter>>

const configSchema = z.object({ url: z.url(), cookie: z.string().optional(), token: z.string().optional() })
export type LoginConfig = z.infer<typeof configSchema>

export const defaultUrl = 'http://127.0.0.1:3000'
const configFile = (env: Env): string => path.join(env.XDG_CONFIG_HOME, 'fairlead/login.json')

/** Bearer tokens and session cookies are as good as passwords: only their owner may read the file. */
export function saveLogin(config: LoginConfig): string {
  const file = configFile(readEnv())
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  fs.writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 })
  return file
}

function loadLogin(env: Env): LoginConfig | undefined {
  const file = configFile(env)
  return fs.existsSync(file)
    ? configSchema.safeParse(JSON.parse(fs.readFileSync(file, 'utf8'))).data
    : undefined
}

/** FAIRLEAD_URL and FAIRLEAD_TOKEN win over what `fairlead login` kept. */
export function openSession(): { api: Api; url: string } {
  const env = readEnv()
  const login = loadLogin(env)
  const url = env.FAIRLEAD_URL ?? login?.url ?? defaultUrl
  const token = env.FAIRLEAD_TOKEN ?? (login?.url === url ? login.token : undefined)
  const cookie = login?.url === url ? login.cookie : undefined
  if (token === undefined && cookie === undefined)
    throw new FairleadError('unauthenticated', `You are not signed in to ${url}.`, {
      remedy: 'fairlead login, or set FAIRLEAD_TOKEN',
    })
  const headers: Record<string, string> =
    token === undefined ? { cookie: cookie ?? '', origin: url } : { authorization: `Bearer ${token}` }
  const links = [
    httpLink({ url: `${url}/api/trpc`, transformer: superjson, headers, methodOverride: 'POST' }),
  ]
  return { api: createTRPCClient<AppRouter>({ links }), url }
}
