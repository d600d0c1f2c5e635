import type { Membership, Role } from '@fairlead/contracts/permissions'
import type { TxOf, IdentityDb } from '@fairlead/db/views'
import { authorise, notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'

interface NamedMembership {
  readonly project: string | null
  readonly role: Role
}

/** Whether the actor may give and take roles there; the installation's roles only with a right on all of it. */
export function mayManagePeopleOf(actor: Actor): (projectId: string | null) => boolean {
  const manageable = projectsWith(actor, 'people.manage')
  return (projectId) => manageable === 'all' || (projectId !== null && manageable.includes(projectId))
}

export const assertMayManagePeopleOf = (actor: Actor, projectId: string | null): void =>
  authorise(
    actor,
    'people.manage',
    projectId === null ? { kind: 'installation' } : { kind: 'project', projectId },
  )

/** Names of projects become ids; a name that doesn't exist or isn't the actor's to see is not found. */
export async function membershipsByName(
  tx: TxOf<IdentityDb>,
  named: readonly NamedMembership[],
): Promise<Membership[]> {
  const names = named.flatMap(({ project }) => (project === null ? [] : [project]))
  const projects = await tx.project.findMany({
    where: { name: { in: names } },
    select: { id: true, name: true },
  })
  const idOf = new Map(projects.map(({ id, name }) => [name, id]))
  const unique = new Map<string, Membership>()
  for (const { project, role } of named) {
    const projectId = project === null ? null : idOf.get(project)
    if (projectId === undefined) throw notFound('project')
    unique.set(`${projectId}/${role}`, { projectId, role })
  }
  return [...unique.values()]
}
