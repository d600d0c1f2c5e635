import type { WorkloadTimeline } from '@fairlead/contracts/reconciliation'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import type { EpisodeEvidence, SeenPod } from '@fairlead/insight/reconciliation/episode-evidence'
import { workloadTimeline as timelineOf } from '@fairlead/insight/reconciliation/timeline'
import { room } from '@fairlead/kernel/door'
import { splitGaps } from '../episode-gap'
import { assertVisible } from './object-yaml'
import { offersOf } from './pod-offers'
import { readEvents } from './object-events'
import { readFamily, type Family } from './workload-family'

const mostEpisodes = 50
const mostEvents = 2_000
/** What tells a stage: the rest of a noisy workload's events would push these out. */
const tellingReasons = [
  'ScalingReplicaSet',
  'SuccessfulCreate',
  'SuccessfulDelete',
  'Scheduled',
  'Pulled',
  'Started',
]

async function episodesOf(db: InventoryDb, clusterId: string, uid: string) {
  const rows = await db.episode.findMany({
    where: { clusterId, workloadUid: uid },
    orderBy: { openedAt: 'desc' },
    take: mostEpisodes,
  })
  return rows.map(({ openedAt, closedAt, reason }) => ({
    openedAt: openedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
    ...splitGaps(reason),
  }))
}

/** Of the family, and of pods that are gone by now but were named after one of its members. */
function eventsOf(db: InventoryDb, clusterId: string, { root, replicaSets, uids }: Family) {
  const parents = [root.row.name, ...replicaSets.map(({ row }) => row.name)]
  const podNames = parents.map((name) => `${name.replaceAll(/[\\%_]/g, (char) => `\\${char}`)}-%`)
  return readEvents(
    db,
    Prisma.sql`o."clusterId" = ${clusterId}::uuid AND o.reason = ANY(${tellingReasons})
      AND (o."objectUid" = ANY(${[...uids]})
      OR (o.namespace = ${root.row.namespace} AND o."objectKind" = 'Pod' AND o."objectName" LIKE ANY(${podNames})
        AND NOT EXISTS (SELECT 1 FROM inventory_objects p
          WHERE p."clusterId" = o."clusterId" AND p.uid = o."objectUid")))`,
    mostEvents,
  )
}

const seenPod = ({ row, summary }: Family['pods'][number], offers: ReadonlyMap<string, string>): SeenPod => ({
  name: row.name,
  createdAt: row.createdAt,
  trueSince: Object.fromEntries(
    summary.conditions.flatMap(({ type, status, since }) =>
      status === 'True' && since !== null ? [[type, since]] : [],
    ),
  ),
  offeredSince: offers.get(row.name) ?? null,
})

/** Each time a workload's actual state departed from the desired one, by the stages of the way back. */
export const workloadTimeline = (db: InventoryDb) =>
  room<InventoryDb>(db).query('workload.timeline', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<WorkloadTimeline> => {
      const namespace = await assertVisible(context.db, context.actor, input)
      const family = await readFamily(context.db, context.actor, { ...input, namespace })
      const { uid } = family.root.row
      const [episodes, events, offers] = await Promise.all([
        episodesOf(context.db, input.cluster, uid),
        eventsOf(context.db, input.cluster, family),
        offersOf(context.db, context.actor, {
          clusterId: input.cluster,
          namespace,
          pods: family.pods.map(({ row }) => row),
        }),
      ])
      const evidence: EpisodeEvidence = {
        pods: family.pods.map((pod) => seenPod(pod, offers.since)),
        events: events.map(({ reason, objectKind, objectName, lastAt }) => ({
          reason,
          kind: objectKind,
          name: objectName,
          at: lastAt,
        })),
        hasService: offers.hasService,
      }
      return timelineOf(episodes, evidence, context.now)
    },
  })
