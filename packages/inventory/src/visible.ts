import type { Permission } from '@fairlead/contracts/permissions'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { projectsWith } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'

type Sql = ReturnType<typeof Prisma.sql>
type Reader = Pick<InventoryDb, 'destination'>

/**
 * The rows of table alias `o` (columns clusterId, namespace) that the actor may see: everything with the right on the
 * whole installation, else what a destination of one of the actor's projects covers. Cluster-wide objects have no
 * namespace and are seen with any destination in their cluster.
 */
export function visibleObjects(actor: Actor, permission: Permission = 'inventory.view'): Sql {
  const projects = projectsWith(actor, permission)
  if (projects === 'all') return Prisma.sql`TRUE`
  return Prisma.sql`EXISTS (SELECT 1 FROM destinations d WHERE d."projectId" = ANY(${projects}::uuid[])
    AND d."clusterId" = o."clusterId"
    AND (o.namespace IS NULL OR d.namespace = '*' OR d.namespace = o.namespace))`
}

/**
 * The same rule for inventory_tallies: which rows (clusterId, namespace) make up what the actor may see, none of them a
 * part of another. A tally and a destination name a whole cluster alike.
 */
export function visiblePlaces(actor: Actor, permission: Permission = 'inventory.view'): Sql {
  const projects = projectsWith(actor, permission)
  if (projects === 'all') return Prisma.sql`SELECT c.id AS "clusterId", '*' AS namespace FROM clusters c`
  return Prisma.sql`SELECT s."clusterId", p.namespace
    FROM (SELECT d."clusterId", array_agg(DISTINCT d.namespace) AS namespaces FROM destinations d
      WHERE d."projectId" = ANY(${projects}::uuid[]) GROUP BY 1) s
    CROSS JOIN LATERAL unnest(CASE WHEN '*' = ANY(s.namespaces) THEN ARRAY['*'] ELSE array_append(s.namespaces, '') END)
      p(namespace)`
}

/** The rows of table alias `c` (clusters) in which the actor may see anything at all. */
export function visibleClusters(actor: Actor, permission: Permission = 'inventory.view'): Sql {
  const projects = projectsWith(actor, permission)
  if (projects === 'all') return Prisma.sql`TRUE`
  return Prisma.sql`EXISTS (SELECT 1 FROM destinations d WHERE d."projectId" = ANY(${projects}::uuid[])
    AND d."clusterId" = c.id)`
}

/** The same rule for one object at a time: what a live stream lets through. */
export interface Visibility {
  readonly all: boolean
  /** `namespace` null: a cluster-wide object. */
  sees(clusterId: string, namespace: string | null): boolean
  seesCluster(clusterId: string): boolean
  /** Which of its namespaces to ask a cluster for, in order: what is read live has no SQL to narrow it. */
  namespacesIn(clusterId: string): 'all' | readonly string[]
}

/** Rights as they are now; a stream loads them again when they may have changed. */
export async function loadVisibility(
  db: Reader,
  actor: Actor,
  permission: Permission = 'inventory.view',
): Promise<Visibility> {
  const projects = projectsWith(actor, permission)
  if (projects === 'all')
    return { all: true, sees: () => true, seesCluster: () => true, namespacesIn: () => 'all' }
  const destinations = await db.destination.findMany({ where: { projectId: { in: projects } } })
  const namespaces = new Map<string, Set<string>>()
  for (const { clusterId, namespace } of destinations) {
    const known = namespaces.get(clusterId) ?? new Set<string>()
    namespaces.set(clusterId, known.add(namespace))
  }
  return {
    all: false,
    seesCluster: (clusterId) => namespaces.has(clusterId),
    namespacesIn: (clusterId) => {
      const known = namespaces.get(clusterId) ?? new Set<string>()
      return known.has('*') ? 'all' : [...known].sort()
    },
    sees: (clusterId, namespace) => {
      const known = namespaces.get(clusterId)
      if (known === undefined) return false
      return namespace === null || known.has('*') || known.has(namespace)
    },
  }
}
