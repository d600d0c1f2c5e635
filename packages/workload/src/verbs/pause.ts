import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { rolloutScope } from '../application/find-application'
import { openRolloutStates } from '../rollout/end-rollout'
import type { WorkloadDeps } from '../workload-deps'
import { actedRollout } from './rollout-row'

/** Nothing moves on, the deadlines stand still, and Deployments in progress are paused in their clusters. */
export const pause = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.pause', {
    scope: rolloutScope,
    run: async (context, input) => {
      const { tx, now, actor } = context
      const { row, projectId } = await actedRollout(context, {
        action: 'pause',
        rollout: input.rollout,
        note: { reason: input.reason },
      })
      const moved = await tx.rollout.updateMany({
        where: { id: row.id, paused: false, state: { in: openRolloutStates } },
        data: { paused: true, checkAt: now, checkReason: 'Paused.' },
      })
      if (moved.count === 0) throw new FairleadError('conflict', 'The rollout moved meanwhile; look again.')
      const message = `Paused by ${actor.name}: ${input.reason}`
      await tx.rolloutEntry.create({ data: { rolloutId: row.id, at: now, kind: 'paused', message } })
      context.change({ topic: 'rollout', key: row.id, projectId })
      context.ring({ doorbell: 'rollout', key: row.id })
      return { done: true }
    },
  })
