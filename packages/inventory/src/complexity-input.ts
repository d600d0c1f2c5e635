import type { ClusterFacts } from '@fairlead/contracts/cluster-facts'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { ComplexityInput } from '@fairlead/insight/complexity/audit'
import type { SeenWorkload } from '@fairlead/insight/complexity/known-components'
import { defaultScheduler } from '@fairlead/insight/control-plane/impact'

type Reader = Pick<InventoryDb, '$queryRaw'>

/** Kinds in which controllers, agents and engines run. */
const hosts = ['Deployment', 'DaemonSet', 'StatefulSet']

interface Row extends Omit<SeenWorkload, 'images'> {
  /** `container=reference`, as rows of lists have them. */
  readonly images: readonly string[]
}

const workloadsOf = (db: Reader, clusterId: string): Promise<Row[]> =>
  db.$queryRaw<Row[]>(Prisma.sql`
    SELECT o.kind, o.namespace, o.name, (o."row"::jsonb->'images') AS images FROM inventory_objects o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = ANY(${hosts}) ORDER BY o.namespace, o.name`)

const schedulersOf = (db: Reader, clusterId: string): Promise<ComplexityInput['schedulers'][number][]> =>
  db.$queryRaw<ComplexityInput['schedulers'][number][]>(Prisma.sql`
    SELECT o.summary->>'schedulerName' AS name, o.namespace, count(*)::int AS pods FROM inventory_objects o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = 'Pod' AND o.state <> 'completed'
      AND coalesce(o.summary->>'schedulerName', '') NOT IN ('', ${defaultScheduler})
    GROUP BY 1, 2 ORDER BY 1, 2`)

/** What a cluster's complexity is judged by: its facts, and what runs in it. */
export async function complexityInput(
  db: Reader,
  cluster: { readonly id: string; readonly facts: ClusterFacts; readonly now: Date },
): Promise<ComplexityInput> {
  const [workloads, schedulers] = await Promise.all([
    workloadsOf(db, cluster.id),
    schedulersOf(db, cluster.id),
  ])
  return {
    facts: cluster.facts,
    workloads: workloads.map((row) => ({
      ...row,
      images: row.images.map((image) => image.slice(image.indexOf('=') + 1)),
    })),
    schedulers,
    now: cluster.now,
  }
}
