import crypto from 'node:crypto'

/** A secret as Standard Webhooks writes it: `whsec_`, then 24 to 64 bytes in base64. */
export function isWebhookSecret(text: string): boolean {
  const [, body] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? []
  if (body === undefined) return false
  const { length } = Buffer.from(body, 'base64')
  return length >= 24 && length <= 64
}

interface Signed {
  readonly id: string
  readonly at: Date
  /** The very bytes that are sent. */
  readonly body: string
}

/**
 * Headers by which a receiver knows that a message is ours and fresh: HMAC-SHA256 over id, time and body, once for each
 * secret, so that one can follow another. https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureHeaders(
  secrets: readonly string[],
  { id, at, body }: Signed,
): Readonly<Record<string, string>> {
  if (secrets.length === 0) return {}
  const seconds = String(Math.floor(at.getTime() / 1_000))
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    return `v1,${crypto.createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': signatures.join(' ') }
}
