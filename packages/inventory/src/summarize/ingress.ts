import type { KubeObject } from '@fairlead/kube/kube-object'
import { kept, pick, type Kept } from './kept'
import { recordIn, recordsIn, textIn, textsIn, type Loose } from '@fairlead/contracts/loose-json'
import type { KindSummary } from './summarized'

export interface IngressSummary {
  readonly kept: Kept
}

const shownHosts = 3

function hostWords(rules: readonly Loose[]): string {
  const hosts: string[] = []
  let more = false
  for (const rule of rules) {
    if (hosts.length === shownHosts) more = true
    const host = textIn(rule['host'])
    if (!more && host !== '') hosts.push(host)
  }
  if (hosts.length === 0) return '*'
  return more ? `${hosts.join(',')} + ${rules.length - shownHosts} more...` : hosts.join(',')
}

export function balancerAddresses(status: Loose): readonly string[] {
  const given = recordsIn(recordIn(status['loadBalancer'])['ingress'])
    .map((ingress) => textIn(ingress['ip']) || textIn(ingress['hostname']))
    .filter((address) => address !== '')
  return [...new Set(given)].sort()
}

/** Upstream: kubernetes/pkg/printers/internalversion printIngress. */
export function summarizeIngress(ingress: KubeObject): KindSummary {
  const spec = recordIn(ingress['spec'])
  const status = recordIn(ingress['status'])
  const summary: IngressSummary = {
    kept: kept(ingress, { spec, status: pick(status, ['loadBalancer']) }, ['kubernetes.io/ingress.class']),
  }
  return {
    cells: {
      Class: typeof spec['ingressClassName'] === 'string' ? spec['ingressClassName'] : '<none>',
      Hosts: hostWords(recordsIn(spec['rules'])),
      Address: balancerAddresses(status).join(','),
      Ports: recordsIn(spec['tls']).length > 0 ? '80, 443' : '80',
    },
    summary,
  }
}

/** Upstream: printIngressClass. */
export function summarizeIngressClass(object: KubeObject): KindSummary {
  const spec = recordIn(object['spec'])
  const parameters = recordIn(spec['parameters'])
  const group = parameters['apiGroup']
  const kind = `${textIn(parameters['kind'])}${typeof group === 'string' ? `.${group}` : ''}`
  return {
    cells: {
      Controller: textIn(spec['controller']),
      Parameters: spec['parameters'] == null ? '<none>' : `${kind}/${textIn(parameters['name'])}`,
    },
    summary: {
      kept: kept(object, { spec: pick(spec, ['controller']) }, [
        'ingressclass.kubernetes.io/is-default-class',
      ]),
    },
  }
}

const wordsOf = (values: unknown): string =>
  (Array.isArray(values) ? values : [])
    .filter((value) => typeof value === 'string')
    .sort()
    .join(',')

function requirementWords(requirement: Loose): string {
  const key = textIn(requirement['key'])
  switch (requirement['operator']) {
    case 'In':
      return `${key} in (${wordsOf(requirement['values'])})`
    case 'NotIn':
      return `${key} notin (${wordsOf(requirement['values'])})`
    case 'Exists':
      return key
    case 'DoesNotExist':
      return `!${key}`
    default:
      return '<error>'
  }
}

/** Upstream: apimachinery FormatLabelSelector. */
export function selectorWords(selector: Loose): string {
  const parts = [
    ...Object.entries(textsIn(selector['matchLabels'])).map(([key, value]) => ({
      key,
      words: `${key}=${value}`,
    })),
    ...recordsIn(selector['matchExpressions']).map((requirement) => ({
      key: textIn(requirement['key']),
      words: requirementWords(requirement),
    })),
  ]
  const sorted = parts.sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
  return sorted.map(({ words }) => words).join(',') || '<none>'
}

/** Upstream: printNetworkPolicy. */
export function summarizeNetworkPolicy(policy: KubeObject): KindSummary {
  const spec = recordIn(policy['spec'])
  return {
    cells: { 'Pod-Selector': selectorWords(recordIn(spec['podSelector'])) },
    summary: { kept: kept(policy, { spec }) },
  }
}
