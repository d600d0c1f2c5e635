import type { NamespaceFact, WebhookFact } from '@fairlead/contracts/cluster-facts'
import type { ComplexityFactor } from '@fairlead/contracts/complexity'
import { isEmptySelector } from '../label-selector'
import { admitsPods, backendState, coveredNamespaces, isBroad, mustAnswer } from './webhook-blast'

export interface Found {
  readonly factor: ComplexityFactor
  readonly namespace?: string | null
  readonly words: string
}

/** The most that a write should wait for one webhook; ten is the default of the API server. */
const longSeconds = 10

/** Pure: what is wrong with each webhook, and that it is there at all. */
export function webhookItems(
  webhooks: readonly WebhookFact[],
  about: { readonly namespaces: readonly NamespaceFact[]; readonly now: Date },
): readonly Found[] {
  return webhooks.flatMap((webhook) => itemsOf(webhook, about))
}

function itemsOf(
  webhook: WebhookFact,
  { namespaces, now }: { readonly namespaces: readonly NamespaceFact[]; readonly now: Date },
): Found[] {
  const { name, configuration, service, timeoutSeconds, caExpiresAt } = webhook
  const label = `${configuration} / ${name}`
  const covered = coveredNamespaces(webhook, namespaces) ?? []
  const found: Found[] = [{ factor: 'webhook', words: label }]
  const must = mustAnswer(webhook)
  const say = (factor: ComplexityFactor, words: string): void =>
    void found.push({ factor, words: `${label}: ${words}` })
  if (backendState(webhook) === 'down' && must)
    say('webhook-down', `its Service ${service?.namespace}/${service?.name} has no ready endpoint`)
  if (caExpiresAt !== null && Date.parse(caExpiresAt) < now.getTime())
    say('webhook-expired', `its CA bundle ended ${caExpiresAt.slice(0, 10)}`)
  if (must && service !== null && covered.includes(service.namespace) && admitsPods(webhook))
    say('webhook-own-namespace', `it must admit the pods of ${service.namespace}, where it runs itself`)
  const everywhere = isEmptySelector(webhook.namespaceSelector) && covered.length === namespaces.length
  const unbounded = isEmptySelector(webhook.objectSelector) && webhook.matchConditions === 0
  if (must && unbounded && everywhere && (isBroad(webhook) || admitsPods(webhook)))
    say(
      'webhook-broad',
      `failurePolicy Fail, ${isBroad(webhook) ? 'every resource' : 'every pod'}, no namespace excluded`,
    )
  if (timeoutSeconds > longSeconds) say('webhook-slow', `a write waits up to ${timeoutSeconds} s`)
  return found
}
