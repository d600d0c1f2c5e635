import { durationMs } from '@fairlead/contracts/duration'
import { frozenWords } from '@fairlead/contracts/freeze-gate'
import { isTerminal } from '@fairlead/contracts/rollout-states'
import type { WavesSpec } from '@fairlead/contracts/waves'
import { act, after, earliest, move, wait, type Action, type Decision, type TargetWrite } from './decision'
import { endFailed, failStage, noWayBack } from './failing'
import type { Observation, StageObservation } from './observation'
import { ofCluster } from './of-cluster'
import { targetsConverged } from './plan-gates'
import { isHeld, reopening } from './plan-window'
import { isStalled } from './deadlines'
import { standStill } from './stand-still'
import { keepUp, unstick } from './upkeep'
import { nextLook, waveWords } from './wave-words'
import {
  alone,
  failed,
  placed,
  seen,
  settle,
  type PlacedTarget,
  type Settled,
  type WaveScene,
} from './wave-target'
import { inFlight, spentOf, startable, turnOf, unreachableFailsAt } from './waves'

/**
 * A stage whose targets take turns: what a stage without waves decides of all of them at once is decided of each here, and
 * whose turn it is comes from rollout/waves.ts. Everything that it goes by is in the rows of its targets, so a worker that
 * dies anywhere is followed by one that decides the same.
 */
export function planWaves(observation: Observation, stage: StageObservation, now: Date): Decision {
  const spec = stage.spec.waves
  if (spec === undefined)
    return endFailed(observation, stage, { reason: 'The stage has no waves.', evidence: [] }, now)
  const scene: WaveScene = { observation, stage, now }
  if (observation.rollout.paused || isHeld(stage)) return stand(scene)
  return (
    overspent(scene, spec) ??
    // First what has come to an end, its deadline included: putting right may be tried for ever.
    settleAll(scene, spec) ??
    putRight(scene) ??
    beginProgress(scene) ??
    finish(scene) ??
    startNext(scene, spec) ??
    waitForMore(scene, spec)
  )
}

/** As one rollout: the Deployments in progress are paused where they are. */
function stand({ observation, stage, now }: WaveScene): Decision {
  const moving = stage.targets.filter(({ state }) => state === 'applied')
  return (
    keepUp({ ...stage, targets: moving }, observation.rollout.releaseId, true) ??
    standStill(observation, stage, now)
  )
}

/** More failed than may: what got the release goes back, or, where it can't, nothing else gets it. */
function overspent({ observation, stage, now }: WaveScene, spec: WavesSpec): Decision | null {
  const spent = spentOf(stage.targets)
  if (stage.state === 'halted' || spent <= spec.failureBudget) return null
  const bad = stage.targets.filter(
    ({ state }) => state === 'failed' || state === 'rolling_back' || state === 'rolled_back',
  )
  const evidence = bad.map(({ cluster, message }) => ofCluster(cluster, message))
  const allowed = spec.failureBudget === 0 ? 'none may' : `${spec.failureBudget} may`
  const reason = `The failure budget is spent: ${spent} of ${stage.targets.length} targets failed, ${allowed}.`
  if (stage.targets.every(({ applied }) => applied.touched.length === 0))
    return endFailed(observation, stage, { reason: `${reason} Nothing was applied.`, evidence }, now)
  const closed = noWayBack(observation, stage)
  if (closed === null) return failStage(observation, stage, { reason, evidence }, now)
  const words = `${reason} Halted: no further target is begun. ${closed}`
  return move(words, {
    stages: [{ id: stage.id, from: stage.state, state: 'halted', reason: words, evidence }],
    entries: [{ stage: stage.spec.name, cluster: null, kind: 'halted', message: words, audit: true }],
  })
}

/** What must be put right in clusters before they are judged. */
function putRight({ observation, stage, now }: WaveScene): Decision | null {
  const { releaseId, kind } = observation.rollout
  const base = stage.baseReleaseId
  const back = stage.targets.filter(({ state }) => state === 'rolling_back')
  const forth = stage.targets.filter(({ state }) => state === 'applied' || state === 'baking')
  const actions: Action[] = [
    ...back
      .filter(({ applied, live }) => applied.releaseId !== base && (live === null || live.reachable))
      .flatMap(({ id }): Action[] =>
        base === null ? [] : [{ kind: 'apply', targetId: id, releaseId: base }],
      ),
    ...(base === null ? [] : (keepUp({ ...stage, targets: back }, base, false)?.actions ?? [])),
    ...(keepUp({ ...stage, targets: forth }, releaseId, false)?.actions ?? []),
  ]
  if (actions.length > 0) return act(actions, 'Putting the targets right.')
  const freed = [
    ...(unstick(back.filter(({ applied }) => applied.releaseId === base))?.actions ?? []),
    ...forth.flatMap(
      (target) =>
        unstick([target], kind !== 'rollback' && !isStalled(alone(stage, target), now))?.actions ?? [],
    ),
  ]
  return freed.length === 0 ? null : act(freed, 'Deleting the pods that hold their StatefulSets up.')
}

