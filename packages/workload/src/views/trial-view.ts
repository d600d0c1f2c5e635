import type { StageSpec } from '@fairlead/contracts/application'
import { isTerminal, type StageState } from '@fairlead/contracts/rollout-states'
import { trialOf, type TrialStepView, type TrialView } from '@fairlead/contracts/strategy'
import { standingOf } from '../trial/standing'
import { firstStep, nothingMeasured, stepsOf, type Steps } from '../trial/steps'
import type { GateObservation } from '../rollout/gates'

interface Row {
  readonly state: string
  readonly reason: string
  readonly steps: unknown
  readonly promotedStep: number
}
interface Scene {
  readonly spec: StageSpec
  readonly gates: readonly GateObservation[]
  readonly now: Date
}

/** Every step of a trial: what it asks, and how it ended or stands. */
export function trialView(row: Row, { spec, gates, now }: Scene): TrialView | null {
  const state = row.state as StageState
  const live = state === 'trial'
  const steps = stepsOf(row.steps) ?? (live ? firstStep : null)
  const trial = trialOf(spec.strategy)
  if (trial === null || steps === null) return null
  const standing = standingOf({ spec, gates, promotedStep: row.promotedStep }, steps, now)
  const waits =
    live && steps.since !== null && standing.kind === 'waits'
      ? {
          what: standing.words,
          owner: standing.owner,
          until: standing.until?.toISOString() ?? null,
        }
      : null
  return {
    side: trial.side,
    traffic: trial.traffic,
    current: steps.at,
    waits,
    steps: trial.steps.map(({ weight, pause, analysis }, index) => ({
      weight,
      pause: pause ?? null,
      analysis: analysis ?? null,
      ...standsAs(steps, index, { live, ended: isTerminal.stage(state) || !live, reason: row.reason }),
    })),
  }
}

type Standing = Pick<TrialStepView, 'state' | 'words' | 'measurements' | 'counts'>

function standsAs(
  { at, past, tally }: Steps,
  index: number,
  { live, ended, reason }: { readonly live: boolean; readonly ended: boolean; readonly reason: string },
): Standing {
  const over = past[index]
  const { recent, ...counts } = over?.tally ?? (index === at ? tally : nothingMeasured)
  const known = { measurements: recent, counts }
  if (over !== undefined) return { state: 'passed', words: over.words, ...known }
  if (index === at && live) return { state: 'current', words: reason, ...known }
  if (index === at) return { state: 'not_run', words: 'It ended here.', ...known }
  return { state: ended ? 'not_run' : 'next', words: '', ...known }
}
