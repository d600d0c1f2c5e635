import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { ClusterKept, KeptNode, KeptObject } from '@fairlead/insight/compare/cluster-parts'
import type { Actor } from '@fairlead/kernel/context'
import { visibleObjects } from '../visible'

type Reader = Pick<InventoryDb, '$queryRaw'>

export interface WantedParts {
  readonly id: string
  readonly version: string | null
  /** Kinds of whole objects, kinds that are counted by namespace, and whether nodes count. */
  readonly kinds: readonly string[]
  readonly counted: readonly string[]
  readonly nodes: boolean
  /** Namespaces that are compared. */
  readonly sees: (namespace: string) => boolean
}

const nodesOf = (db: Reader, clusterId: string): Promise<KeptNode[]> =>
  db.$queryRaw<KeptNode[]>(Prisma.sql`
    SELECT coalesce(o.cells->>'Version', '') AS version, coalesce(o.labels->>'kubernetes.io/os', '') AS "operatingSystem",
      coalesce(o.labels->>'kubernetes.io/arch', '') AS architecture, coalesce(o.summary->>'osImage', '') AS "osImage",
      coalesce(o.summary->>'containerRuntime', '') AS "containerRuntime", coalesce(o."cpuMillis", 0) AS "cpuMillis",
      coalesce(o."memoryBytes", 0)::float8 AS "memoryBytes", coalesce((o.summary->>'podsAllocatable')::int, 0) AS pods
    FROM inventory_objects o WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = 'Node'`)

const objectsOf = (db: Reader, actor: Actor, wanted: WantedParts): Promise<KeptObject[]> =>
  db.$queryRaw<KeptObject[]>(Prisma.sql`
    SELECT o.kind, o.name, o.labels, o.cells, o.summary FROM inventory_objects o
    WHERE o."clusterId" = ${wanted.id}::uuid AND o.kind = ANY(${[...wanted.kinds]}) AND ${visibleObjects(actor)}`)

const countsOf = (db: Reader, actor: Actor, wanted: WantedParts): Promise<ClusterKept['counts'][number][]> =>
  db.$queryRaw<ClusterKept['counts'][number][]>(Prisma.sql`
    SELECT o.namespace, o.kind, count(*)::int AS count FROM inventory_objects o
    WHERE o."clusterId" = ${wanted.id}::uuid AND o.kind = ANY(${[...wanted.counted]}) AND o.namespace IS NOT NULL
      AND ${visibleObjects(actor)} GROUP BY 1, 2`)

/** What was last seen of a cluster, as far as both sides of a comparison know it. */
export async function readCluster(db: Reader, actor: Actor, wanted: WantedParts): Promise<ClusterKept> {
  const [nodes, objects, counts] = await Promise.all([
    wanted.nodes ? nodesOf(db, wanted.id) : null,
    objectsOf(db, actor, wanted),
    countsOf(db, actor, wanted),
  ])
  return {
    version: wanted.version,
    nodes,
    objects: objects.filter(({ kind, name }) => kind !== 'Namespace' || wanted.sees(name)),
    counts: counts.filter(({ namespace }) => wanted.sees(namespace)),
  }
}
