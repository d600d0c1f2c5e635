import crypto from 'node:crypto'
import type { RawSql } from './fast-sql'
import { Prisma } from './generated/client'

export interface RateLimit {
  /** `what/of-whom`: what stands before the slash is forgotten together. */
  readonly key: string
  readonly most: number
  readonly windowMs: number
}
export interface RateCount {
  readonly allowed: boolean
  readonly retryAfterSeconds: number
}

/**
 * Counts one more within a window that began with the first of them, beside the counts of sign-ins; for us `lastRequest` is
 * when it began. One statement, so that those that come at once count too, and outside of a transaction, which would forget
 * what was refused.
 */
export async function countOne(
  db: RawSql,
  { key, most, windowMs }: RateLimit,
  now: Date,
): Promise<RateCount> {
  const at = BigInt(now.getTime())
  const over = at - BigInt(windowMs)
  const [row] = await db.$queryRaw<{ count: number; began: bigint; made: boolean }[]>(Prisma.sql`
    INSERT INTO rate_limits AS r (id, key, count, "lastRequest")
    VALUES (${crypto.randomUUID()}, ${key}, 1, ${at})
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN r."lastRequest" <= ${over} THEN 1 ELSE LEAST(r.count, ${most}::int) + 1 END,
      "lastRequest" = CASE WHEN r."lastRequest" <= ${over} THEN ${at} ELSE r."lastRequest" END
    RETURNING count, "lastRequest" AS began, (xmax = 0) AS made`)
  const what = `${key.split('/', 1)[0] ?? ''}/`
  // Whoever comes with ever new keys leaves no more rows behind than one window holds.
  if (row?.made === true)
    await db.$executeRaw(
      Prisma.sql`DELETE FROM rate_limits WHERE starts_with(key, ${what}) AND "lastRequest" <= ${over}`,
    )
  const endsInMs = Number(BigInt(row?.began ?? at) - over)
  return {
    allowed: (row?.count ?? 1) <= most,
    retryAfterSeconds: Math.max(1, Math.ceil(endsInMs / 1_000)),
  }
}
