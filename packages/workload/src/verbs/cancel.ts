import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { projectOfRollout } from '../application/find-application'
import { endRollout } from '../rollout/end-rollout'
import { requireAction } from '../rollout/rollout-action'
import type { WorkloadDeps } from '../workload-deps'
import { rolloutRow } from './rollout-row'

/** Works in every state and at once, without asking a cluster: what was applied stays, and the next deploy may come. */
export const cancel = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.cancel', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: await projectOfRollout(context, input.rollout),
    }),
    run: async (context, input) => {
      const { row, facts, name, projectId } = await rolloutRow(context.tx, input.rollout)
      context.subject({ kind: 'rollout', id: row.id, name })
      context.note({ reason: input.reason })
      requireAction('cancel', facts, context.actor)
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
