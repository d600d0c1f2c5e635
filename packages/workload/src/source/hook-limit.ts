import { FairleadError } from '@fairlead/contracts/errors'
import type { RawSql } from '@fairlead/db/fast-sql'
import { countOne, type RateLimit } from '@fairlead/db/rate-limit'

const windowMs = 60_000
/** A merge of many branches is a burst of posts, each for itself right. */
export const mostProven = 60
export const mostUnproven = { perAddress: 10, perHook: 30 } as const

/** Whose posts count together: of IPv6 a network, since whoever has one address has its other 2^64 too. */
export function networkOf(address: string | null): string {
  if (address === null) return 'unknown'
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const parts = (text: string) => text.split(':').filter((part) => part !== '')
  const [left, right] = [parts(head), parts(tail ?? '')]
  const between = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  const network = [...left, ...(tail === undefined ? [] : between), ...right].slice(0, 4)
  return `${network.map((part) => Number.parseInt(part, 16).toString(16)).join(':')}::`
}

export interface Post {
  readonly application: string
  readonly address: string | null
  readonly proven: boolean
}

/** What one post counts against, in this order: what an address has no more of, a hook isn't charged for. */
export const limitsOf = ({ application, address, proven }: Post): readonly RateLimit[] =>
  proven
    ? [{ key: `source-hook/proven/${application}`, most: mostProven, windowMs }]
    : [
        { key: `source-hook/from/${networkOf(address)}`, most: mostUnproven.perAddress, windowMs },
        { key: `source-hook/unproven/${application}`, most: mostUnproven.perHook, windowMs },
      ]

/** Unproven posts never use up what is left for proven ones. */
export async function limitPosts(db: RawSql, post: Post, now: Date): Promise<void> {
  for (const limit of limitsOf(post)) {
    const { allowed, retryAfterSeconds } = await countOne(db, limit, now)
    if (!allowed)
      throw new FairleadError('rate_limited', 'Too many posts to this webhook.', {
        expected: `at most ${limit.most} a minute`,
        retryAfterSeconds,
      })
  }
}
