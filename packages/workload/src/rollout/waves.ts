import { durationMs } from '@fairlead/contracts/duration'
import { isTerminal, type TargetState } from '@fairlead/contracts/rollout-states'
import type { WavesSpec } from '@fairlead/contracts/waves'

/** One target, as far as the order of targets is concerned. */
export interface WaveTarget {
  readonly id: string
  readonly wave: number
  readonly state: TargetState
  /** Something of the release may be in its cluster already, though nobody wrote down that it is: a crash left it. */
  readonly begun: boolean
  readonly unreachableAt: Date | null
  readonly askAt: Date | null
}

/** Whose cluster is being changed; one that bakes is not. */
export const inFlight = ({ state, begun }: WaveTarget): boolean =>
  state === 'applied' || state === 'rolling_back' || (state === 'pending' && begun)

/** Whatever went back by itself failed first. */
export const isSpent = ({ state }: Pick<WaveTarget, 'state'>): boolean =>
  state === 'failed' || state === 'rolled_back' || state === 'rolling_back'

export const spentOf = (targets: readonly Pick<WaveTarget, 'state'>[]): number =>
  targets.filter(isSpent).length

/** Left out until its cluster answers: it holds no later wave up. */
export const isSkipped = (spec: WavesSpec, { state, begun, unreachableAt }: WaveTarget): boolean =>
  spec.unreachable.policy === 'skip' && state === 'pending' && !begun && unreachableAt !== null

const holdsUp = (spec: WavesSpec, target: WaveTarget): boolean =>
  !isTerminal.target(target.state) && !isSkipped(spec, target)

/** The wave that targets may be begun of: every earlier one is through, and has baked. Null when all are. */
export function openWave(spec: WavesSpec, targets: readonly WaveTarget[]): number | null {
  const open = targets.filter((target) => holdsUp(spec, target)).map(({ wave }) => wave)
  return open.length === 0 ? null : Math.min(...open)
}

export interface Turn<T extends WaveTarget> {
  /** Places that are free; those that a crash left begun have theirs already. */
  readonly free: number
  /** To be asked now whether they can take the release, in the order of their waves. */
  readonly ask: readonly T[]
}

/** Whose turn it is. Nobody's once more have failed than may. */
export function turnOf<T extends WaveTarget>(spec: WavesSpec, targets: readonly T[], now: Date): Turn<T> {
  const begun = targets.filter(({ state, begun: left }) => state === 'pending' && left)
  if (spentOf(targets) > spec.failureBudget) return { free: 0, ask: begun }
  const free = Math.max(0, spec.maxConcurrent - targets.filter(inFlight).length)
  if (free === 0) return { free, ask: begun }
  const open = openWave(spec, targets) ?? Number.POSITIVE_INFINITY
  const waiting = targets
    .filter(({ state, begun: left, wave }) => state === 'pending' && !left && wave <= open)
    .toSorted((left, right) => left.wave - right.wave)
  const silent = waiting.filter(
    ({ unreachableAt, askAt }) => unreachableAt !== null && (askAt === null || askAt <= now),
  )
  const answering = waiting.filter(({ unreachableAt }) => unreachableAt === null)
  return { free, ask: [...begun, ...silent, ...answering.slice(0, free)] }
}

/** Those that may be begun now, of those that were asked and can. */
export function startable<T extends WaveTarget>(
  { free, ask }: Turn<T>,
  isReady: (target: T) => boolean,
): readonly T[] {
  const ready = ask.filter(isReady)
  const begun = ready.filter(({ begun: left }) => left)
  return [...begun, ...ready.filter(({ begun: left }) => !left).slice(0, free)]
}

/** When a target whose cluster does not answer counts as failed; null while it doesn't have to. */
export function unreachableFailsAt(
  spec: WavesSpec,
  target: WaveTarget,
  targets: readonly WaveTarget[],
): Date | null {
  const { unreachableAt } = target
  const { policy, timeout } = spec.unreachable
  if (unreachableAt === null || isTerminal.target(target.state)) return null
  const untouched = target.state === 'pending' && !target.begun
  if (untouched && policy === 'fail') return unreachableAt
  // Whatever is left out may come back as long as others are still at work.
  if (isSkipped(spec, target) && openWave(spec, targets) !== null) return null
  return new Date(unreachableAt.getTime() + durationMs(timeout))
}
