import { alwaysOpen } from '@fairlead/contracts/freeze-gate'
import {
  isTerminal,
  type RolloutState,
  type StageState,
  type TargetState,
} from '@fairlead/contracts/rollout-states'
import { manifestsOf, planOf, stagesOf } from '../application/stored'
import { changesNothing } from '../plan/stage-plan'
import { releaseById } from '../release/release-store'
import type { ObserveDeps } from '../trial/metric-source'
import type { WorkloadDeps } from '../workload-deps'
import { observeTrialStage } from '../trial/observe-stage'
import { trialOf } from '@fairlead/contracts/strategy'
import { stepsOf } from '../trial/steps'
import { appliedOf, earlierObjects } from './applied'
import { countedApprovals } from './approvals'
import { freshPlan } from './fresh-plan'
import { gatesOf, nextGate, notesOf } from './gates'
import { isWayBack, type Observation, type StageObservation, type TargetObservation } from './observation'
import { observeGates } from './observe-gates'
import { observeTarget } from './observe-target'
import { observeWaves } from './observe-waves'
import { observeWindow } from './observe-window'
import { after } from './decision'
import { currentStage, isUnderWay } from './plan'
import { marksOf } from './progress'
import { byWave } from './resolve-waves'
import { shownHash, shownOf } from './shown'

/** An apply that was decided but not begun for this long is planned once more: the world has moved on. */
const staleApplyMs = 10_000

/** Everything that the current state of the rollout needs to be decided; null for a key that names no rollout. */
export async function observeRollout(deps: ObserveDeps, id: string, now: Date): Promise<Observation | null> {
  const rows = await readRows(deps, id)
  if (rows === null) return null
  const observation = await baseObservation(deps, rows)
  if (isTerminal.rollout(observation.rollout.state))
    return observation.rollout.paused ? withEveryTarget(deps, observation, now) : observation
  const stage = currentStage(observation)
  if (stage === undefined) return observation
  const asked = performance.now()
  const looked = await observeStage(deps, { observation, stage, rows }, now)
  // Last, and at the time that it is by now: clusters may have taken their time to answer.
  const askedAt = after(now, performance.now() - asked)
  const window = await observeWindow(deps, { rollout: observation.rollout, stage }, askedAt)
  const seen = { ...looked, window }
  return { ...observation, stages: observation.stages.map((other) => (other.id === stage.id ? seen : other)) }
}

type Rows = NonNullable<Awaited<ReturnType<typeof readRows>>>

const readRows = ({ db }: WorkloadDeps, id: string) =>
  db.rollout.findUnique({
    where: { id },
    include: {
      application: { select: { name: true, projectId: true, stages: true } },
      runs: {
        orderBy: { position: 'asc' },
        include: { targets: { orderBy: { id: 'asc' } }, approvals: true },
      },
    },
  })

async function baseObservation({ db }: WorkloadDeps, rows: Rows): Promise<Observation> {
  const specs = stagesOf(rows.stages)
  const clusterIds = rows.runs.flatMap(({ targets }) => targets.map(({ clusterId }) => clusterId))
  const [clusters, release] = await Promise.all([
    db.cluster.findMany({ where: { id: { in: clusterIds } }, select: { id: true, name: true } }),
    db.release.findUnique({ where: { id: rows.releaseId }, select: { number: true } }),
  ])
  const nameOf = (clusterId: string): string =>
    clusters.find(({ id }) => id === clusterId)?.name ?? 'a removed cluster'
  return {
    rollout: {
      id: rows.id,
      number: rows.number,
      kind: rows.kind === 'rollback' ? 'rollback' : 'deploy',
      state: rows.state as RolloutState,
      paused: rows.paused,
      releaseId: rows.releaseId,
      releaseNumber: release?.number ?? 0,
      applicationId: rows.applicationId,
      application: rows.application.name,
      projectId: rows.application.projectId,
      requesterId: rows.requesterId,
      confirmedPrune: rows.confirmedPrune,
    },
    stages: rows.runs.flatMap((run) => {
      const spec = specs.find(({ name }) => name === run.name)
      return spec === undefined ? [] : [stageOf(rows, run, spec, nameOf)]
    }),
  }
}

function stageOf(
  rows: Rows,
  run: Rows['runs'][number],
  spec: StageObservation['spec'],
  nameOf: (clusterId: string) => string,
): StageObservation {
  return {
    id: run.id,
    position: run.position,
    spec,
    state: run.state as StageState,
    plan: planOf(run.plan),
    planDigest: run.planDigest,
    planRequestedAt: run.planRequestedAt,
    baseReleaseId: run.baseReleaseId,
    startedAt: run.startedAt,
    progressAt: run.progressAt,
    totalAt: run.totalAt,
    heldAt: run.heldAt,
    triesFirst:
      trialOf(spec.strategy) !== null &&
      rows.kind === 'deploy' &&
      run.baseReleaseId !== null &&
      run.baseReleaseId !== rows.releaseId,
    steps: stepsOf(run.steps),
    promotedStep: run.promotedStep,
    abortReason: run.abortReason,
    measured: null,
    window: alwaysOpen,
    verifiedReleaseId:
      rows.application.stages.find(({ name }) => name === run.name)?.verifiedReleaseId ?? null,
    approvals: 0,
    fresh: null,
    gates: gatesOf(spec, run.gates),
    notes: notesOf(run.gates),
    targets: run.targets.map((target) => targetOf(target, nameOf(target.clusterId))).toSorted(byWave),
  }
}

