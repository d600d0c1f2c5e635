import { durationMs } from '@fairlead/contracts/duration'
import { isTerminal } from '@fairlead/contracts/rollout-states'
import { afterGap, deadlineFailure, isPausedByManifest, observed, totalFailure } from './deadlines'
import { after, type TargetWrite } from './decision'
import { noWayBack, type Failure } from './failing'
import { failureOf } from './judge'
import type { Observation, StageObservation, TargetObservation } from './observation'
import { provenWords } from './proven-words'
import { hasArrived } from './upkeep'
import type { WaveTarget } from './waves'

export type PlacedTarget = TargetObservation & WaveTarget

export const placed = (target: TargetObservation): PlacedTarget => ({
  ...target,
  begun: target.applied.touched.length > 0,
})

export interface WaveScene {
  readonly observation: Observation
  readonly stage: StageObservation
  readonly now: Date
}

export interface Settled {
  readonly write: TargetWrite
  readonly kind: string
  readonly message: string
}

/** A target's own deadlines, as a stage that has no other would keep them. */
export const alone = (stage: StageObservation, target: TargetObservation): StageObservation => ({
  ...stage,
  targets: [target],
  progressAt: target.progressAt,
  totalAt: target.startedAt === null ? null : after(target.startedAt, durationMs(stage.spec.deadline.total)),
})

export const bakeEndsAt = ({ spec }: StageObservation, { convergedAt }: TargetObservation): Date | null =>
  convergedAt === null ? null : after(convergedAt, durationMs(spec.waves?.bake ?? '0s'))

/** Whether a target has come to something that ends its state: arrived, baked, back, failed; null while it hasn't. */
export function settle(scene: WaveScene, target: TargetObservation): Settled | null {
  switch (target.state) {
    case 'applied':
      return hasArrived(target) ? arrived(scene, target) : failed(scene, target, lateOf(scene, target))
    case 'baking':
      return baked(scene, target)
    case 'rolling_back':
      return wentBack(scene, target)
    case 'pending':
      return target.turn?.kind === 'blocked' ? refused(target, target.turn.reason) : null
    default:
      return null
  }
}

function arrived({ stage, now }: WaveScene, target: TargetObservation): Settled {
  const bakes = durationMs(stage.spec.waves?.bake ?? '0s') > 0
  const words = provenWords(target.live)
  const message = bakes ? `${words} It bakes for ${stage.spec.waves?.bake ?? ''}.` : words
  const state = bakes ? 'baking' : 'converged'
  const write = { id: target.id, from: target.state, state, convergedAt: now, message } as const
  return {
    write: { ...write, unreachableAt: null },
    kind: bakes ? 'target_baking' : 'target_converged',
    message,
  }
}

function baked(scene: WaveScene, target: TargetObservation): Settled | null {
  const { stage, now } = scene
  const endsAt = bakeEndsAt(stage, target)
  const failure = failureOf(stage, target, now)
  if (failure !== null) return failed(scene, target, failure)
  if (endsAt === null || now < endsAt || target.live === null || !target.live.reachable) return null
  if (hasArrived(target)) {
    const message = provenWords(target.live)
    return {
      write: { id: target.id, from: target.state, state: 'converged', message },
      kind: 'target_converged',
      message,
    }
  }
  if (now < after(endsAt, durationMs(stage.spec.deadline.progress))) return null
  return failed(scene, target, {
    reason: `${target.cluster} was not well at the end of its bake, nor for ${stage.spec.deadline.progress} after it.`,
    evidence: [],
  })
}

function wentBack(scene: WaveScene, target: TargetObservation): Settled | null {
  const { stage, now } = scene
  const base = stage.baseReleaseId
  const applied = target.applied.releaseId === base
  if (applied && hasArrived(target)) {
    const message = 'Runs the last verified release again.'
    return {
      write: { id: target.id, from: target.state, state: 'rolled_back', message, unreachableAt: null },
      kind: 'target_rolled_back',
      message: `${target.message} ${message}`,
    }
  }
  const failure =
    (applied ? failureOf(stage, target, now) : null) ?? deadlineFailure(alone(stage, target), now)
  if (failure === null) return null
  const message = `The rollback failed: ${failure.reason} A rollback is never rolled back.`
  return {
    write: { id: target.id, from: target.state, state: 'failed', message },
    kind: 'target_failed',
    message,
  }
}

/** Not converged in its own time; a gap in what is seen of it is no evidence. */
function lateOf({ stage, now }: WaveScene, target: TargetObservation): Failure | null {
  const own = alone(stage, target)
  const failure = failureOf(stage, target, now)
  if (failure !== null) return failure
  const unjudged = target.live === null || !target.live.reachable || isPausedByManifest(own)
  return unjudged || observed([target], now).progressed ? totalFailure(own, now) : deadlineFailure(own, now)
}

/** One that failed goes back alone, where there is a way back. */
export function failed(
  { observation, stage, now }: WaveScene,
  target: TargetObservation,
  failure: Failure | null,
): Settled | null {
  if (failure === null) return null
  const closed = noWayBack(observation, alone(stage, target))
  const reached = target.live !== null && target.live.reachable
  const goesBack = closed === null && reached
  const message = goesBack ? failure.reason : `${failure.reason} ${closed ?? 'It could not be taken back.'}`
  const write: TargetWrite = goesBack
    ? {
        id: target.id,
        from: target.state,
        state: 'rolling_back',
        message,
        marks: {},
        earlySince: {},
        startedAt: now,
        progressAt: after(now, durationMs(stage.spec.deadline.progress)),
        unreachableAt: null,
      }
    : { id: target.id, from: target.state, state: 'failed', message }
  return { write, kind: 'target_failed', message: goesBack ? `${message} Rolling it back.` : message }
}

function refused(target: TargetObservation, reason: string): Settled {
  const message = `It can't take the release: ${reason} Nothing was applied there.`
  return {
    write: { id: target.id, from: target.state, state: 'failed', message },
    kind: 'target_failed',
    message,
  }
}

const askAgainMs = 10_000

/** What was seen of a target that goes on: its progress, and whether its cluster answers. */
export function seen({ stage, now }: WaveScene, target: TargetObservation): TargetWrite[] {
  if (isTerminal.target(target.state)) return []
  const { id, state, unreachableAt } = target
  const reason =
    target.live !== null && !target.live.reachable
      ? target.live.reason
      : target.turn?.kind === 'unreachable'
        ? target.turn.reason
        : null
  if (reason !== null)
    return [
      {
        id,
        from: state,
        unreachableAt: unreachableAt ?? now,
        askAt: after(now, askAgainMs),
        ...(unreachableAt === null ? { message: `Its cluster does not answer: ${reason}` } : {}),
        ...(target.progressAt === null ? {} : afterGap(alone(stage, target), now)),
      },
    ]
  const answered = (target.live !== null || target.turn !== null) && unreachableAt !== null
  const { writes, progressed } = observed([target], now)
  const moved = {
    ...(answered ? { unreachableAt: null, askAt: null, message: '' } : {}),
    ...(progressed ? { progressAt: after(now, durationMs(stage.spec.deadline.progress)) } : {}),
  }
  return writes.length === 0 && Object.keys(moved).length === 0
    ? []
    : [{ id, from: state, ...writes[0], ...moved }]
}
