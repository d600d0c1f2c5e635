import type { RolloutState, StageState } from '@fairlead/contracts/rollout-states'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import { stagesOf } from '../application/stored'
import type { ActionFacts } from '../rollout/rollout-action'

/** What a verb must know of a rollout before it changes it. */
export async function rolloutRow(db: Pick<WorkloadDb | WorkloadTx, 'rollout'>, id: string) {
  const row = await db.rollout.findUnique({
    where: { id },
    include: {
      application: { select: { id: true, name: true, projectId: true } },
      runs: { orderBy: { position: 'asc' } },
    },
  })
  if (row === null) throw notFound('rollout')
  const specs = stagesOf(row.stages)
  const facts: ActionFacts = {
    state: row.state as RolloutState,
    paused: row.paused,
    projectId: row.application.projectId,
    stages: row.runs.map(({ state, name }) => ({
      state: state as StageState,
      inWaves: specs.find((spec) => spec.name === name)?.waves !== undefined,
    })),
  }
  return { row, facts, name: `${row.application.name} #${row.number}`, projectId: row.application.projectId }
}
