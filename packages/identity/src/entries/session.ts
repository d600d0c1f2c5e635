import { holds, permissions, type Permission, type Scope } from '@fairlead/contracts/permissions'
import type { IdentityDb } from '@fairlead/db/views'
import { projectsWith } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import { room, type Entries } from '@fairlead/kernel/door'
import { changePassword } from './change-password'

const permissionNames = Object.keys(permissions) as Permission[]
const heldIn = (actor: Actor, scope: Scope): Permission[] =>
  permissionNames.filter((permission) => holds(actor.memberships, permission, scope))

export function sessionEntries(db: IdentityDb): Pick<Entries, 'session.me' | 'session.changePassword'> {
  const { query } = room(db)
  return {
    'session.changePassword': changePassword(db),
    'session.me': query('session.me', {
      scope: { kind: 'any' },
      run: async ({ db: { project }, actor }) => {
        const visible = projectsWith(actor, 'project.view')
        const projects = await project.findMany({
          ...(visible === 'all' ? {} : { where: { id: { in: visible } } }),
          orderBy: { name: 'asc' },
          select: { id: true, name: true },
        })
        const nameOf = new Map(projects.map(({ id, name }) => [id, name]))
        return {
          id: actor.id,
          kind: actor.kind === 'token' ? 'token' : 'user',
          name: actor.name,
          email: actor.email,
          memberships: actor.memberships.map((membership) => ({
            ...membership,
            project: membership.projectId === null ? null : (nameOf.get(membership.projectId) ?? null),
          })),
          permissions: heldIn(actor, { kind: 'installation' }),
          projects: projects.map(({ id, name }) => ({
            id,
            name,
            permissions: heldIn(actor, { kind: 'project', projectId: id }),
          })),
        }
      },
    }),
  }
}
