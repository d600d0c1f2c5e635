import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { rolloutScope } from '../application/find-application'
import type { WorkloadDeps } from '../workload-deps'
import { actedRollout } from './rollout-row'

/** Ends the trial as evidence against it would: its pods go, and the stage goes back, with its hold. */
export const abort = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.abort', {
    scope: rolloutScope,
    run: async (context, input) => {
      const { tx, now, actor } = context
      const { row, projectId } = await actedRollout(context, {
        action: 'abort',
        rollout: input.rollout,
        note: { reason: input.reason },
      })
      const message = `Aborted by ${actor.name}: ${input.reason}`
      const moved = await tx.rolloutStage.updateMany({
        where: { rolloutId: row.id, state: 'trial', abortReason: null },
        data: { abortReason: message },
      })
      if (moved.count === 0)
        throw new FairleadError('conflict', 'It moved meanwhile, or is being aborted; look again.')
      await tx.rollout.update({ where: { id: row.id }, data: { checkAt: now, checkReason: 'Aborted.' } })
      await tx.rolloutEntry.create({ data: { rolloutId: row.id, at: now, kind: 'aborted', message } })
      context.change({ topic: 'rollout', key: row.id, projectId })
      context.ring({ doorbell: 'rollout', key: row.id })
      return { done: true }
    },
  })
