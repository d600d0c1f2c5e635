import { FairleadError } from '@fairlead/contracts/errors'
import type { FreezeDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { exceptionScope, findException, assertMay } from '../exceptions/find-exception'
import { mayDecide } from '../exceptions/may-do'
import type { FreezeDeps } from '../freeze-deps'
import { ringWaiting } from './waiting-rollouts'

/** In force from now on for as long as was asked, and then no more, whatever anybody does. */
export const confirmException = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).command('exception.confirm', {
    scope: exceptionScope,
    prepare: async (context, input) => {
      const row = await findException(context.db, input.exception)
      context.subject({ kind: 'exception', id: row.id, name: row.about })
      context.note({ reason: input.reason, requester: row.requesterName, minutes: row.minutes })
      assertMay(mayDecide(row, context.actor, context.now))
      return row
    },
    run: async (context, input, { id, projectId, minutes }) => {
      const { tx, actor, now } = context
      const expiresAt = new Date(now.getTime() + minutes * 60_000)
      const moved = await tx.freezeException.updateMany({
        where: { id, state: 'waiting', requesterId: { not: actor.id } },
        data: {
          state: 'active',
          deciderId: actor.id,
          deciderName: actor.name,
          decidedAt: now,
          decisionReason: input.reason,
          expiresAt,
        },
      })
      if (moved.count === 0) throw new FairleadError('conflict', 'Somebody else was faster; look again.')
      context.note({ expiresAt: expiresAt.toISOString() })
      context.change({ topic: 'freeze', key: id, projectId })
      await ringWaiting(context)
      return { expiresAt: expiresAt.toISOString() }
    },
  })
