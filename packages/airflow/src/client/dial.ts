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
  /** Bytes after which nothing more is read: `refuse` throws, `cut` keeps what came. */
  readonly limit?: { readonly bytes: number; readonly beyond: 'refuse' | 'cut' }
}
export interface Answer {
  readonly text: string
  readonly isJson: boolean
  readonly cut: boolean
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
  const chunks: Buffer[] = []
  let bytes = 0
  let cut = false
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, limit.bytes - bytes))
    bytes += chunk.byteLength
    cut = bytes > limit.bytes
    if (cut) break
  }
  if (cut && limit.beyond === 'refuse')
    throw stepError('airflow', 'too_large', `The answer is larger than ${limit.bytes / 1024 / 1024} MiB.`)
  const text = Buffer.concat(chunks).toString('utf8')
  if (status < 200 || status > 299) throw fromStatus(status, text, response.headers.location)
  return { text, isJson: /\bjson\b/.test(response.headers['content-type'] ?? ''), cut }
}
