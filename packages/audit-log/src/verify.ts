import type { AuditVerification } from '@fairlead/contracts/audit'
import type { AuditDb } from '@fairlead/db/views'
import { chainHash, chainStart } from '@fairlead/kernel/audit'

const pageSize = 2_000

/**
 * Recomputes every link from the first entry on. Finds an entry that was changed, is missing or stands elsewhere.
 * Cut-off newest entries leave a shorter, intact chain: the change log tells for a day that there were later ones;
 * after that only an earlier export, whose `lastHash` must still be found, can.
 */
export async function verifyChain(db: AuditDb, signal?: AbortSignal): Promise<AuditVerification> {
  let previousHash = chainStart
  let sequence = 0n
  const broken = (at: bigint, problem: string): AuditVerification => ({
    intact: false,
    entries: Number(sequence),
    lastHash: sequence === 0n ? null : previousHash,
    broken: { sequence: Number(at), problem },
  })
  for (;;) {
    signal?.throwIfAborted()
    const page = await db.auditEntry.findMany({
      where: { sequence: { gt: sequence } },
      orderBy: { sequence: 'asc' },
      take: pageSize,
    })
    for (const { hash, previousHash: named, ...covered } of page) {
      const expected = sequence + 1n
      if (covered.sequence !== expected) return broken(expected, missing(expected, covered.sequence - 1n))
      if (named !== previousHash)
        return broken(
          covered.sequence,
          'does not follow the entry before it: one of the two was replaced or moved',
        )
      if (chainHash(covered, previousHash) !== hash)
        return broken(covered.sequence, 'was changed after it was written')
      sequence = covered.sequence
      previousHash = hash
    }
    if (page.length < pageSize) break
  }
  if (await tailIsCutOff(db, sequence)) return broken(sequence + 1n, 'is missing: the log ends too early')
  return {
    intact: true,
    entries: Number(sequence),
    lastHash: sequence === 0n ? null : previousHash,
    broken: null,
  }
}

/** The two clocks may differ a little: one is Postgres's, the other ours. */
const clockSkewMs = 60_000

async function tailIsCutOff(db: AuditDb, sequence: bigint): Promise<boolean> {
  const change = await db.change.findFirst({ where: { topic: 'audit' }, orderBy: { at: 'desc' } })
  if (change === null) return false
  const later = await db.auditEntry.findFirst({
    where: { sequence: { gte: sequence } },
    orderBy: { sequence: 'desc' },
    select: { at: true },
  })
  return later === null || change.at.getTime() - later.at.getTime() > clockSkewMs
}

const missing = (from: bigint, to: bigint): string =>
  from === to ? 'is missing' : `is missing, and so are those up to ${to}`