/** Targets that arrived, baked, went back or failed. */
function settleAll(scene: WaveScene, spec: WavesSpec): Decision | null {
  const { stage } = scene
  const all = stage.targets.map(placed)
  const settled = all.flatMap((target): (Settled & { cluster: string })[] => {
    const found = settle(scene, target) ?? silentTooLong(scene, { spec, all, target })
    return found === null ? [] : [{ ...found, cluster: target.cluster }]
  })
  if (settled.length === 0) return null
  return move(settled.map(({ cluster, message }) => ofCluster(cluster, message)).join(' '), {
    targets: settled.map(({ write }) => write),
    entries: settled.map(({ cluster, kind, message }) => ({
      stage: stage.spec.name,
      cluster,
      kind,
      message,
      ...(kind === 'target_failed' ? { audit: true } : {}),
    })),
  })
}

interface Silent {
  readonly spec: WavesSpec
  readonly all: readonly PlacedTarget[]
  readonly target: PlacedTarget
}

function silentTooLong(scene: WaveScene, { spec, all, target }: Silent): Settled | null {
  const { now } = scene
  if (target.live?.reachable === true || target.turn?.kind === 'ready') return null
  const at = unreachableFailsAt(spec, target, all)
  if (at === null || now < at) return null
  const since = target.unreachableAt?.toISOString() ?? ''
  const reason = `Its cluster has not answered since ${since}, which counts as a failure.`
  return failed(scene, target, { reason, evidence: [] })
}

function beginProgress({ stage }: WaveScene): Decision | null {
  if (stage.state !== 'applying' || stage.targets.every(({ state }) => state === 'pending')) return null
  const reason = 'Rolling out in waves.'
  return move(reason, { stages: [{ id: stage.id, from: stage.state, state: 'progressing', reason }] })
}

function finish({ observation, stage, now }: WaveScene): Decision | null {
  if (stage.state === 'halted' || !stage.targets.every(({ state }) => isTerminal.target(state))) return null
  const there = stage.targets.filter(({ state }) => state === 'converged').length
  const missing = stage.targets.length - there
  if (there === 0) {
    const reason = 'No target runs this release: every one of them failed.'
    return endFailed(observation, stage, { reason, evidence: [] }, now)
  }
  return targetsConverged(
    observation,
    stage,
    now,
    missing === 0
      ? undefined
      : `${there} of ${stage.targets.length} targets run this release; ${missing} failed, within the budget.`,
  )
}

function startNext({ observation, stage, now }: WaveScene, spec: WavesSpec): Decision | null {
  if (stage.state === 'halted') return seeToEnd(observation, stage, now)
  const turn = turnOf(spec, stage.targets.map(placed), now)
  const changed = turn.ask.find((target) => target.turn?.kind === 'changed')
  if (changed?.turn?.kind === 'changed') return haltChanged(stage, changed.turn.reason)
  const ready = startable(turn, (target) => target.turn?.kind === 'ready')
  // Where nothing at all is begun yet, plan-window.ts keeps the window.
  const untouched = stage.targets.every(
    ({ state, applied }) => state === 'pending' && applied.touched.length === 0,
  )
  const open = stage.window.open || (stage.state === 'applying' && untouched)
  const next = ready.filter(({ begun }) => begun || open)
  return next.length === 0 ? null : begin(observation, stage, { next, now })
}

/** What a crash left begun is finished even in a halted stage: half a release is worse than all of it. */
function seeToEnd(observation: Observation, stage: StageObservation, now: Date): Decision | null {
  const next = stage.targets.map(placed).filter((target) => target.begun && target.turn?.kind === 'ready')
  const begun = next.filter(({ state }) => state === 'pending')
  return begun.length === 0 ? null : begin(observation, stage, { next: begun, now })
}

interface Begin {
  readonly next: readonly PlacedTarget[]
  readonly now: Date
}

function begin({ rollout }: Observation, { spec }: StageObservation, { next, now }: Begin): Decision {
  const progressAt = after(now, durationMs(spec.deadline.progress))
  return act(
    next.map(({ id }): Action => ({ kind: 'apply', targetId: id, releaseId: rollout.releaseId })),
    `Applying to ${next.map(({ cluster }) => cluster).join(', ')}.`,
    {
      targets: next.map(({ id, state }): TargetWrite => ({
        id,
        from: state,
        startedAt: now,
        progressAt,
        unreachableAt: null,
        askAt: null,
      })),
    },
  )
}

/** Somebody approved something else: nothing is applied that was not, and a person looks. */
function haltChanged(stage: StageObservation, what: string): Decision {
  const reason = `Halted: ${what} Deploy again to have the plan of today approved.`
  return move(reason, {
    stages: [{ id: stage.id, from: stage.state, state: 'halted', reason }],
    entries: [{ stage: stage.spec.name, cluster: null, kind: 'halted', message: reason, audit: true }],
  })
}

function waitForMore(scene: WaveScene, spec: WavesSpec): Decision {
  const { stage, now } = scene
  const targets = stage.targets.flatMap((target) => seen(scene, target))
  const idle = !stage.targets.map(placed).some(inFlight)
  const closed = !stage.window.open && idle ? stage.window : null
  const reason = closed === null ? waveWords(stage, spec, now) : frozenWords(closed)
  const until =
    closed === null
      ? nextLook(stage, spec, now)
      : earliest(reopening(closed, now), nextLook(stage, spec, now))
  // Why it was halted stands until somebody decides.
  const stages = stage.state === 'halted' ? [] : [{ id: stage.id, from: stage.state, reason }]
  return wait(until, reason, { stages, targets })
}
