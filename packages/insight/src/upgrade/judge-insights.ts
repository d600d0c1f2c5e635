import type { EksInsightFact, EksInsights, InsightStatus } from '@fairlead/contracts/eks-insights'
import type { UpgradeCheck, UpgradeEvidence, UpgradeState } from '@fairlead/contracts/upgrade'
import { counted } from '../counted'
import { minorOf } from './versions'

export interface InsightsInput {
  /** null: EKS has not been asked yet. */
  readonly insights: EksInsights | null
  readonly version: string | null
  readonly now: Date
}

type Verdict = Pick<UpgradeCheck, 'state' | 'words' | 'evidence'>

/** EKS looks once a day; what it saw longer ago than this may hold no more. */
const oldestMs = 3 * 24 * 3_600_000

/** Whether it speaks of the next version, or of one that comes before it. */
function concernsNext({ kubernetesVersion }: EksInsightFact, version: string | null): boolean {
  const own = kubernetesVersion === null ? null : minorOf(kubernetesVersion)
  const now = version === null ? null : minorOf(version)
  return own === null || now === null || own <= now + 1
}

const stateOf: Readonly<Record<InsightStatus, UpgradeState>> = {
  PASSING: 'ready',
  WARNING: 'attention',
  ERROR: 'blocked',
  UNKNOWN: 'unknown',
}

/** The namespace in an object's path decides who is told of it. */
const namespaceIn = (path: string): string | null => /\/namespaces\/([^/]+)\//.exec(path)?.[1] ?? null

function evidenceOf(insight: EksInsightFact): readonly UpgradeEvidence[] {
  const { name, status, reason, kubernetesVersion, recommendation, details } = insight
  const of = kubernetesVersion === null ? '' : ` (${kubernetesVersion})`
  const head = `${status} ${name}${of}${reason === '' ? '' : `: ${reason}`}`
  const whole = (words: string): UpgradeEvidence => ({ namespace: null, words })
  if (details === null) return [whole(head)]
  return [
    whole(recommendation === '' ? head : `${head} ${recommendation}`),
    ...details.deprecations.map(({ usage, replacedWith, stopServingVersion, clients }) => {
      const gone = stopServingVersion === '' ? '' : `, not served from ${stopServingVersion} on`
      const instead = replacedWith === '' ? '' : `; ${replacedWith} instead`
      const by = clients.map(({ userAgent, requests }) => `${userAgent} ${requests} times in 30 days`)
      return whole(
        `${name}: ${usage}${gone}${instead}${by.length === 0 ? '' : `; asked for by ${by.join(', ')}`}`,
      )
    }),
    ...details.addons.map((addon) => whole(`${name}: ${addon}`)),
    ...details.resources.map((resource) => ({
      namespace: namespaceIn(resource.name),
      words: `${name}: ${resource.name} ${resource.status}`,
    })),
  ]
}

const order: readonly UpgradeState[] = ['blocked', 'unknown', 'attention', 'ready']
const worst = (states: readonly UpgradeState[]): UpgradeState =>
  order.find((state) => states.includes(state)) ?? 'unknown'

/** An insight for a version after the next one does not stand in the way yet, and is worth a look. */
function judged(insight: EksInsightFact, version: string | null): UpgradeState {
  const state = stateOf[insight.status]
  return state === 'blocked' && !concernsNext(insight, version) ? 'attention' : state
}

const refreshedWords = (at: string | null): string =>
  at === null
    ? 'EKS does not say when it looked'
    : `EKS looked last on ${at.slice(0, 10)} at ${at.slice(11, 16)} UTC`

function tally(insights: readonly EksInsightFact[]): string {
  const count = (status: InsightStatus) => insights.filter((each) => each.status === status).length
  const parts = (['ERROR', 'UNKNOWN', 'WARNING', 'PASSING'] as const).flatMap((status) =>
    count(status) === 0 ? [] : [`${count(status)} ${status}`],
  )
  return `${counted(insights.length, 'insight')}: ${parts.join(', ')}`
}

/** The oldest refresh: what was looked at last is no younger than what was looked at first. */
function refreshedAt(insights: readonly EksInsightFact[]): string | null {
  const times = insights.flatMap((each) => each.refreshedAt ?? [])
  return times.length < insights.length ? null : (times.toSorted()[0] ?? null)
}

/** Pure: EKS's own insights as one check. UNKNOWN is no pass, and neither is silence, nor what EKS saw days ago. */
export function judgeInsights({ insights, version, now }: InsightsInput): Verdict {
  const unknown = (words: string): Verdict => ({ state: 'unknown', words, evidence: [] })
  if (insights === null) return unknown('EKS has not been asked yet')
  const { insights: read, undescribed } = insights
  if (read.state !== 'read') return unknown(read.words)
  if (read.items.length === 0) return unknown('EKS has no insight into upgrades of this cluster yet')
  const at = refreshedAt(read.items)
  const stale = at === null || now.getTime() - Date.parse(at) > oldestMs
  const states = read.items.map((insight) => judged(insight, version))
  const told = read.items.filter(({ status }) => status !== 'PASSING')
  return {
    state: worst([...states, ...(stale ? (['unknown'] as const) : [])]),
    words: `${tally(read.items)}. ${refreshedWords(at)}${stale && at !== null ? ', too long ago to go by' : ''}.${undescribed === null ? '' : ` ${undescribed}`}`,
    evidence: told.flatMap(evidenceOf),
  }
}
