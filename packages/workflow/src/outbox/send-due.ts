/**
 * THE OUTBOX: what must be told outside is written in the transaction that made it true, and sent from here until it
 * was. A row is claimed before it is sent, so several processes share the work; one that dies after sending leaves its
 * row to be sent again: at least once, with the row's id as `Idempotency-Key`. A receiver that hangs or fails delays
 * nobody else's messages, because a pass takes few for each address.
 */
import { Prisma } from '@fairlead/db/sql'
import type { WorkflowDb } from '@fairlead/db/views'
import { nextTry } from './backoff'
import { RefusedTarget, type Post, type PostRequest } from './post'
import { signatureHeaders } from './sign'

export interface OutboxDeps {
  readonly db: Pick<WorkflowDb, '$queryRaw' | '$executeRaw'>
  readonly post: Post
  /** Where people reach the console: what links in notifications begin with. */
  readonly consoleUrl: string
  /** Notifications are signed with each, the newest first; none: they go unsigned. */
  readonly webhookSecrets: readonly string[]
  /** Where OpenLineage events go; null: they count as sent. */
  readonly lineage: { readonly url: string; readonly token?: string | undefined } | null
}

export interface Sent {
  readonly sent: number
  readonly failed: number
  readonly givenUp: number
  /** More are due already: call again. */
  readonly more: boolean
}

/** Messages of one pass, and of them for one address. */
const passSize = 50
const perAddress = 8
/** Longer than one message may take: then whoever claimed it is gone. */
const claimMs = 60_000

interface Claimed {
  readonly id: bigint
  readonly kind: string
  readonly url: string | null
  readonly body: unknown
  readonly createdAt: Date
  readonly tries: number
}

export async function sendDue(deps: OutboxDeps, now: Date): Promise<Sent> {
  if (deps.lineage === null) await markUnwanted(deps.db, now)
  const rows = await claim(deps.db, now)
  const results = await Promise.all(rows.map((row) => sendOne(deps, row, now)))
  const count = (wanted: Result): number => results.filter((result) => result === wanted).length
  return {
    sent: count('sent'),
    failed: count('failed'),
    givenUp: count('given_up'),
    more: rows.length === passSize,
  }
}

/** Rows whose messages were sent before `before`, and those given up: nobody reads them again. */
export function pruneOutbox(db: Pick<WorkflowDb, '$executeRaw'>, before: Date): Promise<number> {
  return db.$executeRaw(Prisma.sql`
    DELETE FROM workflow_outbox WHERE "nextAt" IS NULL AND "createdAt" < ${before}`)
}

async function markUnwanted(db: OutboxDeps['db'], now: Date): Promise<void> {
  await db.$executeRaw(Prisma.sql`
    UPDATE workflow_outbox SET "sentAt" = ${now}, "nextAt" = NULL
    WHERE id IN (SELECT id FROM workflow_outbox WHERE "nextAt" <= ${now} AND kind = 'lineage' LIMIT 10000
      FOR UPDATE SKIP LOCKED)`)
}

async function claim(db: OutboxDeps['db'], now: Date): Promise<Claimed[]> {
  const until = new Date(now.getTime() + claimMs)
  const rows = await db.$queryRaw<Claimed[]>(Prisma.sql`
    WITH due AS (
      SELECT id, row_number() OVER (PARTITION BY kind, url ORDER BY id) AS place
      FROM (SELECT id, kind, url FROM workflow_outbox WHERE "nextAt" <= ${now} ORDER BY "nextAt" LIMIT 5000) AS first),
    chosen AS (
      SELECT o.id FROM workflow_outbox o JOIN due d ON d.id = o.id AND d.place <= ${perAddress}
      WHERE o."nextAt" <= ${now} ORDER BY o.id LIMIT ${passSize} FOR UPDATE OF o SKIP LOCKED)
    UPDATE workflow_outbox o SET tries = tries + 1, "nextAt" = ${until}
    FROM chosen WHERE o.id = chosen.id
    RETURNING o.id, o.kind, o.url, o.body, o."createdAt", o.tries`)
  return rows.sort((a, b) => (a.id < b.id ? -1 : 1))
}

type Result = 'sent' | 'failed' | 'given_up'

async function sendOne(deps: OutboxDeps, row: Claimed, now: Date): Promise<Result> {
  const failure = await deliver(deps, row, now)
  if (failure === null) {
    await deps.db.$executeRaw(Prisma.sql`
      UPDATE workflow_outbox SET "sentAt" = ${now}, "nextAt" = NULL, problem = '' WHERE id = ${row.id}`)
    return 'sent'
  }
  const next = failure.permanent ? null : nextTry(row, now, failure.retryAfter)
  const problem = (next === null ? `Given up: ${failure.reason}` : failure.reason).slice(0, 500)
  await deps.db.$executeRaw(Prisma.sql`
    UPDATE workflow_outbox SET "nextAt" = ${next}, problem = ${problem}
    WHERE id = ${row.id} AND "sentAt" IS NULL`)
  return next === null ? 'given_up' : 'failed'
}

interface Failure {
  readonly reason: string
  readonly permanent: boolean
  readonly retryAfter: number | null
}

/** A notification, signed as of now; or an OpenLineage event with the token of its endpoint. */
function outgoing(
  { consoleUrl, webhookSecrets, lineage }: OutboxDeps,
  row: Claimed,
  now: Date,
): PostRequest | null {
  const id = `fairlead-${row.id}`
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'fairlead',
    'idempotency-key': id,
  }
  if (row.kind !== 'lineage') {
    const body = JSON.stringify(withWholeLink(row.body, consoleUrl))
    const signed = signatureHeaders(webhookSecrets, { id, at: now, body })
    return { url: row.url ?? '', headers: { ...headers, ...signed }, body }
  }
  if (lineage === null) return null
  const { url, token } = lineage
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return { url, headers: { ...headers, ...authorization }, body: JSON.stringify(row.body) }
}

/** Kept as a path: where the console is reached may change before a message goes out. */
const withWholeLink = (body: unknown, consoleUrl: string): unknown =>
  typeof body === 'object' && body !== null && 'link' in body
    ? { ...body, link: new URL(String(body.link), consoleUrl).href }
    : body

async function deliver(deps: OutboxDeps, row: Claimed, now: Date): Promise<Failure | null> {
  const request = outgoing(deps, row, now)
  if (request === null) return { reason: 'No endpoint is configured.', permanent: true, retryAfter: null }
  try {
    const { status, retryAfter } = await deps.post(request)
    if (status >= 200 && status < 300) return null
    const reason = status >= 300 && status < 400 ? 'a redirect, which is not followed' : 'not a success'
    return { reason: `The receiver answered ${status}: ${reason}.`, permanent: status === 410, retryAfter }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { reason, permanent: error instanceof RefusedTarget, retryAfter: null }
  }
}
