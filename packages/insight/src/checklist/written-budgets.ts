import type { BudgetFact } from '@fairlead/contracts/cluster-facts'
import { recordIn, textIn } from '@fairlead/contracts/loose-json'
import { shareOf } from './workload-parts'

/**
 * What a PodDisruptionBudget will ask for once `replicas` pods are healthy: the figures that its controller writes into
 * its status, before it has seen the pods. Percentages round up. Upstream: pkg/controller/disruption.
 */
export function budgetFor(budget: unknown, namespace: string, replicas: number): BudgetFact {
  const spec = recordIn(recordIn(budget)['spec'])
  const metadata = recordIn(recordIn(budget)['metadata'])
  const unavailable = shareOf(spec['maxUnavailable'], replicas, Math.ceil)
  const least = shareOf(spec['minAvailable'], replicas, Math.ceil)
  const desiredHealthy = unavailable === null ? (least ?? 0) : Math.max(0, replicas - unavailable)
  return {
    namespace,
    name: textIn(metadata['name']),
    selector: spec['selector'] === undefined ? null : recordIn(spec['selector']),
    disruptionsAllowed: Math.max(0, replicas - desiredHealthy),
    currentHealthy: replicas,
    desiredHealthy,
    expectedPods: replicas,
  }
}
