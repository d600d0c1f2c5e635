import type { CheckResult } from '@fairlead/contracts/checks'
import type { BudgetFact } from '@fairlead/contracts/cluster-facts'
import { matchesSelector } from '../label-selector'
import { resultOf } from './check-workload'

export interface Drained {
  readonly namespace: string
  readonly podLabels: Readonly<Record<string, string>>
  /** null for kinds without a replica count of their own. */
  readonly replicas: number | null
}

/** policy/v1: an empty selector selects every pod of the namespace, an absent one none. */
export const budgetsOf = (workload: Drained, budgets: readonly BudgetFact[]): readonly BudgetFact[] =>
  budgets.filter(
    ({ namespace, selector }) =>
      namespace === workload.namespace && selector !== null && matchesSelector(selector, workload.podLabels),
  )

/** It would refuse every eviction even with every pod healthy. */
export const neverAllows = ({ desiredHealthy, expectedPods }: BudgetFact): boolean =>
  expectedPods > 0 && desiredHealthy >= expectedPods

/** Pure: whether a drain can take this workload's pods, and not all of them at once. */
export function checkDisruption(workload: Drained, budgets: readonly BudgetFact[]): readonly CheckResult[] {
  const own = budgetsOf(workload, budgets)
  const [first, ...others] = own
  const several = workload.replicas !== null && workload.replicas > 1
  if (first === undefined)
    return several
      ? [
          resultOf('disruption-budget', {
            failed: `no PodDisruptionBudget selects its pods: a drain may take all ${workload.replicas} at once`,
          }),
        ]
      : []
  const names = own.map(({ name }) => name).join(' and ')
  const present = several ? [resultOf('disruption-budget', { passed: `${names} selects its pods` })] : []
  if (others.length > 0)
    return [
      ...present,
      resultOf('drain-blocked', { failed: `${names} both select its pods: every eviction is refused` }),
    ]
  return [
    ...present,
    resultOf(
      'drain-blocked',
      neverAllows(first)
        ? {
            failed: `${first.name} wants ${first.desiredHealthy} of ${first.expectedPods} pods healthy: a drain never gets through`,
          }
        : { passed: `${first.name} allows ${first.disruptionsAllowed} disruptions now` },
    ),
  ]
}
