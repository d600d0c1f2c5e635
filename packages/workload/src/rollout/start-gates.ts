import { isStillWanted, type ActDeps } from './act'
import type { GateStart } from './decision'
import { answered, gateKey, type GateObservation } from './gates'
import type { Observation } from './observation'

export interface StartedGate {
  readonly stageId: string
  readonly gate: GateObservation
}

/** Asked twice, one run is started: its key says so. */
export async function startGates(
  deps: ActDeps,
  { rollout, stages }: Observation,
  starts: readonly GateStart[],
): Promise<readonly StartedGate[]> {
  const started: StartedGate[] = []
  for (const { stageId, when, position } of starts) {
    const stage = stages.find(({ id }) => id === stageId)
    const gate = stage?.gates.find((each) => each.when === when && each.position === position)
    if (stage === undefined || gate === undefined) continue
    if (!(await isStillWanted(deps, rollout.id))) return started
    const answer = await deps.workflows.runOf({
      projectId: rollout.projectId,
      order: gate.order,
      key: gateKey(rollout.id, stage.spec.name, gate),
      requester: { id: rollout.requesterId, name: `rollout ${rollout.number} of ${rollout.application}` },
    })
    await deps.onStep?.('workflow started')
    started.push({ stageId, gate: answered(gate, answer) })
  }
  return started
}
