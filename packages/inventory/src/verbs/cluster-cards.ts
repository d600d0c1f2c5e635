import type { ClusterCard } from '@fairlead/contracts/cluster'
import { workloadKinds } from '@fairlead/contracts/kinds'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { Actor } from '@fairlead/kernel/context'
import { visibleObjects } from '../visible'
import { clusterFreshness, identityOf, type ClusterRow } from './cluster-rows'

type Reader = Pick<InventoryDb, '$queryRaw' | 'clusterProvision' | 'clusterSource'>
interface Sums {
  readonly clusterId: string
  readonly kind: string
  readonly state: string | null
  readonly count: number
  readonly cpu: number
  readonly memory: number
}

const counted = ['Node', 'Pod', ...workloadKinds]

/**
 * Counts are of what the actor may see; capacity is of whole clusters: how full a cluster is does not depend on who
 * looks. One scan for both.
 */
const sumObjects = (db: Reader, actor: Actor, ids: readonly string[]): Promise<Sums[]> =>
  db.$queryRaw<Sums[]>(Prisma.sql`
    SELECT o."clusterId", o.kind, o.state, (count(*) FILTER (WHERE ${visibleObjects(actor)}))::int AS count,
      coalesce(sum(o."cpuMillis"), 0)::float8 AS cpu, coalesce(sum(o."memoryBytes"), 0)::float8 AS memory
    FROM inventory_objects o
    WHERE o."clusterId" = ANY(${[...ids]}::uuid[]) AND o.kind = ANY(${counted})
    GROUP BY 1, 2, 3`)

/** One card per cluster, in the order of `rows`. */
export async function clusterCards(
  db: Reader,
  context: { readonly actor: Actor; readonly now: Date },
  rows: readonly ClusterRow[],
): Promise<ClusterCard[]> {
  if (rows.length === 0) return []
  const ids = rows.map((row) => row.id)
  const [sums, unseen, provisions] = await Promise.all([
    sumObjects(db, context.actor, ids),
    // Nodes that may not be read are unknown, and not none.
    db.clusterSource.findMany({
      where: { clusterId: { in: ids }, kind: 'Node', state: 'forbidden', syncedAt: null },
      select: { clusterId: true },
    }),
    db.clusterProvision.findMany({ where: { name: { in: rows.map((row) => row.name) } } }),
  ])
  return rows.map((row) => {
    const own = sums.filter(({ clusterId }) => clusterId === row.id)
    const provision = provisions.find(({ name }) => name === row.name)
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
      ...(unseen.some(({ clusterId }) => clusterId === row.id) ? { nodes: null } : {}),
      capacity: {
        cpuAllocatable: total(own, 'cpu', ({ kind }) => kind === 'Node'),
        cpuRequested: total(own, 'cpu', ({ kind }) => kind === 'Pod'),
        memoryAllocatable: total(own, 'memory', ({ kind }) => kind === 'Node'),
        memoryRequested: total(own, 'memory', ({ kind }) => kind === 'Pod'),
      },
      registeredAt: row.registeredAt.toISOString(),
    }
  })
}

const total = (
  sums: readonly Sums[],
  what: 'count' | 'cpu' | 'memory',
  matches: (sum: Sums) => boolean,
): number => sums.filter(matches).reduce((all, sum) => all + sum[what], 0)

function countsOf(sums: readonly Sums[]): Pick<ClusterCard, 'nodes' | 'pods' | 'workloads'> {
  const count = (matches: (sum: Sums) => boolean): number => total(sums, 'count', matches)
  const pods = (state: string): number => count((entry) => entry.kind === 'Pod' && entry.state === state)
  const workloads = (state: string): number =>
    count((entry) => (workloadKinds as readonly string[]).includes(entry.kind) && entry.state === state)
  return {
    nodes: {
      total: count(({ kind }) => kind === 'Node'),
      ready: count(({ kind, state }) => kind === 'Node' && state === 'ready'),
    },
    pods: {
      running: pods('running'),
      pending: pods('pending'),
      failing: pods('failing'),
      completed: pods('completed'),
    },
    workloads: {
      converged: workloads('converged'),
      converging: workloads('converging'),
      degraded: workloads('degraded'),
    },
  }
}
