import type { KubeObject } from '@fairlead/kube/kube-object'
import { conditionsOf } from './conditions'
import {
  integerIn,
  recordIn,
  recordsIn,
  textIn,
  textListIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import type { Condition, KindSummary } from './summarized'

/** One webhook of a configuration: what decides whom it may hold up. */
export interface WebhookSummary {
  readonly name: string
  readonly failurePolicy: string
  readonly timeoutSeconds: number
  /** `namespace/name` of the Service that answers; null for an address outside. */
  readonly service: string | null
  readonly rules: unknown
  readonly namespaceSelector: Loose
  readonly objectSelector: Loose
}

const serviceOf = (reference: Loose): string =>
  `${textIn(reference['namespace'])}/${textIn(reference['name'])}`

const webhookOf = (webhook: Loose): WebhookSummary => {
  const service = recordIn(webhook['clientConfig'])['service']
  return {
    name: textIn(webhook['name']),
    failurePolicy: textIn(webhook['failurePolicy']),
    timeoutSeconds: integerIn(webhook['timeoutSeconds']),
    service: service == null ? null : serviceOf(recordIn(service)),
    rules: webhook['rules'] ?? [],
    namespaceSelector: recordIn(webhook['namespaceSelector']),
    objectSelector: recordIn(webhook['objectSelector']),
  }
}

/** Upstream: kubernetes/pkg/printers/internalversion printValidatingWebhook and printMutatingWebhook. */
export function summarizeWebhooks(object: KubeObject): KindSummary {
  const webhooks = recordsIn(object['webhooks'])
  return { cells: { Webhooks: String(webhooks.length) }, summary: { webhooks: webhooks.map(webhookOf) } }
}

/** Upstream: kube-aggregator/pkg/registry/apiservice/etcd ConvertToTable. */
export function summarizeApiService(object: KubeObject): KindSummary {
  const spec = recordIn(object['spec'])
  const status = recordIn(object['status'])
  const available = recordsIn(status['conditions']).find((condition) => condition['type'] === 'Available')
  const word = textIn(available?.['status']) || 'Unknown'
  const reason = textIn(available?.['reason'])
  return {
    cells: {
      Service: spec['service'] == null ? 'Local' : serviceOf(recordIn(spec['service'])),
      Available: word === 'True' || reason === '' ? word : `${word} (${reason})`,
    },
    state: word === 'True' ? 'available' : 'unavailable',
    summary: { conditions: conditionsOf(status) },
  }
}

/** Without its schemas, which are most of its bytes. */
export interface DefinitionSummary {
  readonly group: string
  readonly kind: string
  readonly plural: string
  readonly singular: string
  readonly shortNames: readonly string[]
  /** `Namespaced` or `Cluster`. */
  readonly scope: string
  /** Those that are served. */
  readonly versions: readonly string[]
  readonly conditions: readonly Condition[]
}

export function summarizeDefinition(object: KubeObject): KindSummary {
  const spec = recordIn(object['spec'])
  const versions = recordsIn(spec['versions'])
  const summary: DefinitionSummary = {
    group: textIn(spec['group']),
    kind: textIn(recordIn(spec['names'])['kind']),
    plural: textIn(recordIn(spec['names'])['plural']),
    singular: textIn(recordIn(spec['names'])['singular']),
    shortNames: textListIn(recordIn(spec['names'])['shortNames']),
    scope: textIn(spec['scope']),
    versions: versions
      .filter((version) => version['served'] === true)
      .map((version) => textIn(version['name'])),
    conditions: conditionsOf(recordIn(object['status'])),
  }
  return { cells: { 'Created At': object.metadata.creationTimestamp ?? '' }, summary }
}
