import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { ClusterSight, SightPod, SightWorkload } from '@fairlead/insight/control-plane/impact'
import type { Actor } from '@fairlead/kernel/context'
import { applicationOf } from './application-label'
import { visibleObjects } from './visible'

type Reader = Pick<InventoryDb, '$queryRaw'>

/** Kinds whose controllers have to act for them to stay what they are. */
const reconciled = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']
const mostRead = 5_000

const workloadsOf = (db: Reader, actor: Actor, clusterId: string): Promise<SightWorkload[]> =>
  db.$queryRaw<SightWorkload[]>(Prisma.sql`
    SELECT o.kind, o.namespace, o.name, ${applicationOf('o')} AS application,
      (o.verdict#>>'{replicas,desired}')::int AS desired, (o.verdict#>>'{replicas,current}')::int AS current,
      (o.verdict->>'generation')::int AS generation, (o.verdict->>'observedGeneration')::int AS "observedGeneration"
    FROM inventory_objects o
    WHERE o."clusterId" = ${clusterId}::uuid AND o.kind = ANY(${reconciled}) AND ${visibleObjects(actor)}
    ORDER BY o.namespace, o.name LIMIT ${mostRead}`)

interface PodFound {
  readonly namespace: string
  readonly name: string
  readonly application: string | null
  readonly ownerKind: string | null
  readonly ownerName: string | null
  readonly nodeName: string | null
  readonly createdAt: Date
  readonly schedulerName: string | null
  readonly scheduled: { readonly status?: string; readonly reason?: string; readonly message?: string } | null
}

/** Pods without a node, and pods of the nodes named: what else runs is nobody's trouble here. */
const podsOf = (
  db: Reader,
  actor: Actor,
  at: { readonly clusterId: string; readonly nodes: readonly string[] },
): Promise<PodFound[]> =>
  db.$queryRaw<PodFound[]>(Prisma.sql`
    SELECT o.namespace, o.name, coalesce(${applicationOf('w')}, ${applicationOf('p')}, ${applicationOf('o')}) AS application,
      coalesce(w.kind, p.kind) AS "ownerKind", coalesce(w.name, p.name) AS "ownerName", o."nodeName", o."createdAt",
      o.summary->>'schedulerName' AS "schedulerName",
      (SELECT c FROM jsonb_array_elements(o.summary->'conditions') c WHERE c->>'type' = 'PodScheduled' LIMIT 1) AS scheduled
    FROM inventory_objects o
      LEFT JOIN inventory_objects p ON p."clusterId" = o."clusterId" AND p.uid = o."ownerUid"
      LEFT JOIN inventory_objects w ON w."clusterId" = o."clusterId" AND w.uid = p."ownerUid"
    WHERE o."clusterId" = ${at.clusterId}::uuid AND o.kind = 'Pod' AND o.state <> 'completed'
      AND (o."nodeName" IS NULL OR o."nodeName" = ANY(${[...at.nodes]})) AND ${visibleObjects(actor)}
    ORDER BY o."createdAt" LIMIT ${mostRead}`)

function podOf(found: PodFound): SightPod {
  const { scheduled, ownerKind, ownerName } = found
  const refused = scheduled?.reason === 'SchedulingGated' ? 'done' : 'refused'
  return {
    namespace: found.namespace,
    name: found.name,
    application: found.application,
    workload: ownerKind === null || ownerName === null ? null : { kind: ownerKind, name: ownerName },
    nodeName: found.nodeName,
    createdAt: found.createdAt.toISOString(),
    scheduling: scheduled === null ? 'unseen' : scheduled.status === 'True' ? 'done' : refused,
    schedulerName: found.schedulerName ?? '',
    reason: scheduled?.message ?? '',
  }
}

/** What the actor may see of a cluster that a failure of its control plane would reach, as it was last seen. */
export async function clusterSight(
  db: Reader,
  context: { readonly actor: Actor; readonly now: Date },
  at: { readonly clusterId: string; readonly nodes: readonly string[] },
): Promise<ClusterSight> {
  const [workloads, pods] = await Promise.all([
    workloadsOf(db, context.actor, at.clusterId),
    podsOf(db, context.actor, at),
  ])
  return { workloads, pods: pods.map(podOf), now: context.now }
}
