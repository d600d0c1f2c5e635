import { durationMs } from '@fairlead/contracts/application'
import { meets, type Measurement, type MetricAnalysis } from '@fairlead/contracts/strategy'
import type { MetricAnswer } from './metric-source'
import type { Steps, Tally } from './steps'

/** Older measurements are only counted. */
const keptMeasurements = 20

/** The first comes one interval after the weight stands: before that there is nothing of the canary to measure. */
export function nextMeasureAt({ since, tally }: Steps, analysis: MetricAnalysis): Date | null {
  if (since === null || judge(tally, analysis).kind === 'passed') return null
  const last = tally.recent.at(-1)?.at
  const from = last === undefined ? Date.parse(since) : Math.max(Date.parse(last), Date.parse(since))
  return new Date(from + durationMs(analysis.interval))
}

/** What one answer says: only a number can pass or fail. */
export function measured(answer: MetricAnswer, analysis: MetricAnalysis, at: Date): Measurement {
  const base = { at: at.toISOString() }
  if (answer.kind === 'silent')
    return { ...base, outcome: 'inconclusive', value: null, message: answer.reason }
  const { value } = answer
  if (!Number.isFinite(value))
    return { ...base, outcome: 'inconclusive', value: null, message: `It answered ${String(value)}.` }
  return {
    ...base,
    outcome: meets(analysis.success, value) === true ? 'passed' : 'failed',
    value,
    message: '',
  }
}

export const counted = (tally: Tally, measurement: Measurement): Tally => ({
  ...tally,
  [measurement.outcome]: tally[measurement.outcome] + 1,
  recent: [...tally.recent, measurement].slice(-keptMeasurements),
})

export type AnalysisVerdict =
  | { readonly kind: 'passed' | 'failed' | 'open'; readonly words: string }
  /** It could not be judged: a person's word, or more measurements, end it. */
  | { readonly kind: 'inconclusive'; readonly words: string }

/** Silence never counts towards success: only measurements that said something do. */
export function judge(tally: Tally, analysis: MetricAnalysis): AnalysisVerdict {
  const { passed, failed, inconclusive } = tally
  const { count, failureLimit, inconclusiveLimit, onInconclusive, success } = analysis
  const last = tally.recent.at(-1)
  if (failed > failureLimit)
    return {
      kind: 'failed',
      words: `${failed} of ${passed + failed} measurements were not ${success}; ${failureLimit} may fail${valueWords(tally)}.`,
    }
  if (passed + failed >= count)
    return { kind: 'passed', words: `${passed} of ${passed + failed} measurements were ${success}.` }
  if (inconclusive > inconclusiveLimit) {
    const words = `${inconclusive} measurements told nothing: ${last?.message || 'no answer'}`
    return { kind: onInconclusive === 'abort' ? 'failed' : 'inconclusive', words }
  }
  return {
    kind: 'open',
    words: `${passed + failed} of ${count} measurements, ${passed} of them ${success}${valueWords(tally)}`,
  }
}

function valueWords({ recent }: Tally): string {
  const last = recent.findLast(({ value }) => value !== null)
  return last === undefined ? '' : `; the last was ${String(last.value)}`
}
