import type { EksInsights } from '@fairlead/contracts/eks-insights'
import type { BudgetFact, ClusterFacts, DeprecatedApiFact, Read } from '@fairlead/contracts/cluster-facts'
import type { UpgradeCheck, UpgradeEvidence, UpgradeState } from '@fairlead/contracts/upgrade'
import { neverAllows } from '../checklist/check-disruption'
import { admitsPods, backendState, mustAnswer } from '../complexity/webhook-blast'
import { counted } from '../counted'
import { judgeInsights } from './judge-insights'
import { minorOf } from './versions'

export interface UpgradeInput {
  readonly facts: ClusterFacts | null
  /** `v1.35.4`; null while the cluster has not said. */
  readonly version: string | null
  readonly nodes: readonly { readonly name: string; readonly version: string }[]
  readonly singles: readonly { readonly kind: string; readonly namespace: string; readonly name: string }[]
  /** What EKS says; `none`: the cluster does not sign in through it, null: EKS has not been asked yet. */
  readonly eks: EksInsights | null | 'none'
  readonly now: Date
}

/** A kubelet may be this many minors behind its API server, and never ahead. Upstream: version skew policy, 1.28. */
const mostBehind = 3

const unread = (read: Read<unknown> | undefined): string =>
  read === undefined || read.state === 'read' ? 'The cluster has not been asked yet' : read.words

type Verdict = Pick<UpgradeCheck, 'state' | 'words' | 'evidence'>
const told = (state: UpgradeState, words: string, evidence: readonly UpgradeEvidence[] = []): Verdict => ({
  state,
  words,
  evidence,
})
const whole = (words: string): UpgradeEvidence => ({ namespace: null, words })

function removedBy(api: DeprecatedApiFact, next: number): boolean {
  const removed = minorOf(api.removedRelease)
  return removed !== null && removed <= next
}

function deprecatedApis({ facts, version }: UpgradeInput): Verdict {
  const read = facts?.deprecatedApis
  if (read?.state !== 'read') return told('unknown', `Metrics could not be read: ${unread(read)}`)
  if (read.items.length === 0)
    return told('ready', 'Nobody has asked for a deprecated API since the API server started')
  const minor = version === null ? null : minorOf(version)
  const gone = minor === null ? [] : read.items.filter((api) => removedBy(api, minor + 1))
  const evidence = read.items.map((api) => {
    const name = `${api.resource}${api.subresource === '' ? '' : `/${api.subresource}`}`
    const group = api.group === '' ? api.version : `${api.group}/${api.version}`
    return whole(
      `${name} of ${group}${api.removedRelease === '' ? '' : `, removed in ${api.removedRelease}`}`,
    )
  })
  return gone.length > 0
    ? told('blocked', `${counted(gone.length, 'API')} that somebody still asks for will be gone`, evidence)
    : told(
        'attention',
        `${counted(read.items.length, 'deprecated API')} still asked for, none gone yet`,
        evidence,
      )
}

function kubeletSkew({ nodes, version }: UpgradeInput): Verdict {
  const server = version === null ? null : minorOf(version)
  if (server === null) return told('unknown', 'The version of the API server is not known')
  if (nodes.length === 0) return told('unknown', 'No node has been seen')
  const skewed = nodes.flatMap(({ name, version: own }) => {
    const minor = minorOf(own)
    if (minor === null) return [{ words: `${name} says ${own || 'no version'}`, ahead: false, behind: 0 }]
    const behind = server - minor
    return behind === 0 ? [] : [{ words: `${name} is at ${own}`, ahead: behind < 0, behind }]
  })
  const evidence = skewed.map(({ words }) => whole(words))
  const ahead = skewed.filter(({ ahead: isAhead }) => isAhead)
  if (ahead.length > 0)
    return told(
      'blocked',
      `${counted(ahead.length, 'kubelet')} ahead of the API server, which is never supported`,
      evidence,
    )
  const atLimit = skewed.filter(({ behind }) => behind >= mostBehind)
  if (atLimit.length > 0)
    return told(
      'blocked',
      `${counted(atLimit.length, 'kubelet')} too far behind for another version of the API server`,
      evidence,
    )
  return skewed.length > 0
    ? told(
        'attention',
        `${counted(skewed.length, 'kubelet')} behind the API server, within what is supported`,
        evidence,
      )
    : told('ready', `${counted(nodes.length, 'kubelet')}, none behind the API server`)
}

