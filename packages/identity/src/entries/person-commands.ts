import { FairleadError } from '@fairlead/contracts/errors'
import type { Membership } from '@fairlead/contracts/permissions'
import type { ParsedOf } from '@fairlead/contracts/surface'
import type { IdentityDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { CommandContext } from '@fairlead/kernel/context'
import { assertAnAdministratorIsLeft, lockAdministrators } from '../last-administrator'
import { assertMayManagePeopleOf, mayManagePeopleOf, membershipsByName } from '../manageable'
import { hashSecret, newSecret } from '../secret'

const invitationDays = 7
const done = { done: true } as const
type Context = CommandContext<IdentityDb>

export async function invitePerson(
  context: Context,
  input: ParsedOf<'person.invite'>,
): Promise<{ secret: string; expiresAt: string }> {
  const { tx, actor, now } = context
  const email = input.email.trim().toLowerCase()
  const memberships = await membershipsByName(tx, input.memberships)
  for (const { projectId } of memberships) assertMayManagePeopleOf(actor, projectId)
  const known = await tx.user.findUnique({ where: { email } })
  if (known !== null) assertMayResetPassword(context, known, memberships)
  const secret = newSecret()
  const expiresAt = new Date(now.getTime() + invitationDays * 24 * 3_600_000)
  await tx.invitation.deleteMany({ where: { email, usedAt: null } })
  const invitation = await tx.invitation.create({
    data: {
      secretHash: hashSecret(secret),
      email,
      name: known?.name ?? input.name.trim(),
      memberships: memberships.map(({ projectId, role }) => ({ projectId, role })),
      invitedBy: actor.id,
      userId: known?.id ?? null,
      expiresAt,
    },
  })
  context.subject({ kind: 'invitation', id: invitation.id, name: invitation.name })
  context.note({ email, ...(known === null ? { roles: input.memberships } : { passwordReset: true }) })
  context.change({ topic: 'people', key: invitation.id })
  return { secret, expiresAt: expiresAt.toISOString() }
}

/**
 * Inviting somebody who has an account gives a link to choose a new password. Whoever holds it becomes that person:
 * the right on the whole installation is needed, and no roles come along.
 */
function assertMayResetPassword(
  { actor }: Context,
  known: { readonly email: string; readonly disabledAt: Date | null },
  memberships: readonly Membership[],
): void {
  if (memberships.length > 0 || known.disabledAt !== null)
    throw new FairleadError('conflict', `${known.email} has an account already.`, {
      remedy: known.disabledAt === null ? 'Give the roles to that person instead.' : 'Enable it instead.',
    })
  assertMayManagePeopleOf(actor, null)
}

const keyOf = ({ projectId, role }: { projectId: string | null; role: string }): string =>
  `${projectId ?? '*'}/${role}`

/** Replaces what the actor may manage; roles elsewhere stay as they are. */
export async function setMemberships(context: Context, input: ParsedOf<'person.setMemberships'>) {
  const { tx, actor } = context
  await lockAdministrators(tx)
  const user = await tx.user.findUnique({ where: { id: input.user }, include: { memberships: true } })
  if (user === null) throw notFound('person')
  const wanted = await membershipsByName(tx, input.memberships)
  // Also of roles that are held already: the answer must not tell what somebody holds elsewhere.
  for (const { projectId } of wanted) assertMayManagePeopleOf(actor, projectId)
  const before = new Set(user.memberships.map(keyOf))
  const after = new Set(wanted.map(keyOf))
  const added = wanted.filter((membership) => !before.has(keyOf(membership)))
  const mayManage = mayManagePeopleOf(actor)
  const removed = user.memberships.filter(
    (membership) => !after.has(keyOf(membership)) && mayManage(membership.projectId),
  )
  await tx.membership.deleteMany({ where: { id: { in: removed.map(({ id }) => id) } } })
  await tx.membership.createMany({
    data: added.map(({ projectId, role }: Membership) => ({ userId: user.id, projectId, role })),
  })
  if (removed.some(({ projectId, role }) => projectId === null && role === 'administrator'))
    await assertAnAdministratorIsLeft(tx)
  context.subject({ kind: 'person', id: user.id, name: user.name })
  context.note(await changedRoles(context, added, removed))
  context.change({ topic: 'people', key: user.id })
  return done
}

async function changedRoles(
  { tx }: Context,
  added: readonly { projectId: string | null; role: string }[],
  removed: readonly { projectId: string | null; role: string }[],
) {
  const ids = [...added, ...removed].flatMap(({ projectId }) => (projectId === null ? [] : [projectId]))
  const projects = await tx.project.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const nameOf = new Map(projects.map(({ id, name }) => [id, name]))
  const inWords = (list: readonly { projectId: string | null; role: string }[]): string[] =>
    list.map(({ projectId, role }) =>
      projectId === null ? `${role} of every project` : `${role} of ${nameOf.get(projectId) ?? projectId}`,
    )
  return { added: inWords(added), removed: inWords(removed) }
}

/** Disabling ends every session and token at once; for somebody invited it takes the link back. */
export async function disablePerson(context: Context, input: ParsedOf<'person.disable'>) {
  const { tx, now } = context
  await lockAdministrators(tx)
  const user = await tx.user.findUnique({ where: { id: input.user } })
  if (user === null) return withdrawInvitation(context, input)
  await tx.user.update({
    where: { id: user.id },
    data: { disabledAt: input.disabled ? (user.disabledAt ?? now) : null },
  })
  context.subject({ kind: 'person', id: user.id, name: user.name })
  context.note({ disabled: input.disabled })
  context.change({ topic: 'people', key: user.id })
  if (!input.disabled) return done
  await tx.session.deleteMany({ where: { userId: user.id } })
  await tx.apiToken.updateMany({ where: { userId: user.id, revokedAt: null }, data: { revokedAt: now } })
  await assertAnAdministratorIsLeft(tx)
  context.change({ topic: 'token', key: user.id })
  return done
}

const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

async function withdrawInvitation(context: Context, input: ParsedOf<'person.disable'>) {
  const { tx } = context
  const invitation =
    uuid.test(input.user) && input.disabled
      ? await tx.invitation.findFirst({ where: { id: input.user, usedAt: null, first: false } })
      : null
  if (invitation === null) throw notFound('person')
  await tx.invitation.delete({ where: { id: invitation.id } })
  context.subject({ kind: 'invitation', id: invitation.id, name: invitation.name })
  context.note({ withdrawn: true, email: invitation.email })
  context.change({ topic: 'people', key: invitation.id })
  return done
}
