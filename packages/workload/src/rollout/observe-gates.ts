import type { WorkloadDeps } from '../workload-deps'
import { answered, gateKey, isOpenGate, type GateObservation, type GateTime } from './gates'

interface Asked {
  readonly rollout: { readonly id: string; readonly projectId: string }
  readonly stage: string
  readonly gates: readonly GateObservation[]
}

export async function lookAt(
  { workflows }: Pick<WorkloadDeps, 'workflows'>,
  { rollout, stage }: Omit<Asked, 'gates'>,
  gate: GateObservation,
): Promise<GateObservation> {
  const { projectId, id } = rollout
  const key = gateKey(id, stage, gate)
  const answer = await workflows.standingOf({ projectId, order: gate.order, key })
  if (answer !== null) return answered(gate, answer)
  if (gate.run !== null) return answered(gate, { kind: 'refused', reason: 'Its run is gone.' })
  return { ...gate, state: 'not_started', silentSince: null, reason: '' }
}

/** Asks up to the first that hasn't succeeded: the others wait for it. What has succeeded has, whoever clears it later. */
export async function observeGates(
  deps: Pick<WorkloadDeps, 'workflows'>,
  asked: Asked,
  when: GateTime,
): Promise<readonly GateObservation[]> {
  const seen: GateObservation[] = []
  let open = true
  for (const gate of asked.gates) {
    const look: boolean = open && gate.when === when && (gate.run !== null || isOpenGate(gate))
    const now: GateObservation = look && gate.state !== 'succeeded' ? await lookAt(deps, asked, gate) : gate
    if (gate.when === when) open &&= now.state === 'succeeded'
    seen.push(now)
  }
  return seen
}

/** For screens: a run that an ended rollout left behind goes on being looked at. */
export const currentGates = (
  deps: Pick<WorkloadDeps, 'workflows'>,
  asked: Omit<Asked, 'gates'>,
  gates: readonly GateObservation[],
): Promise<readonly GateObservation[]> =>
  Promise.all(gates.map((gate) => (gate.run !== null && isOpenGate(gate) ? lookAt(deps, asked, gate) : gate)))

/** What would keep the workflows and DAGs that have not run yet from being started. */
export async function gateProblems(
  { workflows }: Pick<WorkloadDeps, 'workflows'>,
  projectId: string,
  gates: readonly GateObservation[],
): Promise<readonly string[]> {
  const problems = await Promise.all(
    gates
      .filter(({ state }) => state === 'not_started')
      .map(({ order }) => workflows.problemOf({ projectId, order })),
  )
  return [...new Set(problems.filter((problem) => problem !== null))]
}
