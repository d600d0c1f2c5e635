import type { WorkloadDetail } from '@fairlead/contracts/inventory'
import type { Verdict } from '@fairlead/contracts/verdict'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import type { WorkloadSummary } from '../summarize/workload'
import { clusterRows, identityWithFreshness } from './cluster-rows'
import { creationRefusal } from './creation-refusal'
import { managedBy } from './managed-by'
import { readEvents } from './object-events'
import { assertVisible } from './object-yaml'
import { podRowsOf, readFamily, revisionsOf, type Family } from './workload-family'

const mostEvidence = 20

/** The object's own verdict with what its ReplicaSets and pods show; kinds without one say only what they show. */
function verdictOf({ root, replicaSets, pods }: Family): Verdict {
  const own: Verdict = root.verdict ?? {
    state: 'unproven',
    message: root.row.cells['Status'] ?? '',
    replicas: null,
    evidence: [],
    observedGeneration: null,
    generation: null,
  }
  const below = [...replicaSets, ...pods].flatMap((member) => member.summary.evidence)
  const all = [...own.evidence, ...below]
  const key = (evidence: (typeof all)[number]): string =>
    `${evidence.reason} ${evidence.objectName} ${evidence.message}`
  const distinct = [...new Map(all.map((evidence) => [key(evidence), evidence])).values()]
  return { ...own, evidence: distinct.slice(0, mostEvidence) }
}

/** Of the family, and of pods that are gone by now but were named after one of its members. */
function eventsOf(db: InventoryDb, clusterId: string, family: Family) {
  const { row } = family.root
  const parents = [row.name, ...family.replicaSets.map((member) => member.row.name)]
  const podNames = parents.map((name) => `${name.replaceAll(/[\\%_]/g, (char) => `\\${char}`)}-%`)
  return readEvents(
    db,
    Prisma.sql`o."clusterId" = ${clusterId}::uuid AND (o."objectUid" = ANY(${[...family.uids]})
      OR (o.namespace = ${row.namespace} AND o."objectKind" = 'Pod' AND o."objectName" LIKE ANY(${podNames})
        AND ${row.kind !== 'Pod'} AND NOT EXISTS (SELECT 1 FROM inventory_objects p
          WHERE p."clusterId" = o."clusterId" AND p.uid = o."objectUid")))`,
    200,
  )
}

async function episodesOf(db: InventoryDb, clusterId: string, uid: string, now: Date) {
  const rows = await db.episode.findMany({
    where: { clusterId, workloadUid: uid },
    orderBy: { openedAt: 'desc' },
    take: 50,
  })
  return rows.map(({ openedAt, closedAt, reason }) => ({
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    reason,
    durationMs: closedAt === null ? null : Math.min(closedAt.getTime(), now.getTime()) - openedAt.getTime(),
  }))
}

export const workloadGet = (db: InventoryDb) =>
  room<InventoryDb>(db).query('workload.get', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<WorkloadDetail> => {
      const namespace = await assertVisible(context.db, context.actor, input)
      const family = await readFamily(context.db, context.actor, { ...input, namespace })
      const { row } = family.root
      const [[cluster], events, episodes, manager] = await Promise.all([
        clusterRows(context.db, context.actor, [input.cluster]),
        eventsOf(context.db, input.cluster, family),
        episodesOf(context.db, input.cluster, row.uid, context.now),
        managedBy(context.db, context.actor, row),
      ])
      if (cluster === undefined) throw notFound('cluster')
      const summary = family.root.summary as Partial<WorkloadSummary>
      return {
        row,
        cluster: identityWithFreshness(cluster, context.now),
        verdict: verdictOf(family),
        revisions: revisionsOf(family),
        pods: podRowsOf(family),
        events,
        strategy: summary.strategy ?? '',
        selector: summary.selector ?? {},
        conditions: summary.conditions ?? [],
        creation: creationRefusal({
          conditions: summary.conditions ?? [],
          replicas: family.root.verdict?.replicas ?? null,
          events,
          now: context.now,
        }),
        managedBy: manager,
        episodes,
      }
    },
  })
