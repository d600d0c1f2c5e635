import crypto from 'node:crypto'
import pg from 'pg'
import type { Prisma } from './generated/client'

/** Raw SQL and nothing else: what every view of the database has in common. */
export interface RawSql {
  $queryRaw<T>(query: Prisma.Sql): Promise<T>
  $executeRaw(query: Prisma.Sql): Promise<number>
}

export interface TransactionalSql extends RawSql {
  $transaction<R>(run: (tx: RawSql) => Promise<R>): Promise<R>
}

export interface FastSql extends TransactionalSql {
  close(): Promise<void>
}

/**
 * The same tagged SQL as through Prisma, straight to PostgreSQL as prepared statements: for loops that send thousands
 * a second, where Prisma's own work would be most of the cost. Values come as PostgreSQL's driver gives them: numbers,
 * Dates, parsed JSON; a bigint is text.
 */
export function openFastSql(options: { readonly url: string; readonly poolSize: number }): FastSql {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize,
    idleTimeoutMillis: 30_000,
  })
  pool.on('error', () => undefined)
  pool.on('acquire', planAnewSometimes())
  return {
    ...over(pool),
    $transaction: async (run) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await run(over(client))
        await client.query('COMMIT')
        client.release()
        return result
      } catch (error) {
        await client.query('ROLLBACK').then(
          () => client.release(),
          () => client.release(true),
        )
        throw error
      }
    },
    close: () => pool.end(),
  }
}

const plansLastMs = 2_000

/**
 * A prepared statement keeps its plan, and a plan that was made while a table was small reads the whole of it when it
 * is large; statistics are renewed, and plans with them, only by the minute. To plan every time costs a third more.
 */
function planAnewSometimes(): (client: pg.PoolClient) => void {
  const plannedAt = new WeakMap<pg.PoolClient, number>()
  return (client) => {
    const now = performance.now()
    const before = plannedAt.get(client)
    if (before !== undefined && now - before < plansLastMs) return
    plannedAt.set(client, now)
    // Sent before what the client was acquired for; a connection that can't is found out by that.
    if (before !== undefined) client.query('DISCARD PLANS').catch(() => undefined)
  }
}

const names = new Map<string, string>()

/** PostgreSQL plans a statement once per connection and name; the name says the text. */
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = crypto.createHash('sha256').update(text).digest('base64url').slice(0, 40)
  names.set(text, name)
  return name
}

function over(client: pg.Pool | pg.PoolClient): RawSql {
  const send = (query: Prisma.Sql): Promise<pg.QueryResult> =>
    client.query({ name: nameOf(query.text), text: query.text, values: [...query.values] })
  return {
    $queryRaw: async <T>(query: Prisma.Sql) => (await send(query)).rows as T,
    $executeRaw: async (query) => (await send(query)).rowCount ?? 0,
  }
}
