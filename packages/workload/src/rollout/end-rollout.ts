import {
  isTerminal,
  rolloutStates,
  stageStates,
  targetStates,
  type RolloutState,
  type StageState,
} from '@fairlead/contracts/rollout-states'
import { FairleadError } from '@fairlead/contracts/errors'
import type { WorkloadDb } from '@fairlead/db/views'
import type { CommandContext } from '@fairlead/kernel/context'
import { goesOnWords, notesOf } from './gates'

const namesOf = (table: Readonly<Record<string, { readonly terminal: boolean }>>): string[] =>
  Object.keys(table).filter((name) => table[name]?.terminal === false)
export const openRolloutStates = namesOf(rolloutStates)
export const openStageStates = namesOf(stageStates)
export const openTargetStates = namesOf(targetStates)

type Ending = Extract<RolloutState & StageState, 'cancelled' | 'superseded' | 'rejected'>

interface End {
  readonly rollout: { readonly id: string; readonly state: string; readonly paused: boolean }
  readonly projectId: string
  readonly state: Ending
  readonly message: string
}

/**
 * Ends a rollout by a person's word, in whatever state: the clusters stay as they are, only a pause is lifted. A workflow
 * that it started goes on too, for half a migration is worse than a whole one; the message says so.
 */
export async function endRollout(context: CommandContext<WorkloadDb>, end: End): Promise<void> {
  const { tx, now } = context
  const { rollout, state } = end
  if (isTerminal.rollout(rollout.state as RolloutState)) throw endedAlready()
  const open = await tx.rolloutStage.findMany({
    where: { rolloutId: rollout.id, state: { in: openStageStates } },
    orderBy: { position: 'asc' },
    select: { id: true, gates: true, heldAt: true },
  })
  // What a window paused in a cluster is lifted after the end as what a person paused is.
  const paused = rollout.paused || open.some(({ heldAt }) => heldAt !== null)
  const message = [end.message, goesOnWords(open.flatMap(({ gates }) => notesOf(gates)))]
    .filter((words) => words !== '')
    .join(' ')
  const moved = await tx.rollout.updateMany({
    where: { id: rollout.id, state: { in: openRolloutStates } },
    data: { state, finishedAt: now, paused, checkAt: paused ? now : null, checkReason: message },
  })
  if (moved.count === 0) throw endedAlready()
  for (const [index, { id }] of open.entries())
    await tx.rolloutStage.updateMany({
      where: { id },
      data: {
        state: index === 0 || state === 'superseded' ? state : 'skipped',
        reason: message,
        finishedAt: now,
        progressAt: null,
        totalAt: null,
      },
    })
  await tx.rolloutTarget.updateMany({
    where: { stage: { rolloutId: rollout.id }, state: { in: openTargetStates } },
    data: { state: 'cancelled', message },
  })
  await tx.rolloutEntry.create({ data: { rolloutId: rollout.id, at: now, kind: state, message } })
  context.change({ topic: 'rollout', key: rollout.id, projectId: end.projectId })
  context.change({ topic: 'approval', key: rollout.id, projectId: end.projectId })
  if (paused) context.ring({ doorbell: 'rollout', key: rollout.id })
}

const endedAlready = (): FairleadError => new FairleadError('conflict', 'The rollout has ended already.')

export async function supersedeOlder(
  context: CommandContext<WorkloadDb>,
  application: { readonly id: string; readonly projectId: string },
  number: number,
): Promise<void> {
  const older = await context.tx.rollout.findMany({
    where: { applicationId: application.id, state: { in: openRolloutStates } },
    select: { id: true, state: true, paused: true },
  })
  for (const rollout of older)
    await endRollout(context, {
      rollout,
      projectId: application.projectId,
      state: 'superseded',
      message: `Superseded by rollout ${number}.`,
    })
}
