import { holds } from '@fairlead/contracts/permissions'
import type { MayDo } from '@fairlead/contracts/freeze'
import { FairleadError } from '@fairlead/contracts/errors'
import type { FreezeDb, FreezeTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { QueryContext } from '@fairlead/kernel/context'
import { scopeOfSubject } from './subject'

export async function findException(db: Pick<FreezeDb | FreezeTx, 'freezeException'>, id: string) {
  const row = await db.freezeException.findUnique({ where: { id } })
  if (row === null) throw notFound('exception')
  return row
}

/** Where the right is needed to do something with it; one that the actor may not see is none. */
export async function exceptionScope(
  { db, actor }: Pick<QueryContext<FreezeDb>, 'db' | 'actor'>,
  { exception }: { readonly exception: string },
) {
  const scope = scopeOfSubject(await findException(db, exception))
  if (!holds(actor.memberships, 'project.view', scope)) throw notFound('exception')
  return scope
}

export function assertMay(may: MayDo, code: 'forbidden' | 'conflict' = 'forbidden'): void {
  if (!may.passed) throw new FairleadError(code, may.reason ?? 'This is not possible now.')
}
