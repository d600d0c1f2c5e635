import { holds, type Permission, type Scope } from '@fairlead/contracts/permissions'
import type { AirflowDb } from '@fairlead/db/views'
import { notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { Actor, QueryContext } from '@fairlead/kernel/context'

export interface FoundConnection {
  readonly id: string
  readonly name: string
  readonly address: string
  readonly version: string
  readonly projectIds: readonly string[]
  readonly podPlaces: readonly string[]
}

/** Connections that were given to a project of the actor; all for who sees the whole installation. */
export function visibleTo(actor: Actor) {
  const projects = projectsWith(actor, 'project.view')
  return projects === 'all' ? {} : { grants: { some: { projectId: { in: projects } } } }
}

/** The same answer for none and not yours. */
export async function findConnection(
  db: Pick<AirflowDb, 'airflowConnection'>,
  actor: Actor,
  name: string,
): Promise<FoundConnection> {
  const found = await db.airflowConnection.findFirst({
    where: { name, ...visibleTo(actor) },
    select: {
      id: true,
      name: true,
      address: true,
      version: true,
      podPlaces: true,
      grants: { select: { projectId: true } },
    },
  })
  if (found === null) throw notFound('Airflow connection')
  const { grants, ...connection } = found
  return { ...connection, projectIds: grants.map(({ projectId }) => projectId).sort() }
}

/**
 * Where a right is needed: in one of the projects that were given the connection. Whoever holds it in none of them is
 * refused in one that they see.
 */
export const connectionScope =
  (permission: Permission) =>
  async ({ db, actor }: QueryContext<AirflowDb>, input: { readonly connection: string }): Promise<Scope> => {
    const { projectIds } = await findConnection(db, actor, input.connection)
    if (holds(actor.memberships, permission, { kind: 'installation' })) return { kind: 'installation' }
    const scopes = projectIds.map((projectId) => ({ kind: 'project', projectId }) as const)
    const held = scopes.find((scope) => holds(actor.memberships, permission, scope))
    const seen = scopes.find((scope) => holds(actor.memberships, 'project.view', scope))
    return held ?? seen ?? { kind: 'installation' }
  }
