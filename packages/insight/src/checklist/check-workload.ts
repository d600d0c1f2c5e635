import { readinessChecks, type CheckName, type CheckResult } from '@fairlead/contracts/checks'
import {
  limits,
  livenessProbe,
  pinnedImage,
  readinessProbe,
  requests,
  securityContext,
} from './container-rules'
import type { Judgement, Rule } from './rule'
import { containersOf, type WorkloadObject } from './workload-parts'
import { progressDeadline, replicas, rolloutStrategy, spread, termination } from './workload-rules'

/** What one object alone can answer; what surrounds it is in check-disruption.ts. */
const rules: Readonly<Partial<Record<CheckName, Rule>>> = {
  'readiness-probe': readinessProbe,
  'liveness-probe': livenessProbe,
  requests,
  limits,
  replicas,
  'topology-spread': spread,
  'rollout-strategy': rolloutStrategy,
  'progress-deadline': progressDeadline,
  'latest-tag': pinnedImage,
  termination,
  'security-context': securityContext,
}

export function resultOf(check: CheckName, judgement: NonNullable<Judgement>): CheckResult {
  const { severity } = readinessChecks[check]
  return 'passed' in judgement
    ? { check, severity, passed: true, message: judgement.passed }
    : { check, severity: judgement.severity ?? severity, passed: false, message: judgement.failed }
}

/** Pure: every check that applies to this object, passed or not. An object that runs no pods has none. */
export function checkWorkload(object: WorkloadObject): readonly CheckResult[] {
  if (containersOf(object).length === 0) return []
  return (Object.entries(rules) as [CheckName, Rule][]).flatMap(([check, rule]) => {
    const judgement = rule(object)
    return judgement === null ? [] : [resultOf(check, judgement)]
  })
}
