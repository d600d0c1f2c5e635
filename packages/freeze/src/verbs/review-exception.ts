import { FairleadError } from '@fairlead/contracts/errors'
import type { FreezeDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { exceptionScope, findException, assertMay } from '../exceptions/find-exception'
import { mayReview } from '../exceptions/may-do'
import type { FreezeDeps } from '../freeze-deps'

/** A third person looked at what was done with it, and says so. */
export const reviewException = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).command('exception.review', {
    scope: exceptionScope,
    prepare: async (context, input) => {
      const row = await findException(context.db, input.exception)
      context.subject({ kind: 'exception', id: row.id, name: row.about })
      context.note({ note: input.note, requester: row.requesterName, confirmer: row.deciderName })
      assertMay(mayReview(row, context.actor, context.now))
      return row
    },
    run: async (context, input, { id, projectId }) => {
      const { tx, actor, now } = context
      const moved = await tx.freezeException.updateMany({
        where: { id, state: 'active' },
        data: {
          state: 'reviewed',
          reviewerId: actor.id,
          reviewerName: actor.name,
          reviewedAt: now,
          note: input.note,
        },
      })
      if (moved.count === 0) throw new FairleadError('conflict', 'Somebody else reviewed it; look again.')
      context.change({ topic: 'freeze', key: id, projectId })
      return { done: true }
    },
  })
