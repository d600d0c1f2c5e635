import type { IdentityDb } from '@fairlead/db/views'
import { Prisma } from '@fairlead/db/sql'
import { hashSecret } from './secret'

/** PCI DSS 8.3.4: at most ten failed attempts, then half an hour of rest. */
export const maxAttempts = 10
const lockedForMs = 30 * 60_000

export interface AttemptCount {
  readonly allowed: boolean
  /** The first attempt that was refused: worth one audit entry, the next ones are not. */
  readonly first: boolean
  readonly retryAfterSeconds: number
}

const rowId = (email: string): string => `lock-out:${hashSecret(email)}`

/** Counted before the password is looked at, so that parallel guesses count too. Unknown e-mails count alike. */
export async function countAttempt(db: IdentityDb, email: string, now: Date): Promise<AttemptCount> {
  const until = new Date(now.getTime() + lockedForMs)
  const [row] = await db.$queryRaw<{ count: number; expiresAt: Date }[]>(Prisma.sql`
    INSERT INTO verifications AS v (id, identifier, value, "expiresAt", "createdAt", "updatedAt")
    VALUES (${rowId(email)}, 'lock-out', '1', ${until}, ${now}, ${now})
    ON CONFLICT (id) DO UPDATE SET
      value = CASE WHEN v."expiresAt" <= ${now} THEN '1' ELSE (v.value::int + 1)::text END,
      "expiresAt" = CASE WHEN v.value::int < ${maxAttempts} OR v."expiresAt" <= ${now} THEN ${until} ELSE v."expiresAt" END,
      "updatedAt" = ${now}
    RETURNING v.value::int AS count, v."expiresAt"`)
  const count = row?.count ?? 1
  const left = (row?.expiresAt.getTime() ?? now.getTime()) - now.getTime()
  return {
    allowed: count <= maxAttempts,
    first: count === maxAttempts + 1,
    retryAfterSeconds: Math.ceil(left / 1000),
  }
}

export async function clearAttempts(db: IdentityDb, email: string): Promise<void> {
  await db.verification.deleteMany({ where: { id: rowId(email) } })
}
