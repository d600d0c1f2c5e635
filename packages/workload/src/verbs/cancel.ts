import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { rolloutScope } from '../application/find-application'
import { endRollout } from '../rollout/end-rollout'
import type { WorkloadDeps } from '../workload-deps'
import { actedRollout } from './rollout-row'

/** Works in every state and at once, without asking a cluster: what was applied stays, and the next deploy may come. */
export const cancel = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.cancel', {
    scope: rolloutScope,
    run: async (context, input) => {
      const { row, projectId } = await actedRollout(context, {
        action: 'cancel',
        rollout: input.rollout,
        note: { reason: input.reason },
      })
      await endRollout(context, {
        rollout: row,
        projectId,
        state: 'cancelled',
        message: `Cancelled by ${context.actor.name}: ${sentence(input.reason)} The clusters stay as they are.`,
      })
      context.change({ topic: 'application', key: row.applicationId, projectId })
      return { done: true }
    },
  })

const sentence = (reason: string): string => (/[.!?…]$/.test(reason) ? reason : `${reason}.`)
