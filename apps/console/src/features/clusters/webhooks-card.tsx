import type { WebhookBlast } from '@fairlead/contracts/complexity'
import { Badge } from '@fairlead/ui/badge'
import { Card } from '@fairlead/ui/card'
import { StatusMark } from '@fairlead/ui/status-mark'
import type { Tone } from '@fairlead/ui/tone'

const looks: Record<WebhookBlast['backendState'], { tone: Tone; word: string }> = {
  up: { tone: 'ok', word: 'Answers' },
  down: { tone: 'failing', word: 'No endpoint' },
  unknown: { tone: 'unknown', word: 'Unknown' },
}

/** Which writes fail when a webhook is down, worst first. */
export function WebhooksCard({ webhooks }: { webhooks: readonly WebhookBlast[] }) {
  return (
    <Card flush title="If a webhook is down" description="Which writes fail with it">
      {webhooks.length === 0 ? (
        <p className="px-4 py-3 text-sm text-muted">
          No admission webhook stands between a write and this cluster.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {webhooks.map((webhook) => (
            <li
              key={`${webhook.kind} ${webhook.configuration} ${webhook.webhook}`}
              className="px-4 py-3 text-sm"
            >
              <div className="flex flex-wrap items-center gap-2">
                <span className="min-w-0 font-medium break-all">{webhook.webhook}</span>
                <Badge tone={webhook.failurePolicy === 'Fail' ? 'failing' : undefined}>
                  {webhook.failurePolicy}
                </Badge>
                <Badge>{webhook.kind}</Badge>
                <Badge>{webhook.timeoutSeconds} s</Badge>
                <StatusMark {...looks[webhook.backendState]} className="ml-auto text-xs" />
              </div>
              <p
                className={
                  webhook.backendState === 'down' && webhook.failurePolicy === 'Fail'
                    ? 'mt-1 text-fail'
                    : 'mt-1'
                }
              >
                {webhook.words}
              </p>
              <p className="mt-0.5 text-xs break-words text-muted">
                {webhook.configuration}, served by {webhook.backend}
                {webhook.namespaces !== null && webhook.namespaces.length > 0
                  ? ` · covers ${webhook.namespaces.slice(0, 8).join(', ')}${webhook.namespaces.length > 8 ? ' …' : ''}`
                  : ''}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
