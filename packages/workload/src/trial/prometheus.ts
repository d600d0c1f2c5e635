import http from 'node:http'
import https from 'node:https'
import { addressGuard, hostOf, type AddressGuard } from '@fairlead/egress/address-guard'
import { authorizationOf } from '@fairlead/egress/authorization'
import type { SourceLogin } from '@fairlead/contracts/source-reader'
import { messageOf } from '@fairlead/contracts/errors'
import { z } from 'zod'
import type { MetricAnswer, MetricSource } from './metric-source'

const timeoutMs = 10_000
/** One number is asked for: an answer of this size is none. */
const mostBytes = 256 * 1024

const sample = z.tuple([z.number(), z.string()])
const scalarSchema = z.object({ resultType: z.literal('scalar'), result: sample })
const vectorSchema = z.object({
  resultType: z.literal('vector'),
  result: z.array(z.object({ value: sample })),
})
const answerSchema = z.object({
  status: z.literal('success'),
  data: z.looseObject({ resultType: z.string() }),
})
const refusalSchema = z.object({ status: z.literal('error'), error: z.string() })

const silent = (reason: string): MetricAnswer => ({ kind: 'silent', reason })

/**
 * Instant queries by Prometheus's HTTP API, which others speak too. Addresses come out of people's documents, so private
 * and loopback ones are dialled only out of `allow` (CIDR), a redirect is never followed, and time and size are bounded.
 */
export function prometheusSource(allow: readonly string[]): MetricSource {
  const guard = addressGuard(
    allow,
    (host, address, refusal) =>
      new Error(`${host} is ${refusal} (${address}); FAIRLEAD_METRICS_CIDRS does not allow it.`),
  )
  return {
    ask: async ({ prometheus, query, login }) => {
      const url = queryUrl(prometheus, query)
      if (login !== null && !keepsSecret(url))
        return silent('A login is kept for it, which goes over https or to loopback alone: it was not asked.')
      try {
        return read(await get(guard, url, login))
      } catch (error) {
        return silent(messageOf(error))
      }
    },
  }
}

function queryUrl(prometheus: string, query: string): URL {
  const url = new URL(prometheus)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/query`
  url.searchParams.set('query', query)
  return url
}

interface Answer {
  readonly status: number
  readonly body: string
}

/** Whether nobody on the way can read what is said. */
function keepsSecret(url: URL): boolean {
  const host = hostOf(url)
  return url.protocol === 'https:' || host === 'localhost' || host === '::1' || /^127(?:\.\d+){3}$/.test(host)
}

function get(guard: AddressGuard, url: URL, login: SourceLogin | null): Promise<Answer> {
  guard.assertLiteral(hostOf(url))
  const signal = AbortSignal.timeout(timeoutMs)
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).request(url, {
      headers: {
        accept: 'application/json',
        ...(login === null ? {} : { authorization: authorizationOf(login) }),
      },
      lookup: guard.lookup,
      // One connection a question: a kept one would go on to an address that was checked long ago.
      agent: false,
      signal,
    })
    const fail = (error: Error) =>
      reject(signal.aborted ? new Error(`No answer within ${timeoutMs / 1_000} s.`) : error)
    request.on('error', fail)
    request.on('response', (response) => {
      const parts: Buffer[] = []
      let bytes = 0
      response.on('error', fail)
      response.on('data', (part: Buffer) => {
        bytes += part.byteLength
        if (bytes > mostBytes)
          request.destroy(new Error(`It answered with more than ${mostBytes / 1024} KiB.`))
        else parts.push(part)
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8') }),
      )
    })
    request.end()
  })
}

function read({ status, body }: Answer): MetricAnswer {
  if (status === 401 || status === 403)
    return silent('It refuses the login, or asks for one: fairlead repository set keeps one for its address.')
  let json: unknown
  try {
    json = JSON.parse(body)
  } catch {
    return silent(`It answered ${status}, and not as a Prometheus does.`)
  }
  const refusal = refusalSchema.safeParse(json)
  if (refusal.success) return silent(`It refused the query: ${refusal.data.error.slice(0, 300)}`)
  const answer = answerSchema.safeParse(json)
  if (status !== 200 || !answer.success) return silent(`It answered ${status}, and not as a Prometheus does.`)
  return numberOf(answer.data.data)
}

function numberOf(data: { readonly resultType: string }): MetricAnswer {
  const scalar = scalarSchema.safeParse(data)
  if (scalar.success) return { kind: 'value', value: numberIn(scalar.data.result[1]) }
  const vector = vectorSchema.safeParse(data)
  if (!vector.success) return silent(`The query gives a ${data.resultType}, and no single number.`)
  const [first, second] = vector.data.result
  if (first === undefined) return silent('The query found no series.')
  if (second !== undefined)
    return silent(`The query found ${vector.data.result.length} series; it has to give a single number.`)
  return { kind: 'value', value: numberIn(first.value[1]) }
}

/** Prometheus writes `NaN`, `+Inf` and `-Inf` as well; an empty text is no 0. */
const numberIn = (text: string): number =>
  text.trim() === '' ? Number.NaN : Number(text.replace('Inf', 'Infinity'))
