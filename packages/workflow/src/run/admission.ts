import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'
import type { Observation } from './observation'
import { limitKeys, limitsOver, readLimits, shortOf, type Limit } from './limits'
import type { Candidate } from './plan-types'
import { rowKey } from './rows'

export interface Admission {
  readonly admitted: readonly Candidate[]
  readonly blocked: readonly { readonly candidate: Candidate; readonly reason: string }[]
}

/** Who gets a slot, best first. Pure: a limit that is full blocks those that need it, and nobody else. */
export function admit(
  candidates: readonly Candidate[],
  limitsOf: (candidate: Candidate) => readonly Limit[],
): Admission {
  const used = new Map<string, number>()
  const admitted: Candidate[] = []
  const blocked: { candidate: Candidate; reason: string }[] = []
  for (const candidate of candidates) {
    const limits = limitsOf(candidate)
    const full = limits.find((limit) => limit.used + (used.get(limit.key) ?? 0) >= limit.slots)
    if (full === undefined) {
      for (const { key } of limits) used.set(key, (used.get(key) ?? 0) + 1)
      admitted.push(candidate)
    } else blocked.push({ candidate, reason: shortOf(full) })
  }
  return { admitted, blocked }
}

/**
 * A task that was cleared while it ran starts again only when nothing of its earlier attempt lives any more: the end of
 * that one looks at it again.
 */
export async function apartFromLive(
  tx: RawSql,
  runId: string,
  candidates: readonly Candidate[],
): Promise<{ readonly startable: readonly Candidate[]; readonly held: Admission['blocked'] }> {
  const cleared = candidates.filter(({ row }) => row.generation > 0)
  if (cleared.length === 0) return { startable: candidates, held: [] }
  const rows = await tx.$queryRaw<{ taskId: string; index: number }[]>(Prisma.sql`
    SELECT "taskId", "index" FROM workflow_attempts WHERE "runId" = ${runId}::uuid AND live
      AND "taskId" = ANY(${[...new Set(cleared.map(({ row }) => row.taskId))]}::text[])`)
  const live = new Set(rows.map(({ taskId, index }) => rowKey(taskId, index)))
  const isHeld = ({ row }: Candidate): boolean => live.has(rowKey(row.taskId, row.index))
  return {
    startable: candidates.filter((candidate) => !isHeld(candidate)),
    held: candidates
      .filter(isHeld)
      .map((candidate) => ({ candidate, reason: 'Waits until its earlier attempt has stopped.' })),
  }
}

/** Locks the limits of these candidates until the transaction ends, then counts. */
export async function admitUnderLock(
  tx: RawSql,
  { run, compiled }: Observation,
  candidates: readonly Candidate[],
): Promise<Admission> {
  const keys = limitKeys(run, compiled).sort()
  if (candidates.length === 0 || keys.length === 0) return { admitted: candidates, blocked: [] }
  for (const key of keys)
    await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`)
  const limits = await readLimits(tx, run, compiled)
  return admit(candidates, (candidate) => limitsOver(limits, candidate.pool))
}
