import type { TrialSplit } from '@fairlead/contracts/strategy'
import fc from 'fast-check'
import type { StageObservation } from '../rollout/observation'
import { firstStep } from '../trial/steps'
import { at } from './sample-time'

type TrialPart = Pick<StageObservation, 'steps' | 'promotedStep' | 'abortReason' | 'measured'>
export type TrialSample = Partial<TrialPart>
export const trialPart = (sample: TrialSample): TrialPart => ({
  steps: sample.steps ?? null,
  promotedStep: sample.promotedStep ?? -1,
  abortReason: sample.abortReason ?? null,
  measured: sample.measured ?? null,
})

export const aSplit = (weight: number, pods: number): TrialSplit => ({
  workload: 'web',
  beside: 'web-canary',
  wanted: { weight, pods },
  actual: { weight, pods, stablePods: 9 },
})

const canaries = [
  { steps: [{ weight: 10, pause: '2m' }] },
  {
    steps: [
      { weight: 10, analysis: { workflow: 'smoke-test' } },
      { weight: 50, pause: 'untilPromoted' },
    ],
  },
]

/** What of a stage is about its trial. */
export const trials = {
  canary: fc.constantFrom(undefined, ...canaries),
  steps: fc.constantFrom(
    null,
    firstStep,
    { ...firstStep, since: at(-30).toISOString() },
    { ...firstStep, at: 1 },
  ),
  promotedStep: fc.integer({ min: -1, max: 2 }),
  abortReason: fc.constantFrom(null, null, 'Aborted by ada: enough'),
}
