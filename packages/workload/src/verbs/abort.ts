import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { projectOfRollout } from '../application/find-application'
import { requireAction } from '../rollout/rollout-action'
import type { WorkloadDeps } from '../workload-deps'
import { rolloutRow } from './rollout-row'

/** Ends the trial as evidence against it would: its pods go, and the stage goes back, with its hold. */
export const abort = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.abort', {
    scope: async (context, input) => ({
      kind: 'project',
      projectId: await projectOfRollout(context, input.rollout),
    }),
    run: async (context, input) => {
      const { tx, now, actor } = context
      const { row, facts, name, projectId } = await rolloutRow(tx, input.rollout)
      context.subject({ kind: 'rollout', id: row.id, name })
      context.note({ reason: input.reason })
      requireAction('abort', facts, actor)
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
