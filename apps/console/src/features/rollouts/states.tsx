import {
  rolloutStates,
  stageStates,
  targetStates,
  type RolloutState,
  type StageState,
  type TargetState,
} from '@fairlead/contracts/rollout-states'
import { verdictStates, type Verdict } from '@fairlead/contracts/verdict'
import { StatusMark, type StatusMarkProps } from '@fairlead/ui/status-mark'

type Look = Pick<StatusMarkProps, 'variant' | 'className' | 'reason'>

/** A pause never hides a failure: a failing state keeps its mark, and the pause is told beside it. */
export function RolloutMark({ state, paused, ...look }: { state: RolloutState; paused: boolean } & Look) {
  const { word, tone, terminal } = rolloutStates[state]
  if (paused && !terminal)
    return <StatusMark tone="paused" word={`Paused · ${word.toLowerCase()}`} {...look} />
  return <StatusMark tone={tone} word={word} {...look} />
}

export const TargetMark = ({ state, ...look }: { state: TargetState } & Look) => (
  <StatusMark tone={targetStates[state].tone} word={targetStates[state].word} {...look} />
)

/** What was not seen lately can't be fine: green needs a fresh look. */
export function VerdictMark({ state, stale, ...look }: { state: Verdict['state']; stale?: boolean } & Look) {
  const { word, tone } = verdictStates[state]
  return <StatusMark tone={stale && tone === 'ok' ? 'unknown' : tone} word={word} {...look} />
}

/** States of a stage in an application's summary come as text; unknown words are shown as they are. */
export function RolloutWord({ state, ...look }: { state: string } & Look) {
  const known = Object.hasOwn(rolloutStates, state) ? rolloutStates[state as RolloutState] : null
  const stage = Object.hasOwn(stageStates, state) ? stageStates[state as StageState] : null
  const row = known ?? stage
  return <StatusMark tone={row?.tone ?? 'unknown'} word={row?.word ?? state} {...look} />
}
