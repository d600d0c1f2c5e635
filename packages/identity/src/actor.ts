import { FairleadError } from '@fairlead/contracts/errors'
import type { Membership, Role } from '@fairlead/contracts/permissions'
import type { IdentityDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { roleOf, rolesWithin } from './held-roles'
import { hashSecret, tokenPrefix } from './secret'

/** How exactly "last seen" and "last used" are kept. */
const seenEveryMs = 60_000
const isOld = (at: Date | null, now: Date): boolean =>
  at === null || now.getTime() - at.getTime() >= seenEveryMs

interface StoredMembership {
  readonly projectId: string | null
  readonly role: string
}

const membershipsOf = (stored: readonly StoredMembership[]): Membership[] =>
  stored.flatMap(({ projectId, role }) => {
    const known = roleOf(role)
    return known === undefined ? [] : [{ projectId, role: known }]
  })

const withMemberships = { memberships: { select: { projectId: true, role: true } } } as const

/** Null for somebody who is gone or disabled: the session is worth nothing then. */
export async function userActor(
  db: IdentityDb,
  who: { readonly userId: string; readonly sessionId: string },
  now: Date,
): Promise<Actor | null> {
  const user = await db.user.findUnique({ where: { id: who.userId }, include: withMemberships })
  if (user === null || user.disabledAt !== null) return null
  if (isOld(user.lastSeenAt, now))
    await db.user.updateMany({ where: { id: user.id, disabledAt: null }, data: { lastSeenAt: now } })
  return {
    kind: 'user',
    id: user.id,
    credentialId: who.sessionId,
    name: user.name,
    email: user.email,
    memberships: membershipsOf(user.memberships),
  }
}

/** One error for every way in which a token is no good: which one, only its owner may know. */
const badToken = (): FairleadError =>
  new FairleadError('unauthenticated', 'The API token is unknown, expired or revoked.', {
    remedy: 'Create another under Settings, Tokens.',
  })

export async function actorOfToken(db: IdentityDb, secret: string, now: Date): Promise<Actor> {
  if (!secret.startsWith(tokenPrefix)) throw badToken()
  const actor = await tokenActor(db, { secretHash: hashSecret(secret) }, now)
  if (actor === null) throw badToken()
  return actor
}

async function tokenActor(
  db: IdentityDb,
  where: { readonly secretHash: string } | { readonly id: string },
  now: Date,
): Promise<Actor | null> {
  const token = await db.apiToken.findUnique({
    where,
    include: { user: { include: withMemberships } },
  })
  if (token === null || token.revokedAt !== null || token.expiresAt <= now) return null
  const { user } = token
  const role = roleOf(token.role)
  if (role === undefined || user.disabledAt !== null) return null
  if (isOld(token.lastUsedAt, now))
    await db.apiToken.updateMany({ where: { id: token.id }, data: { lastUsedAt: now } })
  return {
    kind: 'token',
    id: user.id,
    credentialId: token.id,
    name: `${user.name} (token ${token.name})`,
    email: user.email,
    memberships: tokenMemberships(membershipsOf(user.memberships), token.projectId, role),
  }
}

/** What the token says and its owner still holds: its one role, or the smaller roles that are left of it. */
export function tokenMemberships(
  held: readonly Membership[],
  projectId: string | null,
  role: Role,
): Membership[] {
  return rolesWithin(held, projectId, role).map((left) => ({ projectId, role: left }))
}

export async function refreshActor(db: IdentityDb, actor: Actor, now: Date): Promise<Actor | null> {
  if (actor.credentialId === undefined) return actor.kind === 'system' ? actor : null
  if (actor.kind === 'token') return tokenActor(db, { id: actor.credentialId }, now)
  const session = await db.session.findUnique({ where: { id: actor.credentialId } })
  if (session === null || session.expiresAt <= now) return null
  return userActor(db, { userId: session.userId, sessionId: session.id }, now)
}
