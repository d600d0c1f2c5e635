import { durationMs, type StageSpec } from '@fairlead/contracts/application'
import { FairleadError } from '@fairlead/contracts/errors'
import { isTerminal, type StageState, type TargetState } from '@fairlead/contracts/rollout-states'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { room } from '@fairlead/kernel/door'
import { rolloutScope } from '../application/find-application'
import { stagesOf, toJson } from '../application/stored'
import { appliedOf } from '../rollout/applied'
import { shownOf } from '../rollout/shown'
import { takenBack } from '../rollout/wave-back'
import type { WorkloadDeps } from '../workload-deps'
import { actedRollout } from './rollout-row'

/** Every target that got the release in this rollout goes back to the verified one, at once; no other gets it. */
export const rollbackWaves = ({ db }: WorkloadDeps) =>
  room<WorkloadDb>(db).command('rollout.rollbackWaves', {
    scope: rolloutScope,
    run: async (context, input) => {
      const { tx, now, actor } = context
      const { row, projectId } = await actedRollout(context, {
        action: 'rollbackWaves',
        rollout: input.rollout,
        note: { reason: input.reason },
      })
      const stage = row.runs.find(({ state }) => !isTerminal.stage(state as StageState))
      const spec = stagesOf(row.stages).find((each) => each.name === stage?.name)
      if (stage === undefined || spec === undefined) throw moved()
      refuseNowhere(stage.baseReleaseId, row)
      const message = `Rolled back by ${actor.name}: ${input.reason}`
      const targets = await takeBack(tx, { stage, spec, releaseId: row.releaseId }, { now, message })
      if (targets === 0)
        throw new FairleadError('conflict', 'No target got the release in this rollout; cancel it instead.')
      await tx.rollout.update({
        where: { id: row.id },
        data: { paused: false, checkAt: now, checkReason: message },
      })
      const entry = { rolloutId: row.id, at: now, stage: stage.name, kind: 'rolling_back' }
      await tx.rolloutEntry.create({ data: { ...entry, message } })
      context.note({ targets })
      context.change({ topic: 'rollout', key: row.id, projectId })
      context.change({ topic: 'application', key: row.applicationId, projectId })
      context.ring({ doorbell: 'rollout', key: row.id })
      return { targets }
    },
  })

const moved = (): FairleadError => new FairleadError('conflict', 'The rollout moved meanwhile; look again.')

function refuseNowhere(
  base: string | null,
  row: { readonly releaseId: string; readonly kind: string },
): void {
  if (row.kind === 'rollback')
    throw new FairleadError('conflict', 'A rollback is never rolled back; deploy instead.')
  if (base === null || base === row.releaseId)
    throw new FairleadError('conflict', 'No other release was ever verified in this stage.', {
      remedy: 'Cancel the rollout, and deploy what should run.',
    })
}

interface TakeBack {
  readonly stage: { readonly id: string; readonly state: string }
  readonly spec: StageSpec
  readonly releaseId: string
}

async function takeBack(
  tx: WorkloadTx,
  { stage, spec, releaseId }: TakeBack,
  { now, message }: { readonly now: Date; readonly message: string },
): Promise<number> {
  const { progress, total } = spec.deadline
  const changed = await tx.rolloutStage.updateMany({
    where: { id: stage.id, state: stage.state },
    data: {
      state: 'rolling_back',
      reason: message,
      evidence: toJson([message]),
      heldAt: null,
      progressAt: new Date(now.getTime() + durationMs(progress)),
      totalAt: new Date(now.getTime() + durationMs(total)),
    },
  })
  if (changed.count === 0) throw moved()
  // A worker that is about to begin one writes that down first: before this, or not at all.
  await tx.$queryRaw`SELECT id FROM rollout_targets WHERE "stageId" = ${stage.id}::uuid FOR UPDATE`
  const rows = await tx.rolloutTarget.findMany({ where: { stageId: stage.id } })
  let back = rows.filter(({ state }) => state === 'rolling_back').length
  for (const row of rows) {
    const target = { id: row.id, state: row.state as TargetState, applied: appliedOf(row.applied) }
    const [write] = takenBack(target, releaseId, message)
    if (write?.state === undefined) continue
    if (write.state === 'rolling_back') back++
    const written = await tx.rolloutTarget.updateMany({
      where: { id: row.id, state: row.state },
      data: {
        state: write.state,
        message,
        progressKey: '',
        // Evidence against this release is none against the one that it goes back to.
        ...(row.observed === null ? {} : { observed: toJson({ ...shownOf(row.observed), earlySince: {} }) }),
      },
    })
    if (written.count === 0) throw moved()
  }
  return back
}
