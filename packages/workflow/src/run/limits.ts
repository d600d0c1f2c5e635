import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { CompiledWorkflow } from '../definition/compiled'
import type { RunRow } from './rows'

/** Slots of one limit: counted from live rows under a lock, never kept in a counter that could leak. */
export interface Limit {
  readonly key: string
  /** Of a pool; null of one that is over every task of the workflow. */
  readonly pool: string | null
  readonly words: string
  readonly slots: number
  readonly used: number
}

export const shortOf = ({ words, slots }: Limit): string =>
  `Waits for a slot: ${words} has ${slots}, all are in use.`

/** The limits that a task with this pool is under. */
export const limitsOver = (limits: readonly Limit[], pool: string | null): readonly Limit[] =>
  limits.filter((limit) => limit.pool === null || limit.pool === pool)

/** What to lock before limits are counted to be used. */
export const limitKeys = (run: RunRow, compiled: CompiledWorkflow): string[] => [
  ...compiled.pools.map((pool) => `pool/${run.projectId}/${pool}`),
  ...(compiled.document.spec.limits.maxActiveTasks === undefined ? [] : [`workflow/${run.workflowId}`]),
]

/** Limits over this workflow's tasks with what is in use of them; none, when it names none. */
export async function readLimits(
  sql: RawSql,
  run: RunRow,
  compiled: CompiledWorkflow,
): Promise<readonly Limit[]> {
  const maxTasks = compiled.document.spec.limits.maxActiveTasks
  const ofPools = compiled.pools.length === 0 ? [] : await poolLimits(sql, run.projectId, compiled.pools)
  if (maxTasks === undefined) return ofPools
  return [...ofPools, await workflowLimit(sql, { id: run.workflowId, name: compiled.name, maxTasks })]
}

/** A pool that nobody defined has no slots: a name that is mistyped must not mean "without limit". */
async function poolLimits(
  sql: RawSql,
  projectId: string,
  names: readonly string[],
): Promise<readonly Limit[]> {
  const rows = await sql.$queryRaw<{ name: string; slots: number | null; used: number }[]>(Prisma.sql`
    SELECT n.name, p.slots, (SELECT count(*)::int FROM workflow_attempts a
      WHERE a.live AND a."projectId" = ${projectId}::uuid AND a.pool = n.name) AS used
    FROM unnest(${[...names]}::text[]) AS n(name)
    LEFT JOIN workflow_pools p ON p."projectId" = ${projectId}::uuid AND p.name = n.name`)
  return rows.map(({ name, slots, used }) => ({
    key: `pool/${name}`,
    pool: name,
    words: slots === null ? `the pool ${name} (not defined yet)` : `the pool ${name}`,
    slots: slots ?? 0,
    used,
  }))
}

async function workflowLimit(
  sql: RawSql,
  workflow: { readonly id: string; readonly name: string; readonly maxTasks: number },
): Promise<Limit> {
  const [row] = await sql.$queryRaw<{ used: number }[]>(Prisma.sql`
    SELECT count(*)::int AS used FROM workflow_attempts WHERE live AND "workflowId" = ${workflow.id}::uuid`)
  return {
    key: 'workflow',
    pool: null,
    words: `the workflow ${workflow.name}`,
    slots: workflow.maxTasks,
    used: row?.used ?? 0,
  }
}
