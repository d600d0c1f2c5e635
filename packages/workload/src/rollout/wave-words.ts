import type { WavesSpec } from '@fairlead/contracts/waves'
import { unfinished } from './judge'
import { after, earliest } from './decision'
import type { StageObservation, TargetObservation } from './observation'
import { bakeEndsAt, placed } from './wave-target'
import { unreachableFailsAt } from './waves'

const lookAgainMs = 1_000
const bakingLookMs = 5_000
const idleLookMs = 30_000

const named = (targets: readonly TargetObservation[]): string => {
  const names = targets.slice(0, 3).map(({ cluster }) => cluster)
  return `${names.join(', ')}${targets.length > names.length ? ` and ${targets.length - names.length} more` : ''}`
}

/** What the stage waits for, the nearest first. */
export function waveWords(stage: StageObservation, spec: WavesSpec, now: Date): string {
  const inState = (...states: readonly TargetObservation['state'][]) =>
    stage.targets.filter(({ state }) => states.includes(state))
  const [moving, back, baking] = [inState('applied'), inState('rolling_back'), inState('baking')]
  const silent = stage.targets.filter(
    ({ state, unreachableAt }) => state === 'pending' && unreachableAt !== null,
  )
  const waves = (targets: readonly TargetObservation[]): string =>
    [...new Set(targets.map(({ wave }) => wave))].join(', ')
  const parts = [
    ...(moving.length > 0
      ? [`Wave ${waves(moving)}: waiting for ${named(moving)}. ${firstOf(stage, moving)}`]
      : []),
    ...(back.length > 0 ? [`Rolling back ${named(back)}.`] : []),
    ...(baking.length > 0 ? [bakeWords(stage, baking, now)] : []),
    ...(silent.length > 0
      ? [`No answer from ${named(silent)}, ${policyWords[spec.unreachable.policy]}.`]
      : []),
  ]
  if (parts.length > 0) return parts.join(' ').trim()
  return stage.state === 'halted'
    ? 'Halted: somebody rolls back, cancels or deploys again.'
    : 'Waiting for the next target.'
}

export const policyWords = {
  wait: 'which is waited for',
  skip: 'which is left out until it does',
  fail: 'which counts as a failure',
} as const satisfies Record<WavesSpec['unreachable']['policy'], string>

const firstOf = (stage: StageObservation, targets: readonly TargetObservation[]): string =>
  unfinished({ ...stage, targets })[0] ?? ''

function bakeWords(stage: StageObservation, baking: readonly TargetObservation[], now: Date): string {
  const wave = Math.max(...baking.map((target) => target.wave))
  const ends = baking.map((target) => bakeEndsAt(stage, target)?.getTime() ?? now.getTime())
  const until = new Date(Math.max(...ends))
  return `Wave ${wave} bakes until ${until.toISOString().slice(11, 19)} UTC: ${named(baking)}.`
}

/** As soon as one more thing can be known: of what moves in a second, of what bakes less often. */
export function nextLook(stage: StageObservation, spec: WavesSpec, now: Date): Date {
  const all = stage.targets.map(placed)
  const dates = all.flatMap((target): Date[] => {
    if (target.state === 'applied' || target.state === 'rolling_back') return [after(now, lookAgainMs)]
    if (target.state === 'baking') {
      const endsAt = bakeEndsAt(stage, target)
      const next = after(now, bakingLookMs)
      return [endsAt !== null && endsAt > now ? earliest(endsAt, next) : next]
    }
    if (target.state !== 'pending' || stage.state === 'halted') return []
    if (target.askAt === null) return [after(now, bakingLookMs)]
    const failsAt = unreachableFailsAt(spec, target, all)
    const soonest = earliest(target.askAt, failsAt).getTime()
    return [new Date(Math.max(soonest, now.getTime() + lookAgainMs))]
  })
  return earliest(after(now, stage.state === 'halted' ? idleLookMs : bakingLookMs), ...dates)
}
