import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import type { CommandContext } from '@fairlead/kernel/context'
import { rolloutScope } from '../application/find-application'
import { shifted, stepsOf } from '../trial/steps'
import { toJson } from '../application/stored'
import { openRolloutStates, openStageStates } from '../rollout/end-rollout'
import type { WorkloadDeps } from '../workload-deps'
import { actedRollout } from './rollout-row'

export const resume = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.resume', {
    scope: rolloutScope,
    run: async (context, input) => {
      const { tx, now, actor } = context
      const { row, projectId } = await actedRollout(context, { action: 'resume', rollout: input.rollout })
      const moved = await tx.rollout.updateMany({
        where: { id: row.id, paused: true, state: { in: openRolloutStates } },
        data: { paused: false, checkAt: now, checkReason: 'Resumed.' },
      })
      if (moved.count === 0) throw new FairleadError('conflict', 'The rollout moved meanwhile; look again.')
      await shiftDeadlines(context, row.id)
      const message = `Resumed by ${actor.name}.`
      await tx.rolloutEntry.create({ data: { rolloutId: row.id, at: now, kind: 'resumed', message } })
      context.change({ topic: 'rollout', key: row.id, projectId })
      context.ring({ doorbell: 'rollout', key: row.id })
      return { done: true }
    },
  })

/** The clocks stood still since the pause: what was left then is left now. */
async function shiftDeadlines({ tx, now }: CommandContext<WorkloadDb>, rolloutId: string): Promise<void> {
  const paused = await tx.rolloutEntry.findFirst({
    where: { rolloutId, kind: 'paused' },
    orderBy: { id: 'desc' },
    select: { at: true },
  })
  const stages = await tx.rolloutStage.findMany({ where: { rolloutId, state: { in: openStageStates } } })
  const lostMs = paused === null ? 0 : Math.max(0, now.getTime() - paused.at.getTime())
  const later = (date: Date | null): Date | null => (date === null ? null : new Date(date.getTime() + lostMs))
  for (const { id, progressAt, totalAt, startedAt, steps } of stages) {
    const trial = stepsOf(steps)
    await tx.rolloutStage.update({
      where: { id },
      data: {
        progressAt: later(progressAt),
        totalAt: later(totalAt),
        startedAt: later(startedAt),
        ...(trial === null ? {} : { steps: toJson(shifted(trial, lostMs)) }),
      },
    })
  }
  // Those of targets in waves, which have their own; each that is null stays so.
  await tx.$executeRaw`
    UPDATE rollout_targets t SET
      "startedAt" = t."startedAt" + ${lostMs} * interval '1 millisecond',
      "progressAt" = t."progressAt" + ${lostMs} * interval '1 millisecond',
      "unreachableAt" = t."unreachableAt" + ${lostMs} * interval '1 millisecond',
      "convergedAt" = CASE WHEN t.state = 'baking' THEN t."convergedAt" + ${lostMs} * interval '1 millisecond'
                           ELSE t."convergedAt" END
    FROM rollout_stages s
    WHERE s.id = t."stageId" AND s."rolloutId" = ${rolloutId}::uuid
      AND t.state IN ('pending', 'applied', 'baking', 'rolling_back')`
}
