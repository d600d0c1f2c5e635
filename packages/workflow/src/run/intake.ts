import type { Bell } from '@fairlead/contracts/doorbells'
import type { AttemptObservation, RunnerEvent } from '@fairlead/contracts/task-runner'
import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import { lockedValues } from './locked-values'

/** What was heard of a cluster, written to its attempts; the bells of the runs that it concerns. */
export async function intake(
  db: RawSql,
  cluster: string,
  event: RunnerEvent,
  now: Date,
): Promise<readonly Bell[]> {
  if (event.kind === 'observed') {
    await stopLeftovers(
      db,
      cluster,
      event.observations.filter(({ phase }) => !isFinal(phase)).map(({ key }) => key),
      now,
    )
    return bellsOf(await writeObservations(db, cluster, event.observations))
  }
  if (event.kind === 'unreachable') {
    await knowCluster(db, cluster, { reachable: false, reason: event.reason, at: now })
    return []
  }
  await knowCluster(db, cluster, { reachable: true, reason: '', at: now })
  await stopLeftovers(db, cluster, [...event.keys], now)
  return bellsOf(await writeVanished(db, cluster, event, now))
}

const bellsOf = (rows: readonly { runId: string }[]): Bell[] =>
  [...new Set(rows.map(({ runId }) => runId))].map((key) => ({ doorbell: 'run', key }))

const observedColumns = Prisma.sql`key text, phase text, cause text, reason text, "exitCode" int, output text,
  at timestamptz, uid text, place text`

/** The first terminal phase of an attempt stays; a phase never goes back; what is over hears nothing. */
async function writeObservations(
  db: RawSql,
  cluster: string,
  observations: readonly AttemptObservation[],
): Promise<{ runId: string }[]> {
  // Of several for one key within a batch, the first terminal one, else the last.
  const byKey = new Map<string, AttemptObservation>()
  for (const seen of observations) {
    const earlier = byKey.get(seen.key)
    if (earlier === undefined || !isFinal(earlier.phase)) byKey.set(seen.key, seen)
  }
  if (byKey.size === 0) return []
  const values = JSON.stringify([...byKey.values()])
  return db.$queryRaw<{ runId: string }[]>(Prisma.sql`
    UPDATE workflow_attempts a SET "observedPhase" = v.phase, "observedCause" = v.cause,
      "observedReason" = v.reason, "observedExit" = v."exitCode", "observedOutput" = v.output, "observedAt" = v.at,
      uid = COALESCE(a.uid, v.uid), place = COALESCE(v.place, a.place), "observedSeq" = a."observedSeq" + 1, dirty = true
    FROM ${lockedValues(values, observedColumns)}
    WHERE a.key = v.key AND a.cluster = ${cluster} AND a.live
      AND (a.uid IS NULL OR a.uid = v.uid)
      AND COALESCE(a."observedPhase", '') NOT IN ('succeeded', 'failed', 'gone', 'vanished')
      AND NOT (COALESCE(a."observedPhase", '') = 'running' AND v.phase = 'pending')
      AND (a."observedPhase" IS DISTINCT FROM v.phase OR a."observedReason" <> v.reason OR a.place IS DISTINCT FROM v.place)
    RETURNING a."runId"`)
}

const isFinal = (phase: AttemptObservation['phase']): boolean => phase === 'succeeded' || phase === 'failed'

/** What should be gone is there: a creation that arrived after everything was over. It is stopped like any orphan. */
async function stopLeftovers(db: RawSql, cluster: string, keys: readonly string[], now: Date): Promise<void> {
  if (keys.length === 0) return
  await db.$executeRaw(Prisma.sql`
    UPDATE workflow_attempts SET upkeep = 'kill', "upkeepAt" = ${now}
    WHERE key = ANY(${[...keys]}::text[]) AND cluster = ${cluster} AND NOT live AND upkeep = 'done'`)
}

/**
 * Absence is information: what was accepted or seen before a full list began and isn't in it has vanished. What is only
 * intended may not exist yet, and is asked for again instead.
 */
async function writeVanished(
  db: RawSql,
  cluster: string,
  { keys, listedFrom }: Extract<RunnerEvent, { kind: 'synced' }>,
  now: Date,
): Promise<{ runId: string }[]> {
  return db.$queryRaw<{ runId: string }[]>(Prisma.sql`
    UPDATE workflow_attempts a SET "observedPhase" = 'vanished', "observedReason" = 'It is not in the cluster any more.',
      "observedAt" = ${now}, "observedSeq" = a."observedSeq" + 1, dirty = true
    WHERE a.cluster = ${cluster} AND a.live AND (a."acceptedAt" < ${listedFrom} OR (a.uid IS NOT NULL AND a."observedAt" < ${listedFrom}))
      AND COALESCE(a."observedPhase", '') NOT IN ('succeeded', 'failed', 'gone', 'vanished')
      AND NOT (a.key = ANY(${[...keys]}::text[]))
    RETURNING a."runId"`)
}

interface Standing {
  readonly reachable: boolean
  readonly reason: string
  readonly at: Date
}

async function knowCluster(db: RawSql, name: string, { reachable, reason, at }: Standing): Promise<void> {
  const synced = reachable ? at : null
  await db.$executeRaw(Prisma.sql`
    INSERT INTO workflow_clusters (name, reachable, reason, since, "syncedAt")
    VALUES (${name}, ${reachable}, ${reason}, ${at}, ${synced})
    ON CONFLICT (name) DO UPDATE SET reason = EXCLUDED.reason,
      since = CASE WHEN workflow_clusters.reachable = EXCLUDED.reachable THEN workflow_clusters.since ELSE EXCLUDED.since END,
      "syncedAt" = COALESCE(EXCLUDED."syncedAt", workflow_clusters."syncedAt"), reachable = EXCLUDED.reachable`)
}
