import { alwaysOpen, together, type FreezeAnswer } from '@fairlead/contracts/freeze-gate'
import type { WorkloadDeps } from '../workload-deps'
import type { Observation, StageObservation } from './observation'

type Rollout = Pick<Observation['rollout'], 'id' | 'kind' | 'application' | 'projectId'>
interface Stage {
  readonly state: StageObservation['state']
  readonly targets: readonly { readonly clusterId: string; readonly namespace: string }[]
}

/**
 * Whether the stage's clusters may be changed. A stage is one change: it is closed where one of its targets is. What rolls
 * back by itself is never asked: it restores what was verified, and half a broken release is what a freeze is feared for.
 */
export async function observeWindow(
  { freeze }: Pick<WorkloadDeps, 'freeze'>,
  { rollout, stage }: { readonly rollout: Rollout; readonly stage: Stage },
  now: Date,
): Promise<FreezeAnswer> {
  if (stage.state === 'rolling_back') return alwaysOpen
  const action = rollout.kind === 'rollback' ? 'rollback' : 'deploy'
  const application = { projectId: rollout.projectId, name: rollout.application }
  const answers = await Promise.all(
    stage.targets.map(({ clusterId, namespace }) =>
      freeze.ask({ action, clusterId, namespace, application, rollout: rollout.id }, now),
    ),
  )
  return together(answers)
}
