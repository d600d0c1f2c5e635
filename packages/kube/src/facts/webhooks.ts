import { X509Certificate } from 'node:crypto'
import type { LabelSelector, Read, WebhookFact, WebhookRule } from '@fairlead/contracts/cluster-facts'
import type { KubeClient } from '../kube-client'
import {
  integerIn,
  textsIn,
  recordIn,
  recordsIn,
  textIn,
  textListIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import { joinRead, readList, type ReadOptions } from './read-list'

/** The API server's own defaults, admissionregistration.k8s.io/v1. */
const defaultTimeoutSeconds = 10

export function selectorIn(value: unknown): LabelSelector {
  const selector = recordIn(value)
  return {
    matchLabels: textsIn(selector['matchLabels']),
    matchExpressions: recordsIn(selector['matchExpressions']).map((expression) => ({
      key: textIn(expression['key']),
      operator: textIn(expression['operator']),
      values: textListIn(expression['values']),
    })),
  }
}

const ruleIn = (rule: Loose): WebhookRule => ({
  operations: textListIn(rule['operations']),
  apiGroups: textListIn(rule['apiGroups']),
  resources: textListIn(rule['resources']),
  scope: textIn(rule['scope']) || '*',
})

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g

/** The earliest end among the certificates of a bundle. */
export function bundleEnds(caBundle: unknown): string | null {
  const pem = Buffer.from(textIn(caBundle), 'base64').toString('utf8')
  const ends = (pem.match(pemBlock) ?? []).flatMap((block) => {
    try {
      return [Date.parse(new X509Certificate(block).validTo)]
    } catch {
      return []
    }
  })
  const first = Math.min(...ends.filter((at) => !Number.isNaN(at)))
  return Number.isFinite(first) ? new Date(first).toISOString() : null
}

function webhooksIn(kind: WebhookFact['kind'], configuration: Loose): WebhookFact[] {
  const name = textIn(recordIn(configuration['metadata'])['name'])
  return recordsIn(configuration['webhooks']).map((webhook) => {
    const config = recordIn(webhook['clientConfig'])
    const service = recordIn(config['service'])
    const named = textIn(service['name']) !== ''
    return {
      kind,
      configuration: name,
      name: textIn(webhook['name']),
      failurePolicy: webhook['failurePolicy'] === 'Ignore' ? 'Ignore' : 'Fail',
      timeoutSeconds: integerIn(webhook['timeoutSeconds']) || defaultTimeoutSeconds,
      rules: recordsIn(webhook['rules']).map(ruleIn),
      namespaceSelector: selectorIn(webhook['namespaceSelector']),
      objectSelector: selectorIn(webhook['objectSelector']),
      matchConditions: recordsIn(webhook['matchConditions']).length,
      service: named ? { namespace: textIn(service['namespace']), name: textIn(service['name']) } : null,
      url: textIn(config['url']) || null,
      endpoints: null,
      caExpiresAt: bundleEnds(config['caBundle']),
    }
  })
}

const flat = (kind: WebhookFact['kind'], read: Read<Loose>): Read<WebhookFact> =>
  read.state === 'read'
    ? { state: 'read', items: read.items.flatMap((each) => webhooksIn(kind, each)) }
    : read

/** Ready endpoints of a Service over all its slices; an absent condition means ready. */
async function readyEndpoints(
  client: KubeClient,
  service: NonNullable<WebhookFact['service']>,
  options: ReadOptions,
): Promise<number | null> {
  const namespace = encodeURIComponent(service.namespace)
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`
  const labelSelector = `kubernetes.io/service-name=${service.name}`
  const slices = await readList(client, path, { ...options, labelSelector })
  if (slices.state !== 'read') return null
  return slices.items
    .flatMap((slice) => recordsIn(slice['endpoints']))
    .filter((endpoint) => recordIn(endpoint['conditions'])['ready'] !== false).length
}

/** Every webhook of the cluster, with how many endpoints stand behind it. */
export async function readWebhooks(client: KubeClient, options: ReadOptions): Promise<Read<WebhookFact>> {
  const root = '/apis/admissionregistration.k8s.io/v1'
  const [mutating, validating] = await Promise.all([
    readList(client, `${root}/mutatingwebhookconfigurations`, options),
    readList(client, `${root}/validatingwebhookconfigurations`, options),
  ])
  const read = joinRead(flat('Mutating', mutating), flat('Validating', validating))
  if (read.state !== 'read') return read
  const asked = new Map<string, Promise<number | null>>()
  const endpointsOf = (service: NonNullable<WebhookFact['service']>): Promise<number | null> => {
    const key = `${service.namespace}/${service.name}`
    const known = asked.get(key) ?? readyEndpoints(client, service, options)
    asked.set(key, known)
    return known
  }
  const items: WebhookFact[] = []
  for (const webhook of read.items)
    items.push(
      webhook.service === null ? webhook : { ...webhook, endpoints: await endpointsOf(webhook.service) },
    )
  return { state: 'read', items }
}
