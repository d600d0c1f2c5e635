import http from 'node:http'
import https from 'node:https'
import { hostOf, type AddressGuard } from '@fairlead/egress/address-guard'
import { assertSpeakable } from './address'
import { fromNetwork, fromStatus, stepError } from './airflow-error'

export interface Question {
  readonly method: 'GET' | 'POST' | 'PATCH'
  /** Below the address, encoded: it is sent as it is. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** What is kept of a larger answer: nothing, but an error; or its last `bytes`, as far as `most` are read at all. */
  readonly limit?:
    | { readonly bytes: number; readonly beyond: 'refuse' }
    | { readonly bytes: number; readonly beyond: 'tail'; readonly most: number }
}
export interface Answer {
  readonly text: string
  readonly isJson: boolean
  /** `start`: the beginning is left out. `both`: there was more than is read at all, so the end is, too. */
  readonly cut: 'start' | 'both' | null
}
export type Ask = (question: Question) => Promise<Answer>

interface DialOptions {
  readonly address: URL
  readonly guard: AddressGuard
  readonly timeoutMs: number
}

const standardLimit = { bytes: 8 * 1024 * 1024, beyond: 'refuse' } as const

/** HTTP to one Airflow: guarded addresses, no redirects, a limit of time and one of size, errors in words. */
export function dial(options: DialOptions): Ask {
  const { address, guard } = options
  return async (question) => {
    try {
      await assertSpeakable(address, guard)
    } catch (error) {
      throw fromNetwork(error, hostOf(address))
    }
    return send(options, question)
  }
}

function send({ address, guard, timeoutMs }: DialOptions, question: Question): Promise<Answer> {
  const content = question.body === undefined ? null : Buffer.from(JSON.stringify(question.body))
  const signal = AbortSignal.timeout(timeoutMs)
  const late = () =>
    stepError('tcp', 'airflow_unreachable', `${address.host} gave no answer within ${timeoutMs / 1_000} s.`)
  return new Promise((resolve, reject) => {
    const request = (address.protocol === 'https:' ? https : http).request({
      hostname: hostOf(address),
      port: address.port === '' ? undefined : Number(address.port),
      // As text: a URL would resolve the dots that an id may consist of.
      path: `${address.pathname.replace(/\/+$/, '')}${question.path}`,
      method: question.method,
      headers: {
        accept: 'application/json',
        ...(content === null
          ? {}
          : { 'content-type': 'application/json', 'content-length': content.byteLength }),
        ...question.headers,
      },
      lookup: guard.lookup,
      // One connection a question: a kept one would go on to an address that was checked long ago.
      agent: false,
      signal,
    })
    request.on('error', (error) => reject(signal.aborted ? late() : fromNetwork(error, address.host)))
    request.on('response', (response) => {
      read(response, question.limit ?? standardLimit).then(resolve, (error: unknown) =>
        reject(signal.aborted ? late() : fromNetwork(error, address.host)),
      )
    })
    request.end(content ?? undefined)
  })
}

async function read(response: http.IncomingMessage, limit: NonNullable<Question['limit']>): Promise<Answer> {
  const status = response.statusCode ?? 0
  const { chunks, bytes, stopped } = await gather(response, limit)
  if (bytes > limit.bytes && limit.beyond === 'refuse')
    throw stepError('airflow', 'too_large', `The answer is larger than ${limit.bytes / 1024 / 1024} MiB.`)
  const kept = Buffer.concat(chunks)
  const text = kept.subarray(Math.max(0, kept.byteLength - limit.bytes)).toString('utf8')
  if (status < 200 || status > 299) throw fromStatus(status, text, response.headers.location)
  const cut = stopped ? 'both' : bytes > limit.bytes ? 'start' : null
  return { text, isJson: /\bjson\b/.test(response.headers['content-type'] ?? ''), cut }
}

/** What came, without what is long past: at least the last bytes of the limit. */
async function gather(response: http.IncomingMessage, limit: NonNullable<Question['limit']>) {
  const most = limit.beyond === 'tail' ? limit.most : limit.bytes
  const chunks: Buffer[] = []
  let [bytes, held] = [0, 0]
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      const part = chunk.subarray(0, most - bytes)
      chunks.push(part)
      held += part.byteLength
      bytes += chunk.byteLength
      // Whole chunks go as soon as those after them are enough.
      for (let [first] = chunks; first && held - first.byteLength >= limit.bytes; [first] = chunks) {
        chunks.shift()
        held -= first.byteLength
      }
      if (bytes > most) return { chunks, bytes, stopped: true }
    }
  } catch (error) {
    // The time was up while a long one came: what came of it is better than nothing.
    if (limit.beyond === 'refuse' || bytes <= limit.bytes) throw error
    return { chunks, bytes, stopped: true }
  }
  return { chunks, bytes, stopped: false }
}
