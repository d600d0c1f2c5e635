import { labelKeys } from '@fairlead/contracts/labels'
import type { StageCheck } from '@fairlead/contracts/stage-checks'
import type { SurgeLimitRange, SurgePlan } from '@fairlead/contracts/surge'
import { simulateSurge } from '@fairlead/insight/surge/simulate'
import type { WorkloadChange } from '@fairlead/insight/surge/steps'
import type { PlannedObject } from './object-plan'
import type { TargetContext } from './plan-context'
import { surgeEvidence } from './surge-evidence'

/** null when nothing of the plan starts a pod; the nodes and quotas are then not even asked for. */
export async function planSurge(
  { client, target: { namespace } }: Pick<TargetContext, 'client' | 'target'>,
  planned: readonly PlannedObject[],
  /** Pods that come beside those of the objects. */
  beside: readonly WorkloadChange[],
): Promise<SurgePlan | null> {
  const changes = [...beside, ...planned.flatMap(({ pods }) => pods ?? [])]
  const claims = planned.flatMap(({ plan }) => (plan.kind === 'PersistentVolumeClaim' ? [plan.name] : []))
  const question = {
    namespace,
    changes,
    claims,
    applicationLabel: labelKeys.application,
    objects: null,
    quotas: [],
    limitRanges: [],
    priorities: new Map<string, number>(),
    mayGrow: null,
    unseen: [],
  }
  // Without evidence first: what starts no pod needs none.
  if (simulateSurge(question) === null && !planned.some(({ plan }) => plan.kind === 'DaemonSet')) return null
  return simulateSurge({ ...question, ...(await surgeEvidence(client, namespace, changes)) })
}

type Check = StageCheck
export type SurgeSeverity = 'error' | 'warn' | 'off' | undefined

interface SurgedTarget {
  readonly cluster: string
  readonly surge: SurgePlan | null
}

/**
 * A quota and a range refuse for certain, so they block unless the stage says otherwise; the nodes of a moment only warn,
 * since room comes and goes. What is unknown warns whatever the stage says: it neither passes nor stands for a refusal.
 */
export function surgeChecks(targets: readonly SurgedTarget[], severity: SurgeSeverity): Check[] {
  if (severity === 'off') return []
  return targets.flatMap(({ cluster, surge }) => {
    if (surge === null) return []
    const of = (object: string, verdict: SurgePlan['verdict'], message: string): Check => ({
      check: 'surge',
      object: `${object} on ${cluster}`,
      passed: verdict === 'fits',
      severity: verdict === 'unknown' ? 'warn' : (severity ?? 'warn'),
      message: verdict === 'unknown' ? `unknown: ${message}` : message,
    })
    const certain = (kind: string, { name, owner, verdict, words }: SurgeLimitRange): Check => {
      const check = of(`${kind} ${name}`, verdict, `owned by ${owner}: ${words}`)
      return verdict === 'unknown' ? check : { ...check, severity: severity ?? ('error' as const) }
    }
    const quotas = surge.quotas.map((quota) => certain('ResourceQuota', quota))
    const ranges = (surge.limitRanges ?? []).map((range) => certain('LimitRange', range))
    const workloads = surge.workloads.flatMap(({ kind, name, placement }) =>
      placement === null ? [] : [of(`${kind} ${name}`, placement.verdict, placement.words)],
    )
    return [...quotas, ...ranges, ...workloads]
  })
}

/**
 * What of the checks a plan's digest covers, and so an approval binds to: every verdict, but of the simulation only what
 * can block. Where pods would go changes with every pod that comes or goes, and approvals that fell with each would never
 * reach a quorum; a quota that is newly passed is another matter, and so are the nodes where the stage made them an error.
 */
export const coveredChecks = (checks: readonly Check[]): readonly Check[] =>
  checks.filter(({ check, severity }) => check !== 'surge' || severity === 'error')
