import http from 'node:http'
import https from 'node:https'
import { FairleadError } from '@fairlead/contracts/errors'
import { hostOf, type AddressGuard } from '@fairlead/egress/address-guard'
import { dialable, unreachable } from './address'

export interface HttpAsk {
  readonly url: URL
  readonly method?: 'GET' | 'HEAD'
  readonly headers?: Readonly<Record<string, string>>
  readonly maxBytes: number
}

export interface HttpAnswer {
  /** Whose answer it is, after redirects. */
  readonly url: URL
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  /** Empty unless the status is 200. */
  readonly body: Buffer
}

const timeoutMs = 60_000
/** Charts are kept on other hosts: each is checked like the first, and none but it is told the login. */
const maxRedirects = 3

/** One question, and the answer of whoever it is redirected to. */
export async function askFollowing(guard: AddressGuard, wanted: HttpAsk): Promise<HttpAnswer> {
  let { url, headers = {} } = wanted
  for (let redirects = 0; ; redirects++) {
    const answer = await askOnce(guard, { ...wanted, url, headers })
    const { location } = answer.headers
    if (answer.status < 300 || answer.status >= 400 || location === undefined) return answer
    if (redirects >= maxRedirects)
      throw new FairleadError('unavailable', `${shown(wanted.url)} leads on and on.`, {
        expected: `at most ${maxRedirects} redirects`,
      })
    const next = placeOf(location, url)
    if (next.origin !== url.origin) {
      const { authorization: _, ...rest } = headers
      headers = rest
    }
    url = next
  }
}

/** Without its query: a redirect's may be a key to what it leads to. */
export const shown = ({ origin, pathname }: URL): string => `${origin}${pathname}`

/** Where the answer of `from` leads: never from https to clear text. */
export function placeOf(location: string, from: URL): URL {
  const next = URL.canParse(location, from.href) ? new URL(location, from.href) : null
  if (next === null || (next.protocol !== from.protocol && next.protocol !== 'https:'))
    throw new FairleadError(
      'forbidden',
      `${shown(from)} leads to ${next?.protocol ?? 'no address'}, which is not followed.`,
      { expected: 'https' },
    )
  return next
}

/** One question and its own answer: a redirect is one. */
export async function askOnce(guard: AddressGuard, ask: HttpAsk): Promise<HttpAnswer> {
  const { url, method = 'GET', headers = {}, maxBytes } = ask
  await dialable(url.href, guard)
  const signal = AbortSignal.timeout(timeoutMs)
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(error instanceof FairleadError ? error : unreachable(url.host, whyOf(error, signal.aborted)))
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      hostname: hostOf(url),
      method,
      headers,
      lookup: guard.lookup,
      // One connection a question: a kept one would go on to an address that was checked long ago.
      agent: false,
      signal,
    })
    request.on('error', fail)
    request.on('response', (response) => {
      read(response, url, maxBytes).then(resolve, fail)
    })
    request.end()
  })
}

const whyOf = (error: Error, late: boolean): string =>
  late
    ? `it gave no answer within ${timeoutMs / 1_000} s`
    : /certificate|self.signed/i.test(error.message)
      ? 'its certificate is not trusted'
      : 'it does not answer'

async function read(response: http.IncomingMessage, url: URL, maxBytes: number): Promise<HttpAnswer> {
  const { statusCode: status = 0, headers } = response
  if (status !== 200) {
    response.destroy()
    return { url, status, headers, body: Buffer.alloc(0) }
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw tooLarge(shown(url), maxBytes)
  }
  return { url, status, headers, body: Buffer.concat(chunks) }
}

export const tooLarge = (what: string, maxBytes: number): FairleadError =>
  new FairleadError('too_large', `${what} is larger than ${maxBytes / 1024 / 1024} MiB.`, {
    expected: `at most ${maxBytes / 1024 / 1024} MiB`,
  })
