import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { room } from '@fairlead/kernel/door'
import { rolloutScope } from '../application/find-application'
import { firstStep, stepsOf } from '../trial/steps'
import type { WorkloadDeps } from '../workload-deps'
import { actedRollout } from './rollout-row'

/** Ends the pause of the step that was seen, and stands for an analysis that could not tell; a failed one stays failed. */
export const promote = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.promote', {
    scope: rolloutScope,
    run: async (context, input) => {
      const { tx, now, actor } = context
      const { row, projectId } = await actedRollout(context, {
        action: 'promote',
        rollout: input.rollout,
        note: { stage: input.stage, step: input.step },
      })
      const stage = row.runs.find((run) => run.name === input.stage)
      if (stage === undefined) throw notFound('stage')
      const at = (stepsOf(stage.steps) ?? firstStep).at
      if (stage.state !== 'trial' || at !== input.step)
        throw new FairleadError('stale', 'The trial is at another step by now; look again and decide then.', {
          path: 'step',
          found: String(input.step + 1),
          expected: String(at + 1),
        })
      const moved = await tx.rolloutStage.updateMany({
        where: { id: stage.id, state: 'trial', promotedStep: { lt: input.step } },
        data: { promotedStep: input.step },
      })
      if (moved.count === 0) throw new FairleadError('conflict', 'This step was promoted already.')
      await tx.rollout.update({ where: { id: row.id }, data: { checkAt: now, checkReason: 'Promoted.' } })
      const message = `${actor.name} promoted step ${input.step + 1}.`
      await tx.rolloutEntry.create({
        data: { rolloutId: row.id, at: now, stage: stage.name, kind: 'step_promoted', message },
      })
      context.change({ topic: 'rollout', key: row.id, projectId })
      context.ring({ doorbell: 'rollout', key: row.id })
      return { done: true }
    },
  })
