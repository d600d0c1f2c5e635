import { principalPrefix, type ActingPerson, type ClusterPrincipal } from '@fairlead/contracts/acting'
import { FairleadError } from '@fairlead/contracts/errors'
import type { InventoryDb } from '@fairlead/db/views'

interface KnownProject {
  readonly id: string
  readonly name: string
}

/**
 * Who a person is to one cluster: their address, as a user; as groups, the projects that reach this cluster and the person's
 * roles in them, and roles on the whole installation. Nothing of other clusters is told. The word after the prefix keeps a
 * project's name from being taken for a role of the installation. Pure.
 */
export function principalOf(person: ActingPerson, reaching: readonly KnownProject[]): ClusterPrincipal {
  if (person.email === null)
    throw new FairleadError('forbidden', 'This account has no address that a cluster could know it by.')
  const names = new Map(reaching.map(({ id, name }) => [id, name]))
  const groups = person.memberships.flatMap(({ projectId, role }) => {
    if (projectId === null) return [`${principalPrefix}installation:${role}`]
    const name = names.get(projectId)
    return name === undefined
      ? []
      : [`${principalPrefix}project:${name}`, `${principalPrefix}project:${name}:${role}`]
  })
  return { user: `${principalPrefix}${person.email}`, groups: [...new Set(groups)].sort() }
}

export async function principalIn(
  db: Pick<InventoryDb, 'destination'>,
  clusterId: string,
  person: ActingPerson,
): Promise<ClusterPrincipal> {
  const own = person.memberships.flatMap(({ projectId }) => (projectId === null ? [] : [projectId]))
  const destinations = await db.destination.findMany({
    where: { clusterId, projectId: { in: own } },
    select: { project: { select: { id: true, name: true } } },
  })
  return principalOf(
    person,
    destinations.map(({ project }) => project),
  )
}
