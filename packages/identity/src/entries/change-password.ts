import { FairleadError } from '@fairlead/contracts/errors'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { IdentityDb } from '@fairlead/db/views'
import type { Actor, CommandContext, QueryContext } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { clearAttempts, countAttempt } from '../lock-out'

type Input = ParsedOf<'session.changePassword'>
interface Hashes {
  readonly before: string
  readonly after: string
}

/** One's own password. Guesses at the current one count as guesses at signing in do, and lock both out. */
export const changePassword = (db: IdentityDb) =>
  room(db).command('session.changePassword', {
    scope: { kind: 'any' },
    // Hashing takes a tenth of a second: not inside the transaction, which would also forget a failed attempt.
    prepare: verified,
    run: replace,
  })

async function verified(context: QueryContext<IdentityDb>, input: Input): Promise<Hashes> {
  const { db, actor, now } = context
  const email = emailOf(actor)
  if (input.password === input.current)
    throw new FairleadError('invalid', 'password: the new password is the current one.', { path: 'password' })
  const attempt = await countAttempt(db, email, now)
  if (!attempt.allowed)
    throw new FairleadError('rate_limited', 'Too many failed attempts for this account.', {
      remedy: `Try again in ${Math.ceil(attempt.retryAfterSeconds / 60)} minutes.`,
    })
  const account = await db.account.findFirst({
    where: { userId: actor.id, providerId: 'credential' },
    select: { password: true },
  })
  const before = account?.password ?? null
  if (before === null || !(await verifyPassword({ hash: before, password: input.current })))
    throw new FairleadError('forbidden', 'The current password is not right.', { path: 'current' })
  await clearAttempts(db, email)
  return { before, after: await hashPassword(input.password) }
}

function emailOf({ kind, email }: Actor): string {
  if (kind !== 'user' || email === null)
    throw new FairleadError('forbidden', 'An API token cannot change the password of its owner.', {
      remedy: 'Sign in with the password to change it.',
    })
  return email
}

/** Every other session ends: whoever had the old password is out. */
async function replace(
  context: CommandContext<IdentityDb>,
  _input: Input,
  { before, after }: Hashes,
): Promise<{ sessionsEnded: number }> {
  const { tx, actor } = context
  const { count } = await tx.account.updateMany({
    where: { userId: actor.id, providerId: 'credential', password: before },
    data: { password: after },
  })
  if (count === 0) throw new FairleadError('stale', 'The password was changed elsewhere just now.')
  const ended = await tx.session.deleteMany({
    where: { userId: actor.id, id: { not: actor.credentialId ?? '' } },
  })
  context.subject({ kind: 'person', id: actor.id, name: actor.name })
  context.note({ sessionsEnded: ended.count })
  context.change({ topic: 'people', key: actor.id })
  return { sessionsEnded: ended.count }
}
