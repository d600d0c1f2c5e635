import { FairleadError } from '@fairlead/contracts/errors'
import { isTerminal, type StageState } from '@fairlead/contracts/rollout-states'
import type { WorkloadDb } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { rolloutScope } from '../application/find-application'
import type { WorkloadDeps } from '../workload-deps'
import { actedRollout } from './rollout-row'

/** For good: no further target of the stage is begun; what was begun is seen to its end, and a person decides. */
export const halt = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.halt', {
    scope: rolloutScope,
    run: async (context, input) => {
      const { tx, now, actor } = context
      const { row, projectId } = await actedRollout(context, {
        action: 'halt',
        rollout: input.rollout,
        note: { reason: input.reason },
      })
      const stage = row.runs.find(({ state }) => !isTerminal.stage(state as StageState))
      const reason = `Halted by ${actor.name}: ${input.reason}`
      const moved = await tx.rolloutStage.updateMany({
        where: { id: stage?.id ?? '', state: stage?.state ?? '' },
        data: { state: 'halted', reason },
      })
      if (moved.count === 0) throw new FairleadError('conflict', 'The rollout moved meanwhile; look again.')
      await tx.rollout.update({ where: { id: row.id }, data: { checkAt: now, checkReason: reason } })
      const entry = { rolloutId: row.id, at: now, stage: stage?.name ?? null, kind: 'halted' }
      await tx.rolloutEntry.create({ data: { ...entry, message: reason } })
      context.change({ topic: 'rollout', key: row.id, projectId })
      context.change({ topic: 'application', key: row.applicationId, projectId })
      context.ring({ doorbell: 'rollout', key: row.id })
      return { done: true }
    },
  })
