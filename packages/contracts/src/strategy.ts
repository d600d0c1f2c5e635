import { z } from 'zod'
import { durationSchema } from './duration'
import { stageGateSchema } from './stage-gate-schema'
import type { GateOrder } from './stage-gates'

/** What a measured number has to be: `< 0.05`, `>= 0.99`. */
const conditionPattern = /^(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/i
const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '==': (value, bound) => value === bound,
  '!=': (value, bound) => value !== bound,
}

/** Whether a number meets a condition; null where the text is none. */
export function meets(condition: string, value: number): boolean | null {
  const [, operator = '', bound = ''] = conditionPattern.exec(condition.trim()) ?? []
  const compare = comparisons[operator]
  return compare === undefined ? null : compare(value, Number(bound))
}

export interface MetricAnalysis {
  readonly prometheus: string
  readonly query: string
  readonly success: string
  readonly interval: string
  readonly count: number
  readonly failureLimit: number
  readonly inconclusiveLimit: number
  readonly onInconclusive: 'pause' | 'abort'
}
export type Analysis = MetricAnalysis | GateOrder

export const isMetric = (analysis: Analysis): analysis is MetricAnalysis => 'prometheus' in analysis

const isHttpUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}

const metricSchema = z.strictObject({
  prometheus: z.string().max(500).refine(isHttpUrl, 'expected the http(s) address of a Prometheus'),
  query: z.string().min(1).max(4_000),
  success: z.string().max(60).regex(conditionPattern, 'expected a condition such as "< 0.05" or ">= 0.99"'),
  interval: durationSchema.default('30s'),
  count: z.number().int().min(1).max(1_000).default(3),
  /** So many measurements may miss the condition. */
  failureLimit: z.number().int().min(0).max(1_000).default(0),
  /** So many may tell nothing before `onInconclusive` holds. */
  inconclusiveLimit: z.number().int().min(0).max(1_000).default(2),
  onInconclusive: z.enum(['pause', 'abort']).default('pause'),
})

/** A query of a Prometheus, or a workflow or DAG as `before` and `after` name theirs. */
const analysisSchema = z.looseObject({}).transform((found, context): Analysis => {
  const parsed =
    'workflow' in found || 'airflow' in found
      ? stageGateSchema.safeParse(found)
      : metricSchema.safeParse(found)
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues)
    context.addIssue({ code: 'custom', path: [...path], message })
  return z.NEVER
})

const pauseSchema = z.union([durationSchema, z.literal('untilPromoted')])
const stepSchema = z.strictObject({
  /** Per cent of the traffic that the canary is meant to get. */
  weight: z.number().int().min(1).max(99),
  pause: pauseSchema.optional(),
  analysis: analysisSchema.optional(),
})

const canarySchema = z.strictObject({
  /** What makes the weights: the number of pods behind the same Services, or the weights of HTTPRoutes. */
  traffic: z.enum(['pods', 'routes']).default('pods'),
  steps: z
    .array(stepSchema)
    .min(1)
    .max(20)
    .refine(
      (steps) => steps.every(({ weight }, index) => weight >= (steps[index - 1]?.weight ?? 0)),
      'expected weights that never fall from one step to the next',
    ),
})

const blueGreenSchema = z.strictObject({
  /** Before its Services are switched to the new side. */
  pause: pauseSchema.optional(),
  analysis: analysisSchema.optional(),
  /** How long the old side stays after the switch, to be switched back to. */
  retain: durationSchema.default('10m'),
  /** Judges the new side while the old one is there. */
  verify: analysisSchema.optional(),
})

export const strategySchema = z
  .strictObject({
    rolling: z.strictObject({}).optional(),
    canary: canarySchema.optional(),
    blueGreen: blueGreenSchema.optional(),
  })
  .refine(
    (strategy) => Object.values(strategy).filter((part) => part !== undefined).length === 1,
    'expected exactly one of "rolling", "canary" and "blueGreen"',
  )
export type Strategy = z.infer<typeof strategySchema>

export interface TrialStep {
  readonly weight: number
  readonly pause?: string | undefined
  readonly analysis?: Analysis | undefined
}

/** How a release is tried beside what runs before it is applied: the same steps, whatever moves the traffic. */
export interface Trial {
  /** Ends the names of what it puts there, and is the label of its pods. */
  readonly side: 'canary' | 'green'
  readonly traffic: 'pods' | 'routes' | 'service'
  readonly steps: readonly TrialStep[]
}

export function trialOf({ canary, blueGreen }: Strategy): Trial | null {
  if (canary !== undefined) return { side: 'canary', ...canary }
  if (blueGreen === undefined) return null
  const { pause, analysis, retain, verify } = blueGreen
  const steps = [
    { weight: 0, pause, analysis },
    { weight: 100, pause: retain, analysis: verify },
  ]
  return { side: 'green', traffic: 'service', steps }
}

export interface Measurement {
  readonly at: string
  readonly outcome: 'passed' | 'failed' | 'inconclusive'
  readonly value: number | null
  /** Why it is inconclusive. */
  readonly message: string
}

/** One Deployment of a target: what the step asks for beside what is there. */
export interface TrialSplit {
  readonly workload: string
  /** The Deployment that stands beside it. */
  readonly beside: string
  readonly wanted: { readonly weight: number; readonly pods: number }
  readonly actual: { readonly weight: number; readonly pods: number; readonly stablePods: number }
}

export interface TrialStepView {
  readonly weight: number
  readonly pause: string | null
  readonly analysis: Analysis | null
  readonly state: 'passed' | 'current' | 'next' | 'not_run'
  /** How it ended, or how it stands. */
  readonly words: string
  /** Newest last; older ones are only counted. */
  readonly measurements: readonly Measurement[]
  readonly counts: { readonly passed: number; readonly failed: number; readonly inconclusive: number }
}

export interface TrialView {
  readonly side: Trial['side']
  readonly traffic: Trial['traffic']
  readonly current: number
  readonly steps: readonly TrialStepView[]
  /** What the current step waits for, who can end that, and when it ends by itself. */
  readonly waits: { readonly what: string; readonly owner: string; readonly until: string | null } | null
}

/** What a plan says of its steps on one target: pods beside those that run. */
export interface PlannedTrial {
  readonly workload: string
  readonly beside: string
  readonly stablePods: number
  /** `actual`: the share that results. */
  readonly steps: readonly { readonly weight: number; readonly pods: number; readonly actual: number }[]
}
