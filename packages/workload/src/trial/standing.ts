import { isMetric, trialOf, type TrialStep } from '@fairlead/contracts/strategy'
import { failureWords, gateWords, isOpenGate, type GateObservation } from '../rollout/gates'
import type { StageObservation } from '../rollout/observation'
import { judge } from './analysis'
import { pausedUntil, type Steps } from './steps'

/** How the current step stands once its weight does: done, failed, or what it still waits for. */
export interface StepStanding {
  readonly kind: 'done' | 'failed' | 'waits'
  readonly words: string
  readonly evidence: readonly string[]
  /** When it goes on by itself, where that is known. */
  readonly until: Date | null
  /** Who can end the waiting. */
  readonly owner: string
  /** Its workflow, unless that has succeeded. */
  readonly gate: GateObservation | null
}

type Facts = Pick<StageObservation, 'spec' | 'promotedStep' | 'gates'>

export const stepWords = ({ spec }: Pick<StageObservation, 'spec'>, { at }: Steps): string => {
  const steps = trialOf(spec.strategy)?.steps ?? []
  return `Step ${at + 1} of ${steps.length}, ${steps[at]?.weight ?? 0}%`
}

const waits = { kind: 'waits', evidence: [], until: null, gate: null } as const
const operators = 'whoever may operate rollouts'

/** Failing comes first, then whatever still waits; what nothing holds is done. */
export function standingOf(stage: Facts, steps: Steps, now: Date): StepStanding {
  const step = trialOf(stage.spec.strategy)?.steps[steps.at]
  if (step === undefined) return done('Nothing is left to wait for.')
  const promoted = stage.promotedStep >= steps.at
  const parts = [
    ofAnalysis(step, steps, promoted),
    ofGate(stage, steps),
    ofPause(step, steps, { promoted, now }),
  ]
  const failed = parts.find((part) => part?.kind === 'failed')
  if (failed != null) return failed
  const open = parts.filter((part) => part !== null && part.kind === 'waits')
  const [first] = open
  if (first == null) return done(doneWords(parts, promoted))
  return {
    ...first,
    words: open.map((part) => part?.words ?? '').join(' '),
    until: parts.find((part) => part?.until != null)?.until ?? null,
    gate: parts[1]?.gate ?? null,
  }
}

const done = (words: string): StepStanding => ({
  kind: 'done',
  words,
  evidence: [],
  until: null,
  owner: '',
  gate: null,
})

function doneWords(parts: readonly (StepStanding | null)[], promoted: boolean): string {
  const said = parts.flatMap((part) => (part === null || part.words === '' ? [] : [part.words]))
  return [...said, ...(promoted ? ['A person promoted it.'] : [])].join(' ') || 'Its pods came up.'
}

function ofAnalysis({ analysis }: TrialStep, { tally }: Steps, promoted: boolean): StepStanding | null {
  if (analysis === undefined || !isMetric(analysis)) return null
  const { kind, words } = judge(tally, analysis)
  if (kind === 'failed')
    return {
      ...waits,
      kind,
      owner: 'the application',
      words: `The analysis failed: ${words}`,
      evidence: [`${analysis.query} has to be ${analysis.success}: ${words}`],
    }
  if (kind === 'passed') return done(words)
  if (kind === 'open')
    return { ...waits, owner: `Prometheus ${analysis.prometheus}`, words: `measuring: ${words}.` }
  return promoted
    ? done(`Inconclusive (${words}); a person decided.`)
    : {
        ...waits,
        owner: operators,
        words: `the analysis is inconclusive: ${words} It waits for Promote or Abort.`,
      }
}

function ofGate({ gates }: Facts, { at }: Steps): StepStanding | null {
  const gate = gates.find(({ when, position }) => when === 'step' && position === at)
  if (gate === undefined) return null
  if (gate.state === 'succeeded') return done(gateWords(gate))
  const open = gate.state === 'not_started' || isOpenGate(gate)
  return open
    ? { ...waits, owner: gate.workflow, words: `${gateWords(gate)}.`, gate }
    : {
        ...waits,
        kind: 'failed',
        owner: gate.workflow,
        words: `The analysis failed: ${failureWords(gate)}`,
        evidence: [failureWords(gate)],
      }
}

interface Moment {
  readonly promoted: boolean
  readonly now: Date
}

function ofPause({ pause }: TrialStep, { since }: Steps, { promoted, now }: Moment): StepStanding | null {
  if (pause === undefined || since === null || promoted) return null
  const until = pausedUntil(since, pause)
  if (until === null) return { ...waits, owner: operators, words: 'paused until a person promotes it.' }
  return now >= until
    ? done('')
    : { ...waits, owner: 'the clock, or Promote', words: `paused for ${pause}.`, until }
}
