import { FairleadError } from '@fairlead/contracts/errors'
import type { IdentityDb, TxOf } from '@fairlead/db/views'
import { Prisma } from '@fairlead/db/sql'

const administratorsLock = 4_702_112

/** One at a time: two administrators who remove each other at once must not both succeed. */
export async function lockAdministrators(tx: TxOf<IdentityDb>): Promise<void> {
  await tx.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(${administratorsLock})`)
}

/** After the change, within its transaction: somebody must be left who can give rights. */
export async function assertAnAdministratorIsLeft(tx: TxOf<IdentityDb>): Promise<void> {
  const left = await tx.membership.count({
    where: { projectId: null, role: 'administrator', user: { disabledAt: null } },
  })
  if (left === 0)
    throw new FairleadError('conflict', 'This is the last administrator of the installation.', {
      remedy: 'Make someone else administrator of every project first.',
    })
}
