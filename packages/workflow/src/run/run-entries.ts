import { Prisma } from '@fairlead/db/sql'
import type { RawSql } from '@fairlead/db/fast-sql'

/** One line of a run's timeline, for people. */
export interface RunEntry {
  readonly taskId: string | null
  readonly index: number | null
  readonly kind: string
  readonly message: string
}

export async function appendEntries(
  tx: Pick<RawSql, '$executeRaw'>,
  runId: string,
  at: Date,
  entries: readonly RunEntry[],
): Promise<void> {
  const write = writeEntries(runId, at, entries)
  if (write !== null) await tx.$executeRaw(write)
}

export const writeEntries = (runId: string, at: Date, entries: readonly RunEntry[]): Prisma.Sql | null =>
  entries.length === 0
    ? null
    : Prisma.sql`
    INSERT INTO workflow_entries ("runId", at, "taskId", "index", kind, message)
    SELECT ${runId}::uuid, ${at}, "taskId", "index", kind, message
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      AS t("taskId" text, "index" int, kind text, message text)`
