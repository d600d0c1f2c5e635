import http from 'node:http'
import https from 'node:https'
import { addressGuard, hostOf, type AddressGuard } from '@fairlead/egress/address-guard'

/** Why nothing was sent and nothing will be: trying again can't help. */
export class RefusedTarget extends Error {}

export interface PostRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface PostAnswer {
  readonly status: number
  /** Seconds that the receiver asks to wait. */
  readonly retryAfter: number | null
}

/** Throws RefusedTarget where nothing may be sent, and any other error where nobody answered. */
export type Post = (request: PostRequest) => Promise<PostAnswer>

const timeoutMs = 10_000

/**
 * POST over HTTP(S) to wherever people say, without lending them this machine's place in the network: private and
 * loopback addresses only out of `allow` (CIDR), never a redirect, ten seconds in all, and the answer's body unread.
 */
export function guardedPost(allow: readonly string[]): Post {
  const guard = addressGuard(
    allow,
    (host, address, refusal) => new RefusedTarget(`${host} is ${refusal} (${address}).`),
  )
  return async ({ url, headers, body }) => {
    const target = parseTarget(url, guard)
    const content = Buffer.from(body)
    const signal = AbortSignal.timeout(timeoutMs)
    return new Promise((resolve, reject) => {
      const request = (target.protocol === 'https:' ? https : http).request(target, {
        method: 'POST',
        headers: { ...headers, 'content-length': content.byteLength },
        lookup: guard.lookup,
        // One connection a message: a kept one would go on to an address that was checked long ago.
        agent: false,
        signal,
      })
      request.on('response', (response) => {
        resolve({ status: response.statusCode ?? 0, retryAfter: secondsOf(response.headers['retry-after']) })
        // Read to nowhere until it ends or the time is over: closing early looks like a failure to some receivers.
        response.on('error', () => undefined)
        response.resume()
      })
      request.on('error', (error) =>
        reject(signal.aborted ? new Error(`No answer within ${timeoutMs / 1_000} s`) : error),
      )
      request.end(content)
    })
  }
}

function parseTarget(text: string, guard: AddressGuard): URL {
  if (!URL.canParse(text)) throw new RefusedTarget('The address is not a URL.')
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RefusedTarget(`Only http and https are spoken, not ${url.protocol.slice(0, -1)}.`)
  guard.assertLiteral(hostOf(url))
  return url
}

const secondsOf = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
