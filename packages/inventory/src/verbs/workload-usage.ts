import { workloadKinds } from '@fairlead/contracts/kinds'
import type { UsageSample, WorkloadUsageView } from '@fairlead/contracts/usage'
import { Prisma } from '@fairlead/db/sql'
import type { InventoryDb } from '@fairlead/db/views'
import { autoscalerNotes } from '@fairlead/insight/usage/autoscaler-notes'
import { judgeRequests } from '@fairlead/insight/usage/judge-requests'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { storedFacts } from '../stored-facts'
import type { WorkloadSummary } from '../summarize/workload'
import { joinDays, keptSince, readDays } from '../usage/digests'
import { usageSource } from '../usage/usage-source'
import { clusterRows } from './cluster-rows'
import { assertVisible } from './object-yaml'
import { readFamily, type Family } from './workload-family'

interface SampleRow extends Omit<UsageSample, 'at'> {
  readonly uid: string
  readonly at: Date
}

/** By the pod's UID. A sample from before the pod was made is of another one that had its name. */
async function samplesOf(
  db: Pick<InventoryDb, '$queryRaw'>,
  clusterId: string,
  uids: readonly string[],
): Promise<ReadonlyMap<string, UsageSample>> {
  const rows = await db.$queryRaw<SampleRow[]>(Prisma.sql`
    SELECT p.uid, s.at, s."windowSeconds", s."cpuMillis", s."memoryBytes" FROM inventory_objects p
      JOIN usage_samples s ON s."clusterId" = p."clusterId" AND s.kind = 'Pod' AND s.namespace = p.namespace
        AND s.name = p.name AND s.at >= p."createdAt"
    WHERE p."clusterId" = ${clusterId}::uuid AND p.uid = ANY(${[...uids]})`)
  return new Map(rows.map(({ uid, at, ...sample }) => [uid, { ...sample, at: at.toISOString() }]))
}

const podsOf = ({ root, pods }: Family) => (root.row.kind === 'Pod' ? [root] : pods)

/** Requests of a workload's containers against what they were seen to use, and what its pods use now. */
export const workloadUsage = (db: InventoryDb) =>
  room<InventoryDb>(db).query('workload.usage', {
    scope: { kind: 'any' },
    run: async (context, input): Promise<WorkloadUsageView> => {
      const namespace = await assertVisible(context.db, context.actor, input)
      const family = await readFamily(context.db, context.actor, { ...input, namespace })
      const { row, summary } = family.root
      const pods = podsOf(family)
      const [[cluster], source, days, facts, samples] = await Promise.all([
        clusterRows(context.db, context.actor, [input.cluster]),
        usageSource(context.db, input.cluster),
        readDays(context.db, input.cluster, { since: keptSince(context.now), workloadUid: row.uid }),
        storedFacts(context.db, input.cluster),
        samplesOf(
          context.db,
          input.cluster,
          pods.map((pod) => pod.row.uid),
        ),
      ])
      if (cluster === undefined) throw notFound('cluster')
      const digests = joinDays(days).get(row.uid)
      const { readiness } = summary as Partial<WorkloadSummary>
      return {
        cluster: { id: cluster.id, name: cluster.name },
        source,
        containers: (readiness?.containers ?? []).map((each) =>
          judgeRequests(each, digests?.get(each.container) ?? null),
        ),
        pods: pods.map((pod) => ({ pod: pod.row.name, sample: samples.get(pod.row.uid) ?? null })),
        notes:
          row.namespace !== null && workloadKinds.includes(row.kind)
            ? autoscalerNotes(
                { kind: row.kind, namespace: row.namespace, name: row.name },
                facts?.facts.autoscalers ?? null,
              )
            : [],
      }
    },
  })
