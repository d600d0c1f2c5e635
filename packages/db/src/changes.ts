import type { RawSql } from './fast-sql'
import type { ChangeTopic } from '@fairlead/contracts/live'
import pg from 'pg'
import { Prisma } from './generated/client'

export interface NewChange {
  readonly topic: ChangeTopic
  readonly key: string
  readonly op?: 'upsert' | 'delete'
  readonly projectId?: string | null
  readonly clusterId?: string | null
  readonly kind?: string | null
  readonly namespace?: string | null
}

export interface ChangeRow extends Required<NewChange> {
  readonly at: Date
}

export const changesChannel = 'fairlead_changes'

/** Writes change rows in the caller's transaction; listeners hear of them when it commits. */
export async function appendChanges(tx: RawSql, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return
  const rows = JSON.stringify(changes.map((change) => ({ op: 'upsert', ...change })))
  await tx.$executeRaw(Prisma.sql`
    WITH added AS (INSERT INTO changes (topic, key, op, "projectId", "clusterId", kind, namespace)
    SELECT topic, key, op, "projectId", "clusterId", kind, namespace
    FROM jsonb_to_recordset(${rows}::jsonb)
      AS t(topic text, key text, op text, "projectId" uuid, "clusterId" uuid, kind text, namespace text))
    SELECT pg_notify(${changesChannel}, '')`)
}

/** Text from the driver alone, a bigint from Prisma. */
type Big = bigint | string

/** Where a reader stands: `txid.sequence`. */
export type ChangeCursor = string

interface Page {
  readonly changes: readonly ChangeRow[]
  readonly cursor: ChangeCursor
  /** As many came as were asked for: there may be more. */
  readonly more: boolean
}

/** The position from which everything that commits from now on will be read. */
export async function currentCursor(db: RawSql): Promise<ChangeCursor> {
  const [row] = await db.$queryRaw<{ xmin: Big }[]>(
    Prisma.sql`SELECT (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint AS xmin`,
  )
  return `${BigInt(row?.xmin ?? 0) - 1n}.9223372036854775807`
}

/**
 * Changes after `cursor`, oldest first, at most `limit`.
 * Only rows of transactions older than every running one are read, so none can appear behind the cursor later.
 */
export async function readChanges(db: RawSql, cursor: ChangeCursor, limit = 2_000): Promise<Page> {
  const [txid, sequence] = parseCursor(cursor)
  const rows = await db.$queryRaw<(ChangeRow & { txid: Big; sequence: Big })[]>(Prisma.sql`
    SELECT txid, sequence, at, topic, key, op, "projectId", "clusterId", kind, namespace FROM changes
    WHERE (txid, sequence) > (${txid}, ${sequence})
      AND txid < (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint
    ORDER BY txid, sequence LIMIT ${limit}`)
  const last = rows.at(-1)
  return {
    changes: rows,
    cursor: last === undefined ? cursor : `${last.txid}.${last.sequence}`,
    more: rows.length === limit,
  }
}

/** Whether rows stand after `cursor`, also those that a running transaction still keeps from being read. */
export async function hasChangesAfter(db: RawSql, cursor: ChangeCursor): Promise<boolean> {
  const [txid, sequence] = parseCursor(cursor)
  const [row] = await db.$queryRaw<{ found: boolean }[]>(
    Prisma.sql`SELECT EXISTS (SELECT 1 FROM changes WHERE (txid, sequence) > (${txid}, ${sequence})) AS found`,
  )
  return row?.found ?? false
}

function parseCursor(cursor: ChangeCursor): [bigint, bigint] {
  const match = /^(-?\d{1,19})\.(\d{1,19})$/.exec(cursor)
  return match === null ? [0n, 0n] : [BigInt(match[1] ?? 0), BigInt(match[2] ?? 0)]
}

/** Whether nothing after `cursor` has been pruned: sequence numbers start at 1, so a later first row means a gap. */
export async function canResume(db: RawSql, cursor: ChangeCursor): Promise<boolean> {
  const [txid] = parseCursor(cursor)
  const [first] = await db.$queryRaw<{ txid: Big; sequence: Big }[]>(
    Prisma.sql`SELECT txid, sequence FROM changes ORDER BY sequence LIMIT 1`,
  )
  return first === undefined || BigInt(first.sequence) === 1n || BigInt(first.txid) <= txid
}

export async function pruneChanges(db: RawSql, before: Date): Promise<number> {
  return db.$executeRaw(Prisma.sql`DELETE FROM changes WHERE at < ${before}`)
}

export interface Listener {
  close(): Promise<void>
}

/** Calls `onChange` after every commit that wrote changes, and after a lost connection came back. */
export async function listenForChanges(url: string, onChange: () => void): Promise<Listener> {
  let closed = false
  let client: pg.Client | undefined
  let retry: NodeJS.Timeout | undefined
  const open = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: url })
    next.on('notification', onChange)
    next.on('error', () => undefined)
    next.on('end', () => {
      if (!closed) retry = setTimeout(() => void open().catch(again), 500)
    })
    await next.connect()
    await next.query(`LISTEN ${changesChannel}`)
    client = next
    onChange()
  }
  const again = (): void => {
    if (!closed) retry = setTimeout(() => void open().catch(again), 1_000)
  }
  await open()
  return {
    close: async () => {
      closed = true
      clearTimeout(retry)
      await client?.end()
    },
  }
}
