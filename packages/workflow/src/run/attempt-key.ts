import crypto from 'node:crypto'

/** Characters of base32, five bits each: 100 bits, of which 80 would do. */
const hashLength = 20
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const maxKeyLength = 63

interface AttemptIdentity {
  readonly runId: string
  readonly taskId: string
  readonly index: number
  readonly number: number
}

/**
 * The name of an attempt: f(run, task, index, attempt), a DNS label of at most 63 characters whose last 20 are
 * 100 bits of a SHA-256 over all four; what stands before is for people only.
 */
export function attemptKey({ runId, taskId, index, number }: AttemptIdentity): string {
  const digest = crypto
    .createHash('sha256')
    .update(JSON.stringify([runId, taskId, index, number]))
    .digest()
  const hash = base32(digest).slice(0, hashLength)
  const shown = `${taskId}${index < 0 ? '' : `-${index}`}-${number}`
  const head = shown.slice(0, maxKeyLength - hashLength - 1).replace(/-+$/, '')
  return `${head}-${hash}`
}

function base32(bytes: Buffer): string {
  let text = ''
  let bits = 0
  let value = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(value >>> bits) & 31] ?? ''
      value &= (1 << bits) - 1
    }
  }
  return text
}

/** The container's proof of which attempt it is. */
export const attemptToken = (): string => crypto.randomBytes(24).toString('base64url')

/** What decides whether something under our key is ours. Keys are sorted, so that equal specs have equal hashes. */
export const hashOf = (value: unknown): string =>
  crypto
    .createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('hex')

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
