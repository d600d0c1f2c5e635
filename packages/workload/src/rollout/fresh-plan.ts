import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import { recheckTargets } from '../application/stage-targets'
import { planStage } from '../plan/stage-plan'
import { toleratesSilence } from '../plan/tolerates-silence'
import { openRelease, releaseById } from '../release/release-store'
import type { WorkloadDeps } from '../workload-deps'
import { trialWish } from '../trial/trial-wish'
import { earlierObjects } from './applied'
import type { FreshPlan, Observation, StageObservation } from './observation'
import { gateProblems } from './observe-gates'
import { isTransient } from './transient'

interface Request {
  readonly rollout: Observation['rollout']
  readonly stage: StageObservation
  readonly now: Date
}

/** Read from Postgres and asked of the clusters, each time: nothing that a bell carries is believed. */
export async function freshPlan(deps: WorkloadDeps, request: Request): Promise<FreshPlan> {
  const { rollout, stage } = request
  const { targets, refused } = await recheckTargets(deps.db, rollout.projectId, stage.targets)
  if (refused.length > 0) return { kind: 'refused', reason: refused.join(' ') }
  try {
    const plan = await planStage(deps, {
      application: rollout.application,
      stage: stage.spec.name,
      release: openRelease(deps.cipher, await releaseById(deps.db, rollout.releaseId)),
      targets,
      earlier: await earlierObjects(deps.db, rollout.applicationId, stage.spec.name),
      problems: await gateProblems(deps, rollout.projectId, stage.gates),
      manner: stage.spec,
      checks: stage.spec.checks,
      wayBack: rollout.kind === 'rollback',
      trial: rollout.kind === 'rollback' ? null : await trialWish(deps.db, { spec: stage.spec, ...rollout }),
      unseen: toleratesSilence(stage.spec),
      confirmed: rollout.confirmedPrune || rollout.kind === 'rollback',
      now: request.now,
    })
    return { kind: 'plan', plan }
  } catch (error) {
    if (isTransient(error)) return { kind: 'unreachable', reason: messageOf(error) }
    if (isFairleadError(error) && error.code === 'invalid') return { kind: 'refused', reason: error.message }
    throw error
  }
}
