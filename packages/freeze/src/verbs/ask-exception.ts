import { FairleadError } from '@fairlead/contracts/errors'
import { exceptionAnswerMs } from '@fairlead/contracts/freeze-states'
import type { FreezeDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { scopeOfSubject, subjectOf } from '../exceptions/subject'
import type { FreezeDeps } from '../freeze-deps'

/** Opens nothing: a second person has to confirm it. */
export const askException = ({ db }: FreezeDeps) =>
  room<FreezeDb>(db).command('exception.ask', {
    scope: async (context, input) => scopeOfSubject(await subjectOf(context, input)),
    prepare: (context, input) => subjectOf(context, input),
    run: async (context, { reason, minutes }, subject) => {
      const { tx, actor, now } = context
      const { about, ...of } = subject
      const open = await tx.freezeException.findFirst({
        where: { ...of, state: 'waiting', createdAt: { gt: new Date(now.getTime() - exceptionAnswerMs) } },
        select: { requesterName: true },
      })
      if (open !== null)
        throw new FairleadError(
          'conflict',
          `${open.requesterName} has asked for an exception for ${about} already.`,
          {
            remedy: 'A second person can confirm that one under Approvals.',
          },
        )
      const { id } = await tx.freezeException.create({
        data: {
          ...subject,
          reason,
          minutes,
          state: 'waiting',
          requesterId: actor.id,
          requesterName: actor.name,
          createdAt: now,
        },
        select: { id: true },
      })
      context.subject({ kind: 'exception', id, name: about })
      context.note({ reason, minutes })
      context.change({ topic: 'freeze', key: id, projectId: subject.projectId })
      return { id }
    },
  })
