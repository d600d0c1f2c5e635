import type { PersonView } from '@fairlead/contracts/identity'
import type { IdentityDb } from '@fairlead/db/views'
import type { QueryContext } from '@fairlead/kernel/context'
import { room, type Entries } from '@fairlead/kernel/door'
import { z } from 'zod'
import { roleOf } from '../held-roles'
import { mayManagePeopleOf } from '../manageable'
import { disablePerson, invitePerson, setMemberships } from './person-commands'

const storedMembershipsSchema = z.array(z.object({ projectId: z.string().nullable(), role: z.string() }))

export function personEntries(
  db: IdentityDb,
): Pick<Entries, 'person.list' | 'person.invite' | 'person.setMemberships' | 'person.disable'> {
  const { query, command } = room(db)
  return {
    'person.list': query('person.list', { scope: { kind: 'any' }, run: listPeople }),
    // Each role is authorised where it is given: a project's administrator gives roles of that project only.
    'person.invite': command('person.invite', { scope: { kind: 'any' }, run: invitePerson }),
    'person.setMemberships': command('person.setMemberships', {
      scope: { kind: 'any' },
      run: setMemberships,
    }),
    'person.disable': command('person.disable', { scope: { kind: 'installation' }, run: disablePerson }),
  }
}

async function listPeople({ db, actor, now }: QueryContext<IdentityDb>): Promise<PersonView[]> {
  const mayManage = mayManagePeopleOf(actor)
  const [users, invitations, projects] = await Promise.all([
    db.user.findMany({ orderBy: { name: 'asc' }, include: { memberships: true } }),
    db.invitation.findMany({
      where: { usedAt: null, first: false, userId: null, expiresAt: { gt: now } },
      orderBy: { createdAt: 'desc' },
    }),
    db.project.findMany({ select: { id: true, name: true } }),
  ])
  const nameOf = new Map(projects.map(({ id, name }) => [id, name]))
  const named = (stored: readonly { projectId: string | null; role: string }[]): PersonView['memberships'] =>
    stored.flatMap(({ projectId, role }) => {
      const known = roleOf(role)
      const project = projectId === null ? null : nameOf.get(projectId)
      if (known === undefined || project === undefined || !mayManage(projectId)) return []
      return [{ project, role: known }]
    })
  return [
    ...users.map((user) => ({
      id: user.id,
      name: user.name,
      email: user.email,
      disabled: user.disabledAt !== null,
      createdAt: user.createdAt.toISOString(),
      lastSeenAt: user.lastSeenAt?.toISOString() ?? null,
      memberships: named(user.memberships),
      invitedUntil: null,
    })),
    ...invitations.map((invitation) => ({
      id: invitation.id,
      name: invitation.name,
      email: invitation.email ?? '',
      disabled: false,
      createdAt: invitation.createdAt.toISOString(),
      lastSeenAt: null,
      memberships: named(storedMembershipsSchema.parse(invitation.memberships)),
      invitedUntil: invitation.expiresAt.toISOString(),
    })),
  ]
}
