import type { AttemptLogs, StopResult } from '@fairlead/contracts/task-runner'
import { messageOf } from '@fairlead/contracts/errors'
import { Prisma } from '@fairlead/db/sql'
import type { EngineDeps } from './engine-deps'
import { inLanes } from './in-lanes'
import { lockedValues } from './locked-values'
import { after } from './times'

/** Bytes of one attempt's logs that are kept; of longer ones the end, and a line that says so. */
export const maxLogBytes = 1024 * 1024
const chunkBytes = 64 * 1024
const claimed = 100
const width = 16
/** Who claimed a row and was killed loses it after this long. */
const claimMs = 30_000
const againMs = { stopping: 1_000, unreachable: 10_000 } as const
/** What has withstood us for minutes is asked for less often. */
const orphanAgainMs = 10_000

interface Row {
  readonly key: string
  readonly cluster: string
  readonly upkeep: 'archive' | 'kill'
  readonly acceptedAt: Date | null
}

interface Kept {
  readonly key: string
  readonly upkeep: 'archive' | 'kill' | 'done'
  readonly at: Date | null
  readonly reason: string
  readonly text: string | null
}

/**
 * What is left to do for attempts that are over: their logs are kept before anything of them may go, then the runner
 * forgets them; what was given up unseen is stopped once its cluster answers. Returns how many rows it looked at.
 */
export async function keepHouse(deps: EngineDeps, now: Date): Promise<number> {
  const rows = await deps.sql.$queryRaw<Row[]>(Prisma.sql`
    UPDATE workflow_attempts SET "upkeepAt" = ${after(now, claimMs)} WHERE key IN (
      SELECT key FROM workflow_attempts WHERE upkeep IN ('archive', 'kill') AND "upkeepAt" <= ${now}
      ORDER BY "upkeepAt" LIMIT ${claimed} FOR UPDATE SKIP LOCKED)
    RETURNING key, cluster, upkeep, "acceptedAt"`)
  const kept = await inLanes(rows, width, (row) => keep(deps, row, now))
  await deps.onStep?.('tidied')
  await writeKept(deps, kept)
  return rows.length
}

async function keep(deps: EngineDeps, row: Row, now: Date): Promise<Kept> {
  const { key } = row
  try {
    if (row.upkeep === 'kill') return afterStop(row, await deps.runner.cancel(key, row.cluster), now, null)
    const text = await wholeLog(deps, row)
    if (text !== null) await writeLog(deps, key, text)
    await deps.onStep?.('archived')
    return afterStop(row, await deps.runner.cleanup(key, row.cluster), now, text)
  } catch (error) {
    return {
      key,
      upkeep: row.upkeep,
      at: after(now, againMs.unreachable),
      reason: messageOf(error),
      text: null,
    }
  }
}

function afterStop({ key, upkeep }: Row, result: StopResult, now: Date, text: string | null): Kept {
  if (result.kind === 'gone') return { key, upkeep: 'done', at: null, reason: '', text }
  if (result.kind === 'unreachable')
    return { key, upkeep, at: after(now, againMs.unreachable), reason: result.reason, text }
  return upkeep === 'kill'
    ? { key, upkeep, at: after(now, orphanAgainMs), reason: 'It is still there.', text }
    : { key, upkeep, at: after(now, againMs.stopping), reason: '', text }
}

async function wholeLog({ runner }: EngineDeps, { key, cluster }: Row): Promise<string | null> {
  let text = ''
  let dropped = false
  let cursor: string | null = null
  do {
    const page: AttemptLogs = await runner.logs(key, cluster, cursor)
    for (const line of page.lines) text += `${line.at ?? ''}\t${line.text}\n`
    if (text.length > maxLogBytes) {
      text = text.slice(text.indexOf('\n', text.length - maxLogBytes) + 1)
      dropped = true
    }
    if (page.cursor === cursor) break
    cursor = page.cursor
  } while (cursor !== null)
  if (text === '') return null
  return dropped
    ? `\tEarlier lines were left out: only the last ${maxLogBytes} bytes are kept.\n${text}`
    : text
}

/** Written again after a crash, it is the same. */
async function writeLog({ sql }: EngineDeps, key: string, text: string): Promise<void> {
  const chunks: string[] = []
  for (let at = 0; at < text.length; at += chunkBytes)
    // U+0000 is no text to PostgreSQL.
    chunks.push(text.slice(at, at + chunkBytes).replaceAll('\u0000', '\uFFFD'))
  await sql.$executeRaw(Prisma.sql`
    INSERT INTO workflow_logs ("attemptKey", sequence, text)
    SELECT ${key}, place - 1, text FROM unnest(${chunks}::text[]) WITH ORDINALITY AS chunk(text, place)
    ON CONFLICT DO NOTHING`)
}

async function writeKept({ sql }: EngineDeps, kept: readonly Kept[]): Promise<void> {
  if (kept.length === 0) return
  const values = JSON.stringify(kept.map(({ text: _text, ...row }) => row))
  await sql.$executeRaw(Prisma.sql`
    UPDATE workflow_attempts a SET upkeep = v.upkeep, "upkeepAt" = v.at, "upkeepReason" = v.reason
    FROM ${lockedValues(values, Prisma.sql`key text, upkeep text, at timestamptz, reason text`)}
    WHERE a.key = v.key`)
}
