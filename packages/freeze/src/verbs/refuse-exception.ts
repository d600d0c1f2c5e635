import { FairleadError } from '@fairlead/contracts/errors'
import type { FreezeDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { exceptionScope, findException, assertMay } from '../exceptions/find-exception'
import { mayDecide } from '../exceptions/may-do'
import type { FreezeDeps } from '../freeze-deps'

export const refuseException = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).command('exception.refuse', {
    scope: exceptionScope,
    prepare: async (context, input) => {
      const row = await findException(context.db, input.exception)
      context.subject({ kind: 'exception', id: row.id, name: row.about })
      context.note({ reason: input.reason, requester: row.requesterName })
      assertMay(mayDecide(row, context.actor, context.now))
      return row
    },
    run: async (context, input, { id, projectId }) => {
      const { tx, actor, now } = context
      const moved = await tx.freezeException.updateMany({
        where: { id, state: 'waiting' },
        data: {
          state: 'refused',
          deciderId: actor.id,
          deciderName: actor.name,
          decidedAt: now,
          decisionReason: input.reason,
        },
      })
      if (moved.count === 0) throw new FairleadError('conflict', 'Somebody else was faster; look again.')
      context.change({ topic: 'freeze', key: id, projectId })
      return { done: true }
    },
  })
