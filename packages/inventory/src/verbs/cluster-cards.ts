import type { ClusterCard } from '@fairlead/contracts/cluster'
import { workloadKinds } from '@fairlead/contracts/kinds'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { visiblePlaces } from '../visible'
import { clusterFreshness, identityOf, type ClusterRow } from './cluster-rows'

type Sql = ReturnType<typeof Prisma.sql>
type Reader = Pick<InventoryDb, '$queryRaw' | 'clusterProvision' | 'clusterSource'>
/** Sums of one cluster, as one row: three hundred clusters are three hundred rows. */
interface Sums {
  readonly clusterId: string
  /** Counts are null where the actor sees nothing that is counted. */
  readonly nodes: number | null
  readonly nodesReady: number | null
  readonly podsRunning: number | null
  readonly podsPending: number | null
  readonly podsFailing: number | null
  readonly podsCompleted: number | null
  readonly converged: number | null
  readonly converging: number | null
  readonly degraded: number | null
  readonly cpuAllocatable: number
  readonly cpuRequested: number
  readonly memoryAllocatable: number
  readonly memoryRequested: number
}

const counted = ['Node', 'Pod', ...workloadKinds]

/**
 * Counts are of what the actor may see; capacity is of whole clusters: how full a cluster is does not depend on who
 * looks. Tallies are summed, and never objects.
 */
async function sumTallies(db: Reader, actor: Actor, ids: readonly string[]): Promise<Sums[]> {
  // Joined, as a list of hundreds to look through for each row costs more than the rows.
  const asked = Prisma.sql`unnest(${[...ids]}::uuid[]) AS asked("clusterId")`
  const count = (which: Sql): Sql => Prisma.sql`coalesce(sum(t.objects) FILTER (WHERE ${which}), 0)::int`
  const of = (kind: string, state: string): Sql => count(Prisma.sql`t.kind = ${kind} AND t.state = ${state}`)
  const workloads = (state: string): Sql =>
    count(Prisma.sql`t.kind = ANY(${[...workloadKinds]}) AND t.state = ${state}`)
  const sum = (column: Sql, kind: string): Sql =>
    Prisma.sql`coalesce(sum(${column}) FILTER (WHERE t.kind = ${kind}), 0)::float8`
  const [cpu, memory] = [Prisma.sql`t."cpuMillis"`, Prisma.sql`t."memoryBytes"`]
  const [answer] = await db.$queryRaw<{ sums: string | null }[]>(Prisma.sql`
    WITH counts AS (SELECT "clusterId", ${count(Prisma.sql`t.kind = 'Node'`)} AS nodes,
        ${of('Node', 'ready')} AS "nodesReady", ${of('Pod', 'running')} AS "podsRunning",
        ${of('Pod', 'pending')} AS "podsPending", ${of('Pod', 'failing')} AS "podsFailing",
        ${of('Pod', 'completed')} AS "podsCompleted", ${workloads('converged')} AS converged,
        ${workloads('converging')} AS converging, ${workloads('degraded')} AS degraded
      FROM ${asked} JOIN (${visiblePlaces(actor)}) v USING ("clusterId")
        JOIN inventory_tallies t USING ("clusterId", namespace) WHERE t.kind = ANY(${counted}) GROUP BY 1),
    capacity AS (SELECT "clusterId", ${sum(cpu, 'Node')} AS "cpuAllocatable", ${sum(cpu, 'Pod')} AS "cpuRequested",
        ${sum(memory, 'Node')} AS "memoryAllocatable", ${sum(memory, 'Pod')} AS "memoryRequested"
      FROM ${asked} JOIN inventory_tallies t USING ("clusterId") WHERE t.namespace = '*' GROUP BY 1)
    SELECT json_agg(s)::text AS sums FROM (SELECT * FROM capacity LEFT JOIN counts USING ("clusterId")) s`)
  return JSON.parse(answer?.sums ?? '[]') as Sums[]
}

/** One card per cluster, in the order of `rows`. */
export async function clusterCards(
  db: Reader,
  context: { readonly actor: Actor; readonly now: Date },
  rows: readonly ClusterRow[],
): Promise<ClusterCard[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const [sums, unseen, provisions] = await Promise.all([
    sumTallies(db, context.actor, ids),
    // Nodes that may not be read are unknown, and not none. Few are; to name three hundred clusters would cost more.
    db.clusterSource.findMany({
      where: { kind: 'Node', state: 'forbidden', syncedAt: null },
      select: { clusterId: true },
    }),
    db.clusterProvision.findMany(),
  ])
  const sumsOf = new Map(sums.map((each) => [each.clusterId, each]))
  const provisionOf = new Map(provisions.map((each) => [each.name, each]))
  const nodesUnseen = new Set(unseen.map(({ clusterId }) => clusterId))
  return rows.map((row) => {
    const own = sumsOf.get(row.id)
    const provision = provisionOf.get(row.name)
    return {
      ...identityOf(row),
      server: row.server,
      version: row.version,
      labels: row.labels,
      freshness: clusterFreshness(row, context.now),
      provisioning:
        provision === undefined
          ? null
          : { step: provision.step, message: provision.message, percent: provision.percent },
      ...countsOf(own),
      ...(nodesUnseen.has(row.id) ? { nodes: null } : {}),
      capacity: {
        cpuAllocatable: own?.cpuAllocatable ?? 0,
        cpuRequested: own?.cpuRequested ?? 0,
        memoryAllocatable: own?.memoryAllocatable ?? 0,
        memoryRequested: own?.memoryRequested ?? 0,
      },
      registeredAt: row.registeredAt.toISOString(),
    }
  })
}

const countsOf = (sums: Sums | undefined): Pick<ClusterCard, 'nodes' | 'pods' | 'workloads'> => ({
  nodes: { total: sums?.nodes ?? 0, ready: sums?.nodesReady ?? 0 },
  pods: {
    running: sums?.podsRunning ?? 0,
    pending: sums?.podsPending ?? 0,
    failing: sums?.podsFailing ?? 0,
    completed: sums?.podsCompleted ?? 0,
  },
  workloads: {
    converged: sums?.converged ?? 0,
    converging: sums?.converging ?? 0,
    degraded: sums?.degraded ?? 0,
  },
})
