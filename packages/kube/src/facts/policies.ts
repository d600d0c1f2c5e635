import type { AutoscalerFact, BudgetFact, NamespaceFact, Read } from '@fairlead/contracts/cluster-facts'
import type { KubeClient } from '../kube-client'
import {
  integerIn,
  textsIn,
  recordIn,
  recordsIn,
  textIn,
  textListIn,
  timeIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import { joinRead, mapRead, readList, type ReadOptions } from './read-list'
import { selectorIn } from './webhooks'

export function namespaceFact(object: Loose): NamespaceFact {
  const metadata = recordIn(object['metadata'])
  const status = recordIn(object['status'])
  const since = timeIn(metadata['deletionTimestamp'])
  const conditions = recordsIn(status['conditions']).filter(({ status: met }) => met === 'True')
  const finalizers = textListIn(recordIn(object['spec'])['finalizers'])
  return {
    name: textIn(metadata['name']),
    labels: textsIn(metadata['labels']),
    terminatingSince: since,
    remaining:
      since === null
        ? []
        : [
            ...conditions.map((condition) => textIn(condition['message'])).filter((words) => words !== ''),
            ...finalizers.map((finalizer) => `finalizer ${finalizer}`),
          ],
  }
}

export function budgetFact(object: Loose): BudgetFact {
  const metadata = recordIn(object['metadata'])
  const spec = recordIn(object['spec'])
  const status = recordIn(object['status'])
  return {
    namespace: textIn(metadata['namespace']),
    name: textIn(metadata['name']),
    selector: spec['selector'] == null ? null : selectorIn(spec['selector']),
    disruptionsAllowed: integerIn(status['disruptionsAllowed']),
    currentHealthy: integerIn(status['currentHealthy']),
    desiredHealthy: integerIn(status['desiredHealthy']),
    expectedPods: integerIn(status['expectedPods']),
  }
}

export function horizontalFact(object: Loose): AutoscalerFact {
  const metadata = recordIn(object['metadata'])
  const spec = recordIn(object['spec'])
  const target = recordIn(spec['scaleTargetRef'])
  const resources = recordsIn(spec['metrics']).map(
    (metric) =>
      textIn(recordIn(metric['resource'])['name']) || textIn(recordIn(metric['containerResource'])['name']),
  )
  return {
    kind: 'HorizontalPodAutoscaler',
    namespace: textIn(metadata['namespace']),
    name: textIn(metadata['name']),
    targetKind: textIn(target['kind']),
    targetName: textIn(target['name']),
    resources: [...new Set(resources)].filter((name) => name !== ''),
    active: true,
    minReplicas: typeof spec['minReplicas'] === 'number' ? integerIn(spec['minReplicas']) : 1,
  }
}

/** autoscaling.k8s.io/v1: acts on CPU and memory unless told otherwise, and by itself unless its mode is Off. */
export function verticalFact(object: Loose): AutoscalerFact {
  const metadata = recordIn(object['metadata'])
  const spec = recordIn(object['spec'])
  const target = recordIn(spec['targetRef'])
  const named = recordsIn(recordIn(spec['resourcePolicy'])['containerPolicies']).flatMap((policy) =>
    textListIn(policy['controlledResources']),
  )
  return {
    kind: 'VerticalPodAutoscaler',
    namespace: textIn(metadata['namespace']),
    name: textIn(metadata['name']),
    targetKind: textIn(target['kind']),
    targetName: textIn(target['name']),
    resources: named.length > 0 ? [...new Set(named)] : ['cpu', 'memory'],
    active: textIn(recordIn(spec['updatePolicy'])['updateMode']) !== 'Off',
    minReplicas: null,
  }
}

export async function readAutoscalers(
  client: KubeClient,
  options: ReadOptions,
): Promise<Read<AutoscalerFact>> {
  const [horizontal, vertical] = await Promise.all([
    readList(client, '/apis/autoscaling/v2/horizontalpodautoscalers', options),
    readList(client, '/apis/autoscaling.k8s.io/v1/verticalpodautoscalers', options),
  ])
  return joinRead(mapRead(horizontal, horizontalFact), mapRead(vertical, verticalFact))
}
