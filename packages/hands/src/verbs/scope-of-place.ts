import { holds, type Permission, type Scope } from '@fairlead/contracts/permissions'
import type { HandsDb } from '@fairlead/db/views'
import { loadVisibility } from '@fairlead/inventory/visible'
import { notFound, projectsWith } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'

interface Place {
  readonly cluster: string
  /** null: the cluster as a whole, which only a destination of every namespace covers. */
  readonly namespace: string | null
}

/**
 * Where a hand needs its permission, and whose audit log it stands in: the installation for whoever holds it there, else
 * the project whose destination covers the place, a named namespace before `*`. A node carries everybody's pods, so a
 * project with one namespace of the cluster may not touch it.
 */
export async function scopeOfPlace(
  db: Pick<HandsDb, 'destination'>,
  actor: Actor,
  wanted: Place & { readonly permission: Permission },
): Promise<Scope> {
  const { cluster, namespace, permission } = wanted
  if (holds(actor.memberships, permission, { kind: 'installation' })) return { kind: 'installation' }
  const covering = await db.destination.findMany({
    where: { clusterId: cluster, namespace: namespace === null ? '*' : { in: ['*', namespace] } },
    select: { projectId: true, namespace: true },
  })
  covering.sort((left, right) => Number(left.namespace === '*') - Number(right.namespace === '*'))
  const among = (may: Permission) => {
    const projects = projectsWith(actor, may)
    return covering.find(({ projectId }) => projects === 'all' || projects.includes(projectId))
  }
  const found = among(permission) ?? among('inventory.view')
  if (found !== undefined) return { kind: 'project', projectId: found.projectId }
  // Seen, but not theirs to touch: refused by name instead of as missing.
  const visible = await loadVisibility(db, actor)
  if (namespace === null ? visible.seesCluster(cluster) : visible.sees(cluster, namespace))
    return { kind: 'installation' }
  throw notFound(namespace === null ? 'cluster' : 'object')
}
