import type { CheckResult } from '@fairlead/contracts/checks'
import { recordIn, textIn } from '@fairlead/contracts/loose-json'
import { checkDisruption } from './check-disruption'
import { checkWorkload } from './check-workload'
import { hasReplicas, podLabelsOf, replicasOf, runsForLong, type WorkloadObject } from './workload-parts'
import { budgetFor } from './written-budgets'

export interface ManifestCheck extends CheckResult {
  readonly kind: string
  readonly name: string
}

const nameOf = (object: unknown): string => textIn(recordIn(recordIn(object)['metadata'])['name'])
const isBudget = ({ kind }: WorkloadObject): boolean => kind === 'PodDisruptionBudget'

/**
 * The rules of the live fleet on what somebody wrote. `live`: budgets that the namespace has already, of which the
 * written ones replace those of their name; null where they may not be read, and nothing is then said about drains.
 */
export function checkManifests(
  objects: readonly WorkloadObject[],
  namespace: string,
  live: readonly unknown[] | null,
): readonly ManifestCheck[] {
  const written = objects.filter(isBudget)
  const names = new Set(written.map(nameOf))
  const budgets = [...written, ...(live ?? []).filter((budget) => !names.has(nameOf(budget)))]
  return objects.flatMap((object) => {
    const replicas = hasReplicas(object) ? replicasOf(object) : null
    const around =
      live === null || !runsForLong(object)
        ? []
        : checkDisruption(
            { namespace, podLabels: podLabelsOf(object), replicas },
            budgets.map((budget) => budgetFor(budget, namespace, replicas ?? 0)),
          )
    return [...checkWorkload(object), ...around].map((result) => ({
      ...result,
      kind: object.kind,
      name: nameOf(object),
    }))
  })
}
