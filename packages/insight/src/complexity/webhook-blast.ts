import type { NamespaceFact, WebhookFact } from '@fairlead/contracts/cluster-facts'
import type { WebhookBlast } from '@fairlead/contracts/complexity'
import { matchesSelector } from '../label-selector'

/** Kinds that live outside namespaces, as far as a rule with `scope: *` can be told by its resources. */
const clusterWide = new Set([
  'namespaces',
  'nodes',
  'persistentvolumes',
  'clusterroles',
  'clusterrolebindings',
  'customresourcedefinitions',
  'storageclasses',
  'priorityclasses',
  'ingressclasses',
  'apiservices',
])
const nameKey = 'kubernetes.io/metadata.name'

const plain = (resource: string): string => resource.split('/')[0] ?? resource
const namespacedRule = (rule: WebhookFact['rules'][number]): boolean =>
  rule.scope !== 'Cluster' && rule.resources.some((resource) => !clusterWide.has(plain(resource)))

/** Namespaces whose objects it is asked about; the API server gives every namespace its name as a label. */
export function coveredNamespaces(
  webhook: WebhookFact,
  namespaces: readonly NamespaceFact[],
): readonly string[] | null {
  if (!webhook.rules.some(namespacedRule)) return null
  return namespaces
    .filter(({ name, labels }) => matchesSelector(webhook.namespaceSelector, { [nameKey]: name, ...labels }))
    .map(({ name }) => name)
}

export const mustAnswer = ({ failurePolicy }: WebhookFact): boolean => failurePolicy === 'Fail'

export const backendState = ({ service, endpoints }: WebhookFact): WebhookBlast['backendState'] =>
  service === null || endpoints === null ? 'unknown' : endpoints > 0 ? 'up' : 'down'

/** A rule about pods or about every resource, for creates: what a rollout and a drain depend on. */
export const admitsPods = ({ rules }: WebhookFact): boolean =>
  rules.some(
    ({ operations, apiGroups, resources }) =>
      operations.some((operation) => operation === '*' || operation === 'CREATE') &&
      apiGroups.some((group) => group === '*' || group === '') &&
      resources.some((resource) => ['*', '*/*', 'pods', 'pods/*'].includes(resource)),
  )

export const isBroad = ({ rules }: WebhookFact): boolean =>
  rules.some(({ resources }) => resources.some((resource) => resource === '*' || resource === '*/*'))

function actsOf({ rules }: WebhookFact): readonly string[] {
  const acts = rules.map(({ operations, resources }) => {
    const what = operations.includes('*') ? 'every write' : operations.join(', ')
    const of = resources.some((resource) => resource === '*' || resource === '*/*')
      ? 'everything'
      : resources.join(', ')
    return `${what} of ${of}`
  })
  return [...new Set(acts)]
}

const backendOf = ({ service, url }: WebhookFact): string =>
  service === null ? (url ?? 'nowhere') : `${service.namespace}/${service.name}`

function wordsOf(webhook: WebhookFact, covered: readonly string[] | null, total: number): string {
  const acts = actsOf(webhook).join('; ')
  const where = covered === null ? 'of the whole cluster' : `in ${covered.length} of ${total} namespaces`
  const down = backendState(webhook) === 'down'
  if (!mustAnswer(webhook))
    return `${down ? 'It is down: ' : 'If it is down, '}${acts} ${where} go through unchecked, each after up to ${webhook.timeoutSeconds} s.`
  return down ? `It is down: ${acts} ${where} fail now.` : `If it is down, ${acts} ${where} fail.`
}

/** Pure: for each webhook, which writes fail without it, worst first. */
export function webhookBlasts(
  webhooks: readonly WebhookFact[],
  namespaces: readonly NamespaceFact[],
): readonly WebhookBlast[] {
  const rank = (webhook: WebhookFact): number =>
    (mustAnswer(webhook) ? 1e6 : 0) +
    (backendState(webhook) === 'down' ? 1e5 : 0) +
    (coveredNamespaces(webhook, namespaces)?.length ?? 0)
  return [...webhooks]
    .sort((left, right) => rank(right) - rank(left))
    .map((webhook) => {
      const covered = coveredNamespaces(webhook, namespaces)
      return {
        webhook: webhook.name,
        configuration: webhook.configuration,
        kind: webhook.kind,
        failurePolicy: webhook.failurePolicy,
        timeoutSeconds: webhook.timeoutSeconds,
        backend: backendOf(webhook),
        backendState: backendState(webhook),
        acts: actsOf(webhook),
        namespaces: covered,
        namespacesTotal: namespaces.length,
        words: wordsOf(webhook, covered, namespaces.length),
      }
    })
}
