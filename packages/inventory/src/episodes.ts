import type { RawSql } from '@fairlead/db/fast-sql'
import { Prisma } from '@fairlead/db/sql'
import type { Verdict } from '@fairlead/contracts/verdict'
import { gapWords } from './episode-gap'
import { episodeStep, type EpisodeStep, type Standing } from './episode-step'
import type { Lease } from './lease'
import { sqlJson } from './sql-json'
import type { Summarized } from './summarize/summarized'
import type { WorkloadSummary } from './summarize/workload'

type Standings = ReadonlyMap<string, Standing>

/** How the workloads among these rows stood before they are written; to be read in the same transaction. */
export async function standingsBefore(
  tx: RawSql,
  lease: Lease,
  rows: readonly Summarized[],
): Promise<Standings> {
  const uids = rows.filter((row) => row.verdict !== null).map((row) => row.uid)
  if (uids.length === 0) return new Map()
  const found = await tx.$queryRaw<{ uid: string; state: Verdict['state']; generation: number }[]>(Prisma.sql`
    SELECT uid, verdict->>'state' AS state, (summary->>'generation')::int AS generation FROM inventory_objects
    WHERE "clusterId" = ${lease.clusterId}::uuid AND uid = ANY(${uids}) AND verdict IS NOT NULL`)
  return new Map(found.map(({ uid, state, generation }) => [uid, { state, generation, message: '' }]))
}

function stepOf(row: Summarized, before: Standings): EpisodeStep {
  if (row.verdict === null) return null
  const { generation } = row.summary as WorkloadSummary
  const after = { state: row.verdict.state, generation, message: row.verdict.message }
  return episodeStep(before.get(row.uid) ?? null, after)
}

/** Opens and closes the spans in which these workloads differ from what is wanted. */
export async function recordEpisodes(
  tx: RawSql,
  lease: Lease,
  seen: { readonly rows: readonly Summarized[]; readonly before: Standings; readonly now: Date },
): Promise<void> {
  const steps = seen.rows.map((row) => ({ row, step: stepOf(row, seen.before) }))
  const closed = steps.filter(({ step }) => step?.kind === 'close').map(({ row }) => row.uid)
  await closeEpisodes(tx, lease, closed, seen.now)
  const opened = steps.flatMap(({ row, step }) => {
    if (step === null || step.kind === 'close') return []
    const isNew = !seen.before.has(row.uid)
    const at = isNew && seen.now.getTime() - Date.parse(row.createdAt) < 60_000 ? row.createdAt : seen.now
    const closedAt = step.kind === 'flash' ? seen.now : null
    return [{ workloadUid: row.uid, openedAt: at, closedAt, reason: step.reason.slice(0, 500) }]
  })
  if (opened.length === 0) return
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO episodes (id, "clusterId", "workloadUid", "openedAt", "closedAt", reason)
    SELECT gen_random_uuid(), ${lease.clusterId}::uuid, t."workloadUid", t."openedAt", t."closedAt", t.reason
    FROM jsonb_to_recordset(${sqlJson(opened)}::jsonb)
      AS t("workloadUid" text, "openedAt" timestamptz, "closedAt" timestamptz, reason text)
    WHERE NOT EXISTS (SELECT 1 FROM episodes e WHERE e."workloadUid" = t."workloadUid"
      AND e."clusterId" = ${lease.clusterId}::uuid AND e."closedAt" IS NULL)`)
}

/** Also for workloads that are gone. */
export async function closeEpisodes(
  tx: RawSql,
  lease: Lease,
  uids: readonly string[],
  now: Date,
): Promise<void> {
  if (uids.length === 0) return
  await tx.$executeRaw(Prisma.sql`
    UPDATE episodes SET "closedAt" = ${now}
    WHERE "clusterId" = ${lease.clusterId}::uuid AND "workloadUid" = ANY(${uids}) AND "closedAt" IS NULL`)
}

/** An episode during which nobody looked says so: its end may be earlier than it seems. */
export async function noteGap(tx: RawSql, lease: Lease, gap: { from: Date; to: Date }): Promise<void> {
  const words = gapWords(gap.from, gap.to)
  await tx.$executeRaw(Prisma.sql`
    UPDATE episodes SET reason = left(reason || ${words}, 1000)
    WHERE "clusterId" = ${lease.clusterId}::uuid AND "closedAt" IS NULL`)
}
