import { FairleadError } from '@fairlead/contracts/errors'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { IdentityDb, TxOf } from '@fairlead/db/views'
import type { CommandContext } from '@fairlead/kernel/context'
import { room, type Entries } from '@fairlead/kernel/door'
import { hashPassword } from 'better-auth/crypto'
import crypto from 'node:crypto'
import { z } from 'zod'
import { roleOf } from '../held-roles'
import { hashSecret } from '../secret'

const storedMembershipsSchema = z.array(z.object({ projectId: z.string().nullable(), role: z.string() }))
type IdentityTx = TxOf<IdentityDb>

export function invitationEntries(db: IdentityDb): Pick<Entries, 'invitation.show' | 'invitation.accept'> {
  const { query, command } = room(db)
  return {
    'invitation.show': query('invitation.show', {
      scope: { kind: 'any' },
      run: async (context, { secret }) => {
        const { email, name, first } = await openInvitation(context.db, secret, context.now)
        return { email, name, first }
      },
    }),
    'invitation.accept': command('invitation.accept', {
      scope: { kind: 'any' },
      // Hashing takes a tenth of a second: not for whoever has no valid link, and not inside the transaction.
      prepare: async (context, input) => {
        await openInvitation(context.db, input.secret, context.now)
        return hashPassword(input.password)
      },
      run: accept,
    }),
  }
}

/** Says which of the ways in which a link can fail it is; who holds the secret may know. */
async function openInvitation(db: IdentityTx, secret: string, now: Date) {
  const invitation = await db.invitation.findUnique({ where: { secretHash: hashSecret(secret) } })
  if (invitation === null)
    throw new FairleadError(
      'not_found',
      'This invitation link is not valid; a newer one may have replaced it.',
      {
        remedy: 'Ask whoever invited you for a new link.',
      },
    )
  if (invitation.usedAt !== null)
    throw new FairleadError('stale', 'This invitation link has been used already; it works once.', {
      remedy: 'Sign in with the password that was chosen then.',
    })
  if (invitation.expiresAt <= now)
    throw new FairleadError(
      'stale',
      `This invitation link expired on ${invitation.expiresAt.toISOString().slice(0, 10)}.`,
      {
        remedy: 'Ask whoever invited you for a new link.',
      },
    )
  if (invitation.first && (await db.user.count()) > 0)
    throw new FairleadError('stale', 'The first administrator has an account already.', {
      remedy: 'Sign in, or ask an administrator for an invitation.',
    })
  return invitation
}

async function accept(
  context: CommandContext<IdentityDb>,
  input: ParsedOf<'invitation.accept'>,
  passwordHash: string,
): Promise<{ email: string }> {
  const { tx, now } = context
  const invitation = await openInvitation(tx, input.secret, now)
  const { count } = await tx.invitation.updateMany({
    where: { id: invitation.id, usedAt: null },
    data: { usedAt: now },
  })
  if (count === 0) throw new FairleadError('stale', 'This invitation link has been used just now.')
  if (invitation.userId !== null) return resetPassword(context, invitation.userId, passwordHash)
  const email = (invitation.email ?? input.email ?? '').trim().toLowerCase()
  if (email === '') throw new FairleadError('invalid', 'email: is required.', { path: 'email' })
  if ((await tx.user.findUnique({ where: { email }, select: { id: true } })) !== null)
    throw new FairleadError('conflict', `${email} has an account already.`, { remedy: 'Sign in instead.' })
  const userId = crypto.randomUUID()
  await createPerson(tx, { userId, email, name: input.name.trim(), passwordHash })
  await giveMemberships(tx, userId, invitation.memberships)
  await tx.invitation.update({ where: { id: invitation.id }, data: { userId } })
  context.subject({ kind: 'person', id: userId, name: input.name.trim() })
  context.note({ email, first: invitation.first })
  context.change({ topic: 'people', key: userId })
  return { email }
}

/** Ends every session: whoever had the old password is out. */
async function resetPassword(
  context: CommandContext<IdentityDb>,
  userId: string,
  passwordHash: string,
): Promise<{ email: string }> {
  const { tx } = context
  const user = await tx.user.findUnique({ where: { id: userId } })
  if (user === null || user.disabledAt !== null)
    throw new FairleadError('stale', 'The account of this link is disabled.')
  await tx.account.updateMany({
    where: { userId, providerId: 'credential' },
    data: { password: passwordHash },
  })
  await tx.session.deleteMany({ where: { userId } })
  context.subject({ kind: 'person', id: user.id, name: user.name })
  context.note({ email: user.email, passwordReset: true })
  context.change({ topic: 'people', key: user.id })
  return { email: user.email }
}

async function createPerson(
  tx: IdentityTx,
  person: { userId: string; email: string; name: string; passwordHash: string },
): Promise<void> {
  const { userId, email, name, passwordHash } = person
  await tx.user.create({ data: { id: userId, email, name, emailVerified: true } })
  await tx.account.create({
    data: {
      id: crypto.randomUUID(),
      accountId: userId,
      providerId: 'credential',
      userId,
      password: passwordHash,
    },
  })
}

/** A project may have gone since the invitation was written. */
async function giveMemberships(tx: IdentityTx, userId: string, stored: unknown): Promise<void> {
  const wanted = storedMembershipsSchema.parse(stored)
  const ids = wanted.flatMap(({ projectId }) => (projectId === null ? [] : [projectId]))
  const projects = await tx.project.findMany({ where: { id: { in: ids } }, select: { id: true } })
  const known = new Set(projects.map(({ id }) => id))
  await tx.membership.createMany({
    data: wanted.flatMap(({ projectId, role }) =>
      roleOf(role) === undefined || (projectId !== null && !known.has(projectId))
        ? []
        : [{ userId, projectId, role }],
    ),
  })
}