const budgetWords = ({ name, currentHealthy, desiredHealthy, expectedPods }: BudgetFact): string =>
  `${name}: ${currentHealthy} of ${expectedPods} pods healthy, ${desiredHealthy} must be`

function drains({ facts }: UpgradeInput): Verdict {
  const read = facts?.budgets
  if (read?.state !== 'read')
    return told('unknown', `PodDisruptionBudgets could not be read: ${unread(read)}`)
  const none = read.items.filter(
    ({ disruptionsAllowed, expectedPods }) => disruptionsAllowed === 0 && expectedPods > 0,
  )
  const evidence = none.map((budget) => ({ namespace: budget.namespace, words: budgetWords(budget) }))
  const never = none.filter(neverAllows)
  if (never.length > 0)
    return told('blocked', `${counted(never.length, 'budget')} will never let a node be drained`, evidence)
  return none.length > 0
    ? told('attention', `${counted(none.length, 'budget')} would not let a node be drained now`, evidence)
    : told(
        'ready',
        read.items.length === 0
          ? 'No budget stands in the way of a drain'
          : `${counted(read.items.length, 'budget')}, none in the way of a drain now`,
      )
}

function singleReplicas({ singles }: UpgradeInput): Verdict {
  const evidence = singles.map(({ kind, namespace, name }) => ({ namespace, words: `${kind} ${name}` }))
  return singles.length === 0
    ? told('ready', 'No workload stands on one pod alone')
    : told(
        'attention',
        `${counted(singles.length, 'workload')} will be away while the node of its only pod is drained`,
        evidence,
      )
}

function webhooks({ facts }: UpgradeInput): Verdict {
  const read = facts?.webhooks
  if (read?.state !== 'read') return told('unknown', `Webhooks could not be read: ${unread(read)}`)
  const must = read.items.filter((webhook) => mustAnswer(webhook) && admitsPods(webhook))
  const down = must.filter((webhook) => backendState(webhook) === 'down')
  const thin = must.filter(({ endpoints }) => endpoints === 1)
  const words = (list: typeof must) =>
    list.map(({ configuration, name, endpoints }) =>
      whole(`${configuration} / ${name}: ${endpoints ?? 'unknown'} endpoints`),
    )
  if (down.length > 0)
    return told(
      'blocked',
      `${counted(down.length, 'webhook')} without a backend: no evicted pod can come back`,
      words(down),
    )
  return thin.length > 0
    ? told(
        'attention',
        `${counted(thin.length, 'webhook')} on one pod: while its node is drained no pod can be created`,
        words(thin),
      )
    : told(
        'ready',
        must.length === 0
          ? 'No webhook must admit pods'
          : `${counted(must.length, 'webhook')} must admit pods, none of them on one pod alone`,
      )
}

function eksInsights({ eks, version, now }: UpgradeInput): Verdict | null {
  return eks === 'none' ? null : judgeInsights({ insights: eks, version, now })
}

type Judge = (input: UpgradeInput) => Verdict | null
const titles: Readonly<Record<UpgradeCheck['check'], readonly [string, Judge]>> = {
  'deprecated-apis': ['Deprecated APIs in use', deprecatedApis],
  'kubelet-skew': ['Kubelet versions', kubeletSkew],
  drains: ['Nodes can be drained', drains],
  'single-replicas': ['Nothing on one pod', singleReplicas],
  webhooks: ['Webhooks survive a drain', webhooks],
  'eks-insights': ['EKS insights', eksInsights],
}
const order: readonly UpgradeState[] = ['blocked', 'unknown', 'attention', 'ready']

/** Pure: what stands between a cluster and its next version. Unknown outranks attention: it may hide a blocker. */
export function upgradeReadiness(input: UpgradeInput): {
  readonly checks: readonly UpgradeCheck[]
  readonly state: UpgradeState
} {
  const checks = (Object.keys(titles) as UpgradeCheck['check'][]).flatMap((check) => {
    const [title, judge] = titles[check]
    const verdict = judge(input)
    return verdict === null ? [] : [{ check, title, ...verdict }]
  })
  const state = order.find((each) => checks.some((check) => check.state === each)) ?? 'unknown'
  return { checks, state }
}