function targetOf(target: Rows['runs'][number]['targets'][number], cluster: string): TargetObservation {
  const shown = shownOf(target.observed)
  const { id, clusterId, namespace, message, wave } = target
  const { startedAt, progressAt, convergedAt, unreachableAt, askAt } = target
  return {
    id,
    clusterId,
    cluster,
    namespace,
    state: target.state as TargetState,
    message,
    shown: shownHash(shown),
    applied: appliedOf(target.applied),
    marks: marksOf(target.progressKey),
    earlySince: shown.earlySince,
    refused: shown.refused,
    splits: shown.splits,
    trafficAt: 0,
    live: null,
    turn: null,
    wave,
    startedAt,
    progressAt,
    convergedAt,
    unreachableAt,
    askAt,
  }
}

interface StageRequest {
  readonly observation: Observation
  readonly stage: StageObservation
  readonly rows: Rows
}

async function observeStage(deps: ObserveDeps, request: StageRequest, now: Date): Promise<StageObservation> {
  const { observation, stage } = request
  const { rollout } = observation
  if (rollout.paused && !isUnderWay(stage.state)) return stage
  const plan = () => freshPlan(deps, { rollout, stage, now })
  const asked = { rollout, stage: stage.spec.name, gates: stage.gates }
  switch (stage.state) {
    case 'planning': {
      const fresh = await plan()
      const idle = fresh.kind === 'plan' && changesNothing(fresh.plan) && stage.verifiedReleaseId !== null
      return { ...(idle ? await withLive(deps, observation, stage, now) : stage), fresh }
    }
    case 'awaiting_approval':
      return { ...stage, fresh: await plan(), approvals: await approvalsOf(deps, request) }
    case 'preparing': {
      const seen = { ...stage, gates: await observeGates(deps, asked, 'before') }
      if (nextGate(seen, 'before') !== undefined) return seen
      return { ...seen, fresh: await plan(), approvals: await approvalsOf(deps, request) }
    }
    case 'awaiting_window': {
      const { open } = await observeWindow(deps, { rollout, stage }, now)
      return open ? { ...stage, fresh: await plan(), approvals: await approvalsOf(deps, request) } : stage
    }
    case 'trial':
      return observeTrialStage(deps, { rollout, stage }, now)
    case 'verifying':
      return { ...stage, gates: await observeGates(deps, asked, 'after') }
    case 'applying': {
      const untouched = stage.targets.every(({ state }) => state === 'pending')
      const stale =
        untouched && stage.startedAt !== null && now.getTime() - stage.startedAt.getTime() > staleApplyMs
      if (stage.spec.waves !== undefined) {
        const seen = await observeWaves(deps, { observation, stage }, now)
        return stale ? { ...seen, fresh: await plan() } : seen
      }
      return stale ? { ...(await withLive(deps, observation, stage, now)), fresh: await plan() } : stage
    }
    case 'progressing':
    case 'halted':
      return stage.spec.waves === undefined
        ? withLive(deps, observation, stage, now)
        : observeWaves(deps, { observation, stage }, now)
    case 'rolling_back':
      return withLive(deps, observation, stage, now)
    default:
      return stage
  }
}

async function approvalsOf(deps: WorkloadDeps, { observation, stage, rows }: StageRequest): Promise<number> {
  const run = rows.runs.find(({ id }) => id === stage.id)
  if (stage.spec.approval === undefined || run === undefined) return 0
  return countedApprovals(deps.db, {
    projectId: observation.rollout.projectId,
    requesterId: rows.requesterId,
    approval: stage.spec.approval,
    planDigest: stage.planDigest,
    given: run.approvals,
  })
}

/** Looks at the targets of the stage that still move. */
async function withLive(
  deps: WorkloadDeps,
  observation: Observation,
  stage: StageObservation,
  now: Date,
): Promise<StageObservation> {
  const { rollout } = observation
  const back = stage.state === 'rolling_back'
  const releaseId = back && stage.baseReleaseId !== null ? stage.baseReleaseId : rollout.releaseId
  const release = { id: releaseId, objects: manifestsOf((await releaseById(deps.db, releaseId)).manifests) }
  const earlier = await earlierObjects(deps.db, rollout.applicationId, stage.spec.name)
  const targets = await Promise.all(
    stage.targets.map(async (target): Promise<TargetObservation> => {
      const notYet = back && target.applied.releaseId !== releaseId
      if (isTerminal.target(target.state) || notYet) return target
      const live = await observeTarget(deps.clusters, {
        target,
        application: rollout.application,
        stage: stage.spec.name,
        rolloutId: stage.state === 'planning' ? null : rollout.id,
        release,
        wayBack: isWayBack(rollout, releaseId),
        comesHome: stage.triesFirst && stage.spec.strategy.blueGreen !== undefined,
        earlier: earlier.get(target.clusterId) ?? [],
        now,
      })
      return { ...target, live }
    }),
  )
  return { ...stage, targets }
}

/** For lifting a pause after the end. */
async function withEveryTarget(
  deps: WorkloadDeps,
  observation: Observation,
  now: Date,
): Promise<Observation> {
  const stages = await Promise.all(
    observation.stages.map(async (stage) => {
      const open = stage.targets.filter(({ applied }) => applied.touched.length > 0)
      const seen = await withLive(
        deps,
        observation,
        { ...stage, targets: open.map((target) => ({ ...target, state: 'applied' as const })) },
        now,
      )
      return {
        ...seen,
        targets: seen.targets.map((target, index) => ({
          ...target,
          state: open[index]?.state ?? target.state,
        })),
      }
    }),
  )
  return { ...observation, stages }
}
