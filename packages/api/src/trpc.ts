import type { Clock } from '@fairlead/contracts/decision'
import { errorCodes, FairleadError, isFairleadError } from '@fairlead/contracts/errors'
import type { LiveBatch } from '@fairlead/contracts/live'
import type { Entries } from '@fairlead/kernel/door'
import type { Actor, Call, Services } from '@fairlead/kernel/context'
import { initTRPC, TRPCError } from '@trpc/server'
import { wire } from './wire'

/** What each request carries: who calls, and every implemented entry. */
export interface ApiContext {
  readonly call: Call
  readonly services: Services
  readonly entries: Entries
  readonly live: LiveFeed
  readonly clock: Clock
}

/** The change stream behind live.changes, implemented by the application that composes the API. */
export interface LiveFeed {
  /** Batches after `cursor` that `actor` may see, until the signal aborts or the actor's rights end. */
  subscribe(
    actor: Actor,
    options: LiveOptions,
  ): AsyncIterable<{ readonly cursor: string; readonly batch: LiveBatch }>
}
export interface LiveOptions {
  readonly cursor: string | null
  readonly objects:
    | {
        readonly kinds: readonly string[]
        readonly clusters: readonly string[]
        readonly namespace?: string | undefined
      }
    | undefined
  readonly signal: AbortSignal
}

const trpcCodes = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
} as const

const t = initTRPC.context<ApiContext>().create({
  transformer: wire,
  sse: { ping: { enabled: true, intervalMs: 5_000 }, client: { reconnectAfterInactivityMs: 15_000 } },
  errorFormatter: ({ shape, error }) => {
    const cause = isFairleadError(error.cause)
      ? error.cause
      : new FairleadError('internal', 'Something went wrong on our side.')
    return {
      ...shape,
      message: cause.message,
      data: { code: cause.code, httpStatus: errorCodes[cause.code].http, detail: cause.detail },
    }
  },
})

/** The one place where codes meet the wire. */
export const wireError = (cause: FairleadError): TRPCError =>
  new TRPCError({ code: trpcCodes[errorCodes[cause.code].http], message: cause.message, cause })

const translate = t.middleware(async ({ next }) => {
  const result = await next()
  if (result.ok || !isFairleadError(result.error.cause)) return result
  throw wireError(result.error.cause)
})

export const router = t.router
export const procedure = t.procedure.use(translate)
