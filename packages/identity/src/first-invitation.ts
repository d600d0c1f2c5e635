import type { IdentityDb } from '@fairlead/db/views'
import { hashSecret, newSecret } from './secret'

const validForMs = 7 * 24 * 3_600_000

/**
 * While nobody has an account: a fresh one-time link for the first administrator, in place of any earlier one.
 * Null as soon as somebody has.
 */
export async function ensureFirstInvitation(db: IdentityDb, now: Date): Promise<string | null> {
  const secret = newSecret()
  return db.$transaction(async (tx) => {
    if ((await tx.user.count()) > 0) return null
    await tx.invitation.deleteMany({ where: { first: true, usedAt: null } })
    await tx.invitation.create({
      data: {
        secretHash: hashSecret(secret),
        name: '',
        first: true,
        memberships: [{ projectId: null, role: 'administrator' }],
        expiresAt: new Date(now.getTime() + validForMs),
      },
    })
    return secret
  })
}
