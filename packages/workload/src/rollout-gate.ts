import type { RolloutGate } from '@fairlead/contracts/gates'
import {
  rolloutStates,
  stageStates,
  type RolloutState,
  type StageState,
} from '@fairlead/contracts/rollout-states'
import type { WorkloadDb } from '@fairlead/db/views'

/** How the newest rollout of an application stands, for tasks of a workflow that wait for it. */
export const rolloutGate = (db: Pick<WorkloadDb, 'rollout' | 'application'>): RolloutGate => ({
  stateOf: async ({ projectId, application, stage }) => {
    const found = await db.application.findUnique({
      where: { projectId_name: { projectId, name: application } },
      select: { id: true },
    })
    if (found === null)
      return { kind: 'refused', reason: `There is no application ${application} in this project.` }
    const rollout = await db.rollout.findFirst({
      where: { applicationId: found.id },
      orderBy: { number: 'desc' },
      select: { number: true, state: true, runs: { select: { name: true, state: true, reason: true } } },
    })
    if (rollout === null)
      return { kind: 'rollout', state: 'moving', reason: `${application} has had no rollout yet.` }
    const name = `Rollout ${rollout.number} of ${application}`
    if (stage === null) {
      const state = rollout.state as RolloutState
      return standing(name, rolloutStates[state], state === 'succeeded')
    }
    const run = rollout.runs.find((each) => each.name === stage)
    if (run === undefined) return { kind: 'refused', reason: `${application} has no stage ${stage}.` }
    const state = run.state as StageState
    return standing(`${name}, stage ${stage}`, stageStates[state], state === 'converged')
  },
})

function standing(name: string, state: { readonly word: string; readonly terminal: boolean }, fine: boolean) {
  return {
    kind: 'rollout',
    state: fine ? 'converged' : state.terminal ? 'failed' : 'moving',
    reason: `${name}: ${state.word.toLowerCase()}.`,
  } as const
}
