import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import type { TargetPlan } from '@fairlead/contracts/rollout'
import { recheckTargets } from '../application/stage-targets'
import { manifestsOf } from '../application/stored'
import { planStage } from '../plan/stage-plan'
import { openRelease, releaseById } from '../release/release-store'
import type { WorkloadDeps } from '../workload-deps'
import { earlierObjectsOn } from './applied'
import {
  isWayBack,
  type Observation,
  type StageObservation,
  type TargetObservation,
  type TurnAnswer,
} from './observation'
import { needsApproval } from './plan-gates'
import { observeTarget } from './observe-target'
import { isTransient } from './transient'
import { placed } from './wave-target'
import { turnOf } from './waves'

interface Scene {
  readonly observation: Observation
  readonly stage: StageObservation
}

/** Looks at the targets that move, and asks those whose turn it is whether they can take the release. */
export async function observeWaves(deps: WorkloadDeps, scene: Scene, now: Date): Promise<StageObservation> {
  const { stage, observation } = scene
  const { waves } = stage.spec
  if (waves === undefined) return stage
  const turn = observation.rollout.paused ? [] : turnOf(waves, stage.targets.map(placed), now).ask
  const asked = stage.state === 'halted' ? turn.filter(({ begun }) => begun) : turn
  const ids = new Set(asked.map(({ id }) => id))
  const moving = stage.targets.filter(
    ({ id, state, applied }) =>
      state === 'applied' ||
      state === 'baking' ||
      state === 'rolling_back' ||
      (ids.has(id) && state === 'pending' && applied.touched.length > 0),
  )
  const looking = { deps, scene, now, clusters: moving.map(({ clusterId }) => clusterId) }
  const [lives, turns] = await Promise.all([
    lookAt(looking, moving),
    planTurns(
      looking,
      asked.filter(({ begun }) => !begun),
    ),
  ])
  return {
    ...stage,
    targets: stage.targets.map((target) => {
      const live = lives.get(target.id) ?? null
      const begunTurn: TurnAnswer | null =
        live === null || target.state !== 'pending'
          ? null
          : live.reachable
            ? { kind: 'ready' }
            : { kind: 'unreachable', reason: live.reason }
      return { ...target, live, turn: turns.get(target.id) ?? begunTurn }
    }),
  }
}

interface Looking {
  readonly deps: WorkloadDeps
  readonly scene: Scene
  readonly now: Date
  readonly clusters: readonly string[]
}

async function lookAt({ deps, scene, now, clusters }: Looking, targets: readonly TargetObservation[]) {
  const { rollout } = scene.observation
  const { stage } = scene
  const base = stage.baseReleaseId
  if (targets.length === 0) return new Map<string, TargetObservation['live']>()
  const manifests = new Map<string, ReturnType<typeof manifestsOf>>()
  for (const id of new Set([rollout.releaseId, ...(targets.some(goesBack) && base !== null ? [base] : [])]))
    manifests.set(id, manifestsOf((await releaseById(deps.db, id)).manifests))
  const earlier = await earlierObjectsOn(deps.db, {
    applicationId: rollout.applicationId,
    stage: stage.spec.name,
    clusters,
  })
  const seen = await Promise.all(
    targets.map(async (target): Promise<[string, TargetObservation['live']]> => {
      const id = goesBack(target) && base !== null ? base : rollout.releaseId
      // It has to be applied first.
      if (goesBack(target) && target.applied.releaseId !== id) return [target.id, null]
      const live = await observeTarget(deps.clusters, {
        target,
        application: rollout.application,
        stage: stage.spec.name,
        rolloutId: rollout.id,
        release: { id, objects: manifests.get(id) ?? [] },
        wayBack: isWayBack(rollout, id),
        earlier: earlier.get(target.clusterId) ?? [],
        now,
      })
      return [target.id, live]
    }),
  )
  return new Map(seen)
}

const goesBack = ({ state }: TargetObservation): boolean => state === 'rolling_back'

/** Hours may lie between the plan and the turn of a target: it is planned once more, alone. */
async function planTurns(looking: Looking, targets: readonly TargetObservation[]) {
  if (targets.length === 0) return new Map<string, TurnAnswer>()
  const { deps, scene } = looking
  const { rollout } = scene.observation
  const [release, earlier] = await Promise.all([
    releaseById(deps.db, rollout.releaseId),
    earlierObjectsOn(deps.db, {
      applicationId: rollout.applicationId,
      stage: scene.stage.spec.name,
      clusters: targets.map(({ clusterId }) => clusterId),
    }),
  ])
  const request = {
    application: rollout.application,
    stage: scene.stage.spec.name,
    release: openRelease(deps.cipher, release),
    earlier,
    problems: [],
    manner: scene.stage.spec,
    trial: null,
    checks: scene.stage.spec.checks,
    wayBack: rollout.kind === 'rollback',
    confirmed: rollout.confirmedPrune || rollout.kind === 'rollback',
    now: looking.now,
  }
  const answers = await Promise.all(
    targets.map(async (target): Promise<[string, TurnAnswer]> => [
      target.id,
      await answerOf(looking, request, target),
    ]),
  )
  return new Map(answers)
}

async function answerOf(
  { deps, scene }: Looking,
  request: Omit<Parameters<typeof planStage>[1], 'targets'>,
  target: TargetObservation,
): Promise<TurnAnswer> {
  const { targets, refused } = await recheckTargets(deps.db, scene.observation.rollout.projectId, [target])
  const [reason] = refused
  if (reason !== undefined) return { kind: 'blocked', reason }
  try {
    const plan = await planStage(deps, { ...request, targets })
    if (plan.blockers.length > 0) return { kind: 'blocked', reason: plan.blockers.join(' ') }
    const [fresh] = plan.targets
    return fresh === undefined ? { kind: 'ready' } : heldAgainst(scene, target, fresh)
  } catch (error) {
    if (isTransient(error)) return { kind: 'unreachable', reason: messageOf(error) }
    if (isFairleadError(error) && (error.code === 'invalid' || error.code === 'not_found'))
      return { kind: 'blocked', reason: error.message }
    throw error
  }
}

/** What people approved is what happens; a target that could not be asked then was approved unseen. */
function heldAgainst(
  { observation, stage }: Scene,
  target: TargetObservation,
  fresh: TargetPlan,
): TurnAnswer {
  const approved = stage.plan?.targets.find(
    ({ cluster, namespace }) => cluster.id === target.clusterId && namespace === target.namespace,
  )
  if (!needsApproval(observation, stage) || approved === undefined || approved.unreachable !== undefined)
    return { kind: 'ready' }
  const hashes = (plan: TargetPlan): string =>
    JSON.stringify(plan.objects.map(({ kind, name, change, hash }) => [kind, name, change, hash]))
  if (hashes(approved) === hashes(fresh)) return { kind: 'ready' }
  return {
    kind: 'changed',
    reason: `${target.cluster} is no longer as it was when its plan was approved.`,
  }
}
