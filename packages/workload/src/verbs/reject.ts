import { room } from '@fairlead/kernel/door'
import type { WorkloadDb } from '@fairlead/db/views'
import { rolloutScope } from '../application/find-application'
import { endRollout } from '../rollout/end-rollout'
import type { WorkloadDeps } from '../workload-deps'
import { decidedStage, writeDecision } from './decided-stage'

/** One rejection ends the rollout; nothing of the stage was applied. */
export const reject = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.reject', {
    scope: rolloutScope,
    run: async (context, input) => {
      const decided = await decidedStage(context, 'reject', input)
      await writeDecision(context, decided, 'rejected', input.reason)
      await endRollout(context, {
        rollout: decided.row,
        projectId: decided.projectId,
        state: 'rejected',
        message: `Rejected by ${context.actor.name}: ${input.reason}`,
      })
      return { done: true }
    },
  })
