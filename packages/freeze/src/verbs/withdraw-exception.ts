import { FairleadError } from '@fairlead/contracts/errors'
import type { FreezeDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { exceptionScope, findException, assertMay } from '../exceptions/find-exception'
import { mayWithdraw } from '../exceptions/may-do'
import type { FreezeDeps } from '../freeze-deps'

/** What waits is void; what is in force ends now, and stays to be reviewed. */
export const withdrawException = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).command('exception.withdraw', {
    scope: exceptionScope,
    prepare: async (context, input) => {
      const row = await findException(context.db, input.exception)
      context.subject({ kind: 'exception', id: row.id, name: row.about })
      assertMay(mayWithdraw(row, context.actor, context.now))
      return row
    },
    run: async (context, _input, { id, state, projectId }) => {
      const { tx, now } = context
      const data = state === 'waiting' ? { state: 'withdrawn' } : { expiresAt: now }
      const moved = await tx.freezeException.updateMany({ where: { id, state }, data })
      if (moved.count === 0) throw new FairleadError('conflict', 'It moved meanwhile; look again.')
      context.note({ ended: state === 'waiting' ? 'before it was confirmed' : 'while in force' })
      context.change({ topic: 'freeze', key: id, projectId })
      return { done: true }
    },
  })
