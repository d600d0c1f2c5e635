import { Prisma } from '@fairlead/db/sql'
import type { CompiledWorkflow } from '../definition/compiled'
import type { Limit } from './limits'
import type { AttemptRow, RunRow } from './rows'

/** Rows of one kind that one pass takes; the rest has its turn in the next. */
export const batch = 256
/** Of a pool that has no slot a pass reads some all the same: they say why they wait. */
const leastOfPool = 16

interface Lane {
  /** Empty: rows that name no pool. */
  readonly pool: string
  /** How many of its rows could have a slot now. */
  readonly free: number
  readonly most: number
}

/** With what ends in this pass counted as free. */
export function lanesOf(
  compiled: CompiledWorkflow,
  limits: readonly Limit[],
  attempts: readonly AttemptRow[],
): readonly Lane[] {
  const fair = Math.max(leastOfPool, Math.floor((4 * batch) / (compiled.pools.length + 1)))
  const ending = attempts.filter(({ observedPhase }) => observedPhase !== null && ends.has(observedPhase))
  const lane = (pool: string, free: number): Lane => ({
    pool,
    free,
    most: Math.min(batch, Math.max(free, fair)),
  })
  return [
    lane('', batch),
    ...limits.flatMap(({ pool, slots, used }) => {
      if (pool === null) return []
      const freed = ending.filter(({ taskId }) => compiled.tasks.get(taskId)?.source.pool === pool)
      return [lane(pool, Math.max(0, slots - used + freed.length))]
    }),
  ]
}

const ends: ReadonlySet<string> = new Set(['succeeded', 'failed', 'gone', 'vanished'])

/**
 * What is ready, at most a batch: first as many of each pool as it has slots, best first, then what must wait anyway.
 * However many rows wait for one pool, they hide nothing of another.
 */
export const readyRows = (run: RunRow, lanes: readonly Lane[], now: Date): Prisma.Sql => Prisma.sql`
  SELECT (ready.t).* FROM
    unnest(${lanes.map(({ pool }) => pool)}::text[], ${lanes.map(({ free }) => free)}::int[],
      ${lanes.map(({ most }) => most)}::int[]) AS lane(pool, free, most)
    CROSS JOIN LATERAL (
      SELECT t, row_number() OVER (ORDER BY t.priority DESC, t.position, t."index") AS place FROM workflow_tasks t
      WHERE t."runId" = ${run.id}::uuid AND t.state = 'ready' AND COALESCE(t.pool, '') = lane.pool
        AND (t."nextAt" IS NULL OR t."nextAt" <= ${now})
        AND (SELECT true FROM workflow_attempts a WHERE a."runId" = t."runId" AND a."taskId" = t."taskId"
          AND a."index" = t."index" AND a.live LIMIT 1) IS NULL
      ORDER BY t.priority DESC, t.position, t."index" LIMIT lane.most) AS ready
  ORDER BY ready.place > lane.free, (ready.t).priority DESC, (ready.t).position, (ready.t)."index" LIMIT ${batch}`
