import type { RolloutAction, RolloutState, StageState } from '@fairlead/contracts/rollout-states'
import type { WorkloadDb, WorkloadTx } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { CommandContext } from '@fairlead/kernel/context'
import { stagesOf } from '../application/stored'
import { requireAction, type ActionFacts } from '../rollout/rollout-action'

async function rolloutRow(db: Pick<WorkloadDb | WorkloadTx, 'rollout'>, id: string) {
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

interface Acting {
  readonly action: RolloutAction
  readonly rollout: string
  /** For the audit log, which has it of a refusal too. */
  readonly note?: Readonly<Record<string, unknown>>
}

/** What a verb must know of a rollout before it changes it, once the table in contracts lets it. */
export async function actedRollout({ tx, actor, subject, note }: CommandContext<WorkloadDb>, acting: Acting) {
  const { row, facts, name, projectId } = await rolloutRow(tx, acting.rollout)
  subject({ kind: 'rollout', id: row.id, name })
  if (acting.note !== undefined) note(acting.note)
  requireAction(acting.action, facts, actor)
  return { row, projectId }
}
