import type { StageGateView } from '@fairlead/contracts/rollout'
import type { TrialStepView, Measurement, MetricAnalysis } from '@fairlead/contracts/strategy'
import type { Tone } from '@fairlead/contracts/freshness'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { StatusMark } from '@fairlead/ui/status-mark'
import { StageGates } from './stage-gates'

const states = {
  passed: { word: 'Passed', tone: 'ok' },
  current: { word: 'Now', tone: 'progress' },
  next: { word: 'Next', tone: 'neutral' },
  not_run: { word: 'Not passed', tone: 'neutral' },
} as const satisfies Record<TrialStepView['state'], { word: string; tone: Tone }>

const outcomes = {
  passed: { word: 'Passed', tone: 'ok' },
  failed: { word: 'Failed', tone: 'failing' },
  inconclusive: { word: 'Inconclusive', tone: 'unknown' },
} as const satisfies Record<Measurement['outcome'], { word: string; tone: Tone }>

type TrialStepProps = {
  step: TrialStepView
  number: number
  gates: readonly StageGateView[]
  /** How many workflows judge the steps before it. */
  stepGates: number
}

/** One step: its weight, its pause, and what judges it with everything that was measured lately. */
export function TrialStep({ step, number, gates, stepGates }: TrialStepProps) {
  const { analysis, state } = step
  const own = gates.filter(({ when }) => when === 'step').slice(stepGates, stepGates + 1)
  return (
    <li
      className="border-l-2 border-line pl-3 text-sm"
      aria-current={state === 'current' ? 'step' : undefined}
    >
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium tabular-nums">
          Step {number}: {step.weight}%
        </span>
        <StatusMark tone={states[state].tone} word={states[state].word} className="text-xs" />
        <span className="text-xs text-muted">{pauseWords(step.pause)}</span>
      </p>
      {step.words === '' ? null : <p className="mt-0.5 text-xs break-words text-muted">{step.words}</p>}
      {analysis === null ? null : 'prometheus' in analysis ? (
        <MetricRows analysis={analysis} measurements={step.measurements} counts={step.counts} />
      ) : (
        <StageGates gates={own} when="step" reasons className="mt-1" />
      )}
    </li>
  )
}

function pauseWords(pause: string | null): string {
  if (pause === null) return 'no pause'
  return pause === 'untilPromoted' ? 'until a person promotes it' : `pauses for ${pause}`
}

type MetricRowsProps = Pick<TrialStepView, 'measurements' | 'counts'> & { analysis: MetricAnalysis }

function MetricRows({ analysis, measurements, counts }: MetricRowsProps) {
  return (
    <div className="mt-1 space-y-1 text-xs">
      <p className="text-muted">
        <code className="break-all text-fg">{analysis.query}</code> has to be{' '}
        <code className="text-fg">{analysis.success}</code>, {analysis.count} times every {analysis.interval},
        by <span className="break-all">{analysis.prometheus}</span>
      </p>
      <p className="text-muted tabular-nums">
        {counts.passed} passed, {counts.failed} failed, {counts.inconclusive} inconclusive
      </p>
      {measurements.length === 0 ? null : (
        <ol aria-label="Measurements, newest last" className="space-y-0.5">
          {measurements.map(({ at, outcome, value, message }) => (
            <li key={at} className="flex flex-wrap items-center gap-x-3">
              <StatusMark tone={outcomes[outcome].tone} word={outcomes[outcome].word} />
              <span className="font-medium tabular-nums">{value === null ? 'no value' : value}</span>
              <RelativeTime at={at} className="text-muted" />
              {message === '' ? null : <span className="min-w-0 break-words text-muted">{message}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
