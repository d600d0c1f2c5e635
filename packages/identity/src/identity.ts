/**
 * Who someone is: the only owner of better-auth. auth.ts configures it, auth-handler.ts is its one HTTP door
 * (three paths, audited, with a lock-out), actor.ts turns a session or an API token into an actor with today's
 * rights, first-invitation.ts lets the first administrator in, entries.ts implements session, invitation, person,
 * project and token of the surface. Secrets of links and tokens are kept as hashes only.
 */
import { anonymous, type Actor } from '@fairlead/kernel/context'
import { actorOfToken, refreshActor, userActor } from './actor'
import { createAuth } from './auth'
import { createAuthHandler } from './auth-handler'
import type { IdentityOptions } from './identity-options'

export interface Identified {
  readonly actor: Actor
  /** Set-Cookie values that extend a sliding session. */
  readonly cookies: readonly string[]
}

export interface Identity {
  /** Answers /api/auth/*; `address` is the client's, for the audit log. */
  handler(request: Request, address: string | null): Promise<Response>
  /** The cookie's or the bearer token's actor; anonymous without either, an error with a token that isn't valid. */
  actorOfRequest(headers: Headers): Promise<Actor>
  /** The same, extending the session; for answers that can set cookies. */
  identify(headers: Headers): Promise<Identified>
  /** The actor with today's rights, or null when its session, token or person no longer stands. */
  refresh(actor: Actor): Promise<Actor | null>
}

export function createIdentity(options: IdentityOptions): Identity {
  const { db, clock } = options
  const auth = createAuth(options)
  const identify = async (headers: Headers, extend: boolean): Promise<Identified> => {
    const token = /^Bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
    if (token !== undefined) return { actor: await actorOfToken(db, token, clock()), cookies: [] }
    if (!headers.has('cookie')) return { actor: anonymous, cookies: [] }
    const answer = await auth.api.getSession({
      headers,
      query: { disableRefresh: !extend },
      returnHeaders: true,
    })
    if (answer.response === null) return { actor: anonymous, cookies: [] }
    const { session, user } = answer.response
    const actor = await userActor(db, { userId: user.id, sessionId: session.id }, clock())
    return { actor: actor ?? anonymous, cookies: answer.headers.getSetCookie() }
  }
  return {
    handler: createAuthHandler(options, auth),
    actorOfRequest: async (headers) => (await identify(headers, false)).actor,
    identify: (headers) => identify(headers, true),
    refresh: (actor) => refreshActor(db, actor, clock()),
  }
}
