import http from 'node:http'
import https from 'node:https'
import { FairleadError } from '@fairlead/contracts/errors'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import { hostOf, type AddressGuard } from '@fairlead/egress/address-guard'
import { authorizationOf } from '@fairlead/egress/authorization'
import { dialable, unreachable } from './address'

export interface Wanted {
  readonly url: URL
  readonly login: SourceLogin | null
  readonly maxBytes: number
}

const timeoutMs = 60_000
/** Chart repositories keep their archives on other hosts: each is checked like the first, and none but it gets the login. */
const maxRedirects = 3

export async function download(guard: AddressGuard, wanted: Wanted): Promise<Buffer> {
  let { url, login } = wanted
  for (let redirects = 0; ; redirects++) {
    await dialable(url.href, guard)
    const answer = await get(guard, { ...wanted, url, login })
    if (answer.location === null) return answer.body
    if (redirects >= maxRedirects)
      throw new FairleadError('unavailable', `${wanted.url.href} leads on and on.`, {
        expected: `at most ${maxRedirects} redirects`,
      })
    const next = new URL(answer.location, url)
    if (next.protocol !== url.protocol && next.protocol !== 'https:')
      throw new FairleadError('forbidden', `${url.href} leads to ${next.protocol}, which is not followed.`, {
        expected: 'https',
      })
    if (next.origin !== url.origin) login = null
    url = next
  }
}

interface Answer {
  readonly location: string | null
  readonly body: Buffer
}

function get(guard: AddressGuard, { url, login, maxBytes }: Wanted): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs)
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(error instanceof FairleadError ? error : unreachable(url.host, whyOf(error, signal.aborted)))
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      hostname: hostOf(url),
      headers: login === null ? {} : { authorization: authorizationOf(login) },
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

async function read(response: http.IncomingMessage, url: URL, maxBytes: number): Promise<Answer> {
  const status = response.statusCode ?? 0
  const location = response.headers.location ?? null
  if (status >= 300 && status < 400 && location !== null) {
    response.destroy()
    return { location, body: Buffer.alloc(0) }
  }
  if (status !== 200) {
    response.destroy()
    throw refusal(status, url)
  }
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    bytes += chunk.byteLength
    if (bytes > maxBytes)
      throw new FairleadError('too_large', `${url.href} is larger than ${maxBytes / 1024 / 1024} MiB.`, {
        expected: `at most ${maxBytes / 1024 / 1024} MiB`,
      })
  }
  return { location: null, body: Buffer.concat(chunks) }
}

function refusal(status: number, url: URL): FairleadError {
  if (status === 401 || status === 403)
    return new FairleadError('forbidden', `${url.href} refuses the login, or asks for one.`, {
      remedy: 'fairlead repository set keeps a login for it; an administrator of projects may do that.',
    })
  if (status === 404)
    return new FairleadError('not_found', `There is nothing at ${url.href}.`, {
      remedy: 'Correct spec.source.helm. The last release stays as it is.',
    })
  return new FairleadError('unavailable', `${url.host} answered with ${status}.`, { found: String(status) })
}
