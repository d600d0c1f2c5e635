import type { KubeObject } from '@fairlead/kube/kube-object'
import { conditionsOf } from './conditions'
import { metricWords } from './hpa-metrics'
import { integerIn, recordIn, recordsIn, textIn, textsIn } from '@fairlead/contracts/loose-json'
import type { KindSummary } from './summarized'

/** An IntOrString. */
const bound = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : 'N/A'

/** Upstream: kubernetes/pkg/printers/internalversion printPodDisruptionBudget. */
export function summarizeBudget(budget: KubeObject): KindSummary {
  const spec = recordIn(budget['spec'])
  const status = recordIn(budget['status'])
  const allowed = integerIn(status['disruptionsAllowed'])
  return {
    cells: {
      'Min Available': bound(spec['minAvailable']),
      'Max Unavailable': bound(spec['maxUnavailable']),
      'Allowed Disruptions': String(allowed),
    },
    summary: {
      selector: recordIn(spec['selector']),
      disruptionsAllowed: allowed,
      expectedPods: integerIn(status['expectedPods']),
      currentHealthy: integerIn(status['currentHealthy']),
      desiredHealthy: integerIn(status['desiredHealthy']),
      conditions: conditionsOf(status),
    },
  }
}

/** Upstream: printHorizontalPodAutoscaler. */
export function summarizeAutoscaler(autoscaler: KubeObject): KindSummary {
  const spec = recordIn(autoscaler['spec'])
  const status = recordIn(autoscaler['status'])
  const target = recordIn(spec['scaleTargetRef'])
  const reference = `${textIn(target['kind'])}/${textIn(target['name'])}`
  return {
    cells: {
      Reference: reference,
      Targets: metricWords(recordsIn(spec['metrics']), recordsIn(status['currentMetrics'])),
      MinPods: typeof spec['minReplicas'] === 'number' ? String(integerIn(spec['minReplicas'])) : '<unset>',
      MaxPods: String(integerIn(spec['maxReplicas'])),
      Replicas: String(integerIn(status['currentReplicas'])),
    },
    summary: { target: reference, conditions: conditionsOf(status) },
  }
}

/** Upstream: printResourceQuota. */
export function summarizeQuota(quota: KubeObject): KindSummary {
  const status = recordIn(quota['status'])
  const hard = textsIn(status['hard'])
  const used = textsIn(status['used'])
  const words = (limits: boolean): string =>
    Object.keys(hard)
      .filter((resource) => resource.startsWith('limits.') === limits)
      .sort()
      .map((resource) => `${resource}: ${used[resource] ?? '0'}/${hard[resource]}`)
      .join(', ')
  return { cells: { Request: words(false), Limit: words(true) }, summary: { hard, used } }
}
