import { actAsOf } from '@fairlead/contracts/acting'
import type { ClusterDetail, NodeRow } from '@fairlead/contracts/cluster'
import { workloadKinds } from '@fairlead/contracts/kinds'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { Actor } from '@fairlead/kernel/context'
import { room } from '@fairlead/kernel/door'
import { freshnessOf } from '../freshness'
import type { NodeSummary } from '../summarize/node'
import { usageSource } from '../usage/usage-source'
import { visibleObjects } from '../visible'
import { watchUnits } from '../watch-unit'
import { clusterCards } from './cluster-cards'
import { storedEvidence } from './cluster-control-plane'
import { clusterRows } from './cluster-rows'
import { findCluster, type FoundCluster } from './find-cluster'

interface NodeFound {
  readonly uid: string
  readonly name: string
  readonly createdAt: Date
  readonly cells: Readonly<Record<string, string>>
  readonly summary: NodeSummary
  readonly cpuMillis: number | null
  readonly memoryBytes: number
  readonly pods: number
  readonly cpuRequested: number
  readonly memoryRequested: number
  readonly sampledAt: Date | null
  readonly windowSeconds: number
  readonly cpuUsed: number
  readonly memoryUsed: number
}

const usageOf = ({
  sampledAt,
  windowSeconds,
  cpuUsed,
  memoryUsed,
}: Omit<NodeFound, 'cells' | 'summary'>): NodeRow['usage'] =>
  sampledAt === null
    ? null
    : { at: sampledAt.toISOString(), windowSeconds, cpuMillis: cpuUsed, memoryBytes: memoryUsed }

/** Allocated = effective requests of pods that have not ended, against allocatable. */
async function nodesOf(db: InventoryDb, clusterId: string): Promise<NodeRow[]> {
  const found = await db.$queryRaw<NodeFound[]>(Prisma.sql`
    WITH used AS (SELECT "nodeName", count(*)::int AS pods, coalesce(sum("cpuMillis"), 0)::float8 AS cpu,
        coalesce(sum("memoryBytes"), 0)::float8 AS memory
      FROM inventory_objects WHERE "clusterId" = ${clusterId}::uuid AND kind = 'Pod' AND state <> 'completed'
        AND "cpuMillis" IS NOT NULL GROUP BY 1)
    SELECT n.uid, n.name, n."createdAt", n.cells, n.summary, n."cpuMillis", coalesce(n."memoryBytes", 0)::float8
      AS "memoryBytes", coalesce(used.pods, 0) AS pods, coalesce(used.cpu, 0) AS "cpuRequested",
      coalesce(used.memory, 0) AS "memoryRequested", s.at AS "sampledAt", s."windowSeconds", s."cpuMillis" AS "cpuUsed",
      s."memoryBytes" AS "memoryUsed"
    FROM inventory_objects n LEFT JOIN used ON used."nodeName" = n.name
      LEFT JOIN usage_samples s ON s."clusterId" = n."clusterId" AND s.kind = 'Node' AND s.namespace = ''
        AND s.name = n.name AND s.at >= n."createdAt"
    WHERE n."clusterId" = ${clusterId}::uuid AND n.kind = 'Node' ORDER BY n.name`)
  return found.map(({ cells, summary, ...node }) => ({
    uid: node.uid,
    name: node.name,
    status: cells['Status'] ?? '',
    roles: cells['Roles'] ?? '',
    version: cells['Version'] ?? '',
    internalIp: summary.internalIp,
    osImage: summary.osImage,
    containerRuntime: summary.containerRuntime,
    createdAt: node.createdAt.toISOString(),
    pods: node.pods,
    podsAllocatable: summary.podsAllocatable,
    cpuAllocatable: node.cpuMillis ?? 0,
    cpuRequested: node.cpuRequested,
    memoryAllocatable: node.memoryBytes,
    memoryRequested: node.memoryRequested,
    usage: usageOf(node),
    taints: summary.taints,
    conditions: summary.conditions,
  }))
}

