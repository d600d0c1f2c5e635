import { messageOf } from '@fairlead/contracts/errors'
import { appendChanges } from '@fairlead/db/changes'
import { appendAudit, type NewAuditEntry } from '@fairlead/kernel/audit'
import { z } from 'zod'
import type { Auth } from './auth'
import type { IdentityOptions } from './identity-options'
import { clearAttempts, countAttempt } from './lock-out'

/** better-auth serves much more than this; what nobody needs isn't reachable. */
const paths = {
  signIn: '/api/auth/sign-in/email',
  signOut: '/api/auth/sign-out',
}
const served: ReadonlySet<string> = new Set(Object.values(paths))
const maxBodyBytes = 8 * 1024
const credentialsSchema = z.object({ email: z.string().max(320), password: z.string().max(1024) })

const answer = (status: number, code: string, message: string, headers: Record<string, string> = {}) =>
  Response.json({ code, message }, { status, headers })

export function createAuthHandler(options: IdentityOptions, auth: Auth) {
  return async (request: Request, address: string | null): Promise<Response> => {
    const { pathname } = new URL(request.url)
    if (!served.has(pathname)) return answer(404, 'NOT_FOUND', 'There is no such address.')
    if (pathname === paths.signIn && request.method === 'POST')
      return signIn(options, auth, { request, address })
    if (pathname === paths.signOut && request.method === 'POST')
      return signOut(options, auth, { request, address })
    return auth.handler(request)
  }
}

interface Incoming {
  readonly request: Request
  readonly address: string | null
}

async function signIn(
  options: IdentityOptions,
  auth: Auth,
  { request, address }: Incoming,
): Promise<Response> {
  const text = await request.text()
  const credentials = text.length > maxBodyBytes ? undefined : credentialsOf(text)
  if (credentials === undefined) return answer(400, 'INVALID', 'Expected an e-mail and a password.')
  const email = credentials.email.trim().toLowerCase()
  const attempt = await countAttempt(options.db, email, options.clock())
  if (!attempt.allowed) {
    if (attempt.first) await record(options, { email, outcome: 'denied', reason: 'locked out', address })
    return answer(429, 'LOCKED_OUT', 'Too many failed attempts for this e-mail.', {
      'x-retry-after': String(attempt.retryAfterSeconds),
    })
  }
  const response = await auth.handler(
    new Request(request.url, { method: 'POST', headers: request.headers, body: text }),
  )
  if (response.status === 429) return response
  if (response.ok) await clearAttempts(options.db, email)
  const reason = response.ok ? null : await reasonOf(response)
  await record(options, { email, outcome: response.ok ? 'done' : 'denied', reason, address })
  return response.ok ? cookiesOnly(response) : response
}

/** better-auth's answer repeats the session's secret, which no script should ever hold. */
function cookiesOnly(response: Response): Response {
  const answered = Response.json({ signedIn: true })
  for (const cookie of response.headers.getSetCookie()) answered.headers.append('set-cookie', cookie)
  return answered
}

async function signOut(
  options: IdentityOptions,
  auth: Auth,
  { request, address }: Incoming,
): Promise<Response> {
  const session = await auth.api.getSession({ headers: request.headers, query: { disableRefresh: true } })
  const response = await auth.handler(request)
  if (session !== null && response.ok)
    await append(options, {
      ...entryOf({ kind: 'user', id: session.user.id, name: session.user.name }, address),
      action: 'session.sign_out',
      outcome: 'done',
      detail: {},
    })
  return response
}

function credentialsOf(text: string): z.infer<typeof credentialsSchema> | undefined {
  try {
    return credentialsSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

async function reasonOf(response: Response): Promise<string> {
  try {
    const body = z.object({ code: z.string() }).safeParse(await response.clone().json())
    return body.data?.code.toLowerCase() ?? String(response.status)
  } catch (error) {
    return messageOf(error)
  }
}

interface Attempt {
  readonly email: string
  readonly outcome: 'done' | 'denied'
  readonly reason: string | null
  readonly address: string | null
}

async function record(options: IdentityOptions, attempt: Attempt): Promise<void> {
  const user = await options.db.user.findUnique({
    where: { email: attempt.email },
    select: { id: true, name: true },
  })
  const signedIn = attempt.outcome === 'done' && user !== null
  const actor = signedIn
    ? { kind: 'user', id: user.id, name: user.name }
    : { kind: 'anonymous', id: 'anonymous', name: 'anonymous' }
  await append(options, {
    ...entryOf(actor, attempt.address),
    action: 'session.sign_in',
    outcome: attempt.outcome,
    subject: user === null ? null : { kind: 'person', id: user.id, name: user.name },
    detail: {
      email: attempt.email.slice(0, 320),
      ...(attempt.reason === null ? {} : { reason: attempt.reason }),
    },
  })
}

const entryOf = (actor: NewAuditEntry['actor'], address: string | null) => ({
  actor,
  address,
  projectId: null,
  subject: null,
  via: 'browser',
})

async function append(options: IdentityOptions, entry: Omit<NewAuditEntry, 'at'>): Promise<void> {
  await options.kernel.$transaction(async (tx) => {
    await appendAudit(tx, { ...entry, at: options.clock() })
    await appendChanges(tx, [{ topic: 'audit', key: 'log' }])
  })
}