interface NamespaceFound {
  readonly name: string
  readonly status: string | null
  readonly createdAt: Date | null
  readonly pods: number
  readonly workloads: number
}

/** Listed, holding something, or named: a credential may see objects and not their namespaces. */
async function namespacesOf(
  db: InventoryDb,
  actor: Actor,
  clusterId: string,
): Promise<ClusterDetail['namespaces']> {
  const found = await db.$queryRaw<NamespaceFound[]>(Prisma.sql`
    WITH held AS (SELECT o.namespace AS name, count(*) FILTER (WHERE o.kind = 'Pod')::int AS pods,
        count(*) FILTER (WHERE o.kind <> 'Pod')::int AS workloads
      FROM inventory_objects o WHERE o."clusterId" = ${clusterId}::uuid
        AND o.kind = ANY(${['Pod', ...workloadKinds]}) AND ${visibleObjects(actor)} GROUP BY 1),
    listed AS (SELECT o.name, o.cells->>'Status' AS status, o."createdAt" FROM inventory_objects o
      WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = 'Namespace' AND ${visibleObjects(actor)}),
    named AS (SELECT o.namespace AS name FROM (SELECT c.id AS "clusterId", unnest(c.namespaces) AS namespace
      FROM clusters c WHERE c.id = ${clusterId}::uuid) o WHERE ${visibleObjects(actor)})
    SELECT name, listed.status, listed."createdAt", coalesce(held.pods, 0) AS pods,
      coalesce(held.workloads, 0) AS workloads
    FROM listed FULL JOIN held USING (name) FULL JOIN named USING (name) WHERE name IS NOT NULL ORDER BY name`)
  return found.map((row) => ({ ...row, createdAt: row.createdAt?.toISOString() ?? null }))
}

async function sourcesOf(
  db: InventoryDb,
  { id: clusterId, namespaces }: FoundCluster,
  now: Date,
): Promise<ClusterDetail['sources']> {
  const rows = await db.clusterSource.findMany({ where: { clusterId } })
  return watchUnits(namespaces).map(({ kind, namespace }) => {
    const row = rows.find((source) => source.kind === kind && source.namespace === (namespace ?? ''))
    const seen = {
      state: row?.state ?? 'never_synced',
      message: row?.message ?? null,
      lastSeenAt: row?.lastByteAt ?? null,
    }
    return { kind, namespace, ...freshnessOf(seen, now) }
  })
}

/** kind and age of the credential, never the credential: its sealed column is not even read. */
const rest = (db: InventoryDb, id: string) =>
  db.cluster.findUnique({
    where: { id },
    select: {
      actAs: true,
      controlPlane: true,
      credential: { select: { kind: true, version: true, rotatedAt: true } },
    },
  })

export const clusterGet = (db: InventoryDb) =>
  room<InventoryDb>(db).query('cluster.get', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<ClusterDetail> => {
      const cluster = await findCluster(context.db, context.actor, input)
      const { id } = cluster
      const rows = await clusterRows(context.db, context.actor, [id])
      const [[card], sources, nodes, namespaces, stored, usage] = await Promise.all([
        clusterCards(context.db, context, rows),
        sourcesOf(context.db, cluster, context.now),
        nodesOf(context.db, id),
        namespacesOf(context.db, context.actor, id),
        rest(context.db, id),
        usageSource(context.db, id),
      ])
      if (card === undefined || stored === null) throw notFound('cluster')
      const { credential } = stored
      return {
        cluster: card,
        actAs: actAsOf(stored.actAs),
        watchedNamespaces: cluster.namespaces,
        sources,
        nodes,
        namespaces,
        controlPlane: storedEvidence(stored.controlPlane, context.now),
        usage,
        credential:
          credential === null ? null : { ...credential, rotatedAt: credential.rotatedAt.toISOString() },
      }
    },
  })
