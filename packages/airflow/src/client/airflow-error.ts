import type { AirflowStep } from '@fairlead/contracts/airflow'
import { FairleadError, isFairleadError, type ErrorCode, type ErrorDetail } from '@fairlead/contracts/errors'
import { z } from 'zod'

/** An error that knows at which step of a connection it came up. */
export class AirflowError extends FairleadError {
  constructor(
    readonly step: AirflowStep,
    ...rest: ConstructorParameters<typeof FairleadError>
  ) {
    super(...rest)
  }
}

export const stepError = (
  step: AirflowStep,
  code: ErrorCode,
  message: string,
  detail: ErrorDetail = {},
): AirflowError => new AirflowError(step, code, message, detail)

const dnsCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA', 'ESERVFAIL'])
const tcpWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
}

/** What Node says of a connection that failed → which step failed, in words. */
export function fromNetwork(error: unknown, host: string): AirflowError {
  if (error instanceof AirflowError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (dnsCodes.has(code))
    return stepError('dns', 'airflow_unreachable', `The name ${host} can't be resolved (${code}).`)
  const words = tcpWords[code]
  if (words !== undefined)
    return stepError('tcp', 'airflow_unreachable', `${host} can't be reached: ${words} (${code}).`)
  if (/CERT|TLS|SSL|EPROTO|SIGNATURE|ISSUER/.test(code))
    return stepError('tls', 'airflow_unreachable', `${host} can't be trusted: ${code}.`, {
      remedy:
        'Give it a certificate of an authority that the console’s machine trusts (NODE_EXTRA_CA_CERTS).',
    })
  return stepError('airflow', 'airflow_unreachable', `${host} gave no answer that HTTP allows.`)
}

const problemSchema = z.object({
  detail: z
    .union([
      z.string(),
      z.object({ reason: z.string().optional(), message: z.string().optional() }),
      z.array(z.object({ loc: z.array(z.union([z.string(), z.number()])).default([]), msg: z.string() })),
    ])
    .optional(),
  title: z.string().optional(),
})

/** Airflow's own words, whichever of its forms they come in; at most 500 characters. */
function wordsOf(body: string): string {
  const parsed = problemSchema.safeParse(jsonOf(body))
  if (!parsed.success) return ''
  const { detail, title } = parsed.data
  const text =
    detail === undefined
      ? (title ?? '')
      : typeof detail === 'string'
        ? detail
        : Array.isArray(detail)
          ? detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ')
          : (detail.reason ?? detail.message ?? '')
  return text.slice(0, 500)
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** What Airflow 3 says with 403 of a token that it can't verify, as after a start with another secret. */
const tokenWords = /\btoken\b/i

interface Refusal {
  readonly code: ErrorCode
  readonly message: string
  readonly remedy?: string
}
const refusals: Readonly<Record<number, Refusal>> = {
  400: { code: 'invalid', message: 'Airflow does not accept this' },
  401: {
    code: 'airflow_unauthorized',
    message: 'Airflow does not accept the user name and password of this connection',
    remedy: 'An administrator can give the connection new ones under Settings, Airflow.',
  },
  403: {
    code: 'airflow_refused',
    message: 'Airflow does not let the user of this connection do that',
    remedy: 'Give that user the right in Airflow, or the connection another user.',
  },
  404: { code: 'not_found', message: 'Airflow has none of that name' },
  // What an id with a slash in it leads to.
  405: { code: 'not_found', message: 'Airflow has none of that name' },
  409: { code: 'conflict', message: 'Airflow says that this is so already, or was changed meanwhile' },
  422: { code: 'invalid', message: 'Airflow does not accept this' },
  429: { code: 'rate_limited', message: 'Airflow asks to come more slowly' },
}

export function fromStatus(status: number, body: string, location: string | undefined): AirflowError {
  if (status >= 300 && status < 400)
    return stepError(
      'airflow',
      'airflow_refused',
      'The address answers with a redirect, which is not followed.',
      {
        ...(location === undefined ? {} : { found: location.slice(0, 200) }),
        remedy: 'Connect the address that it leads to, if that is your Airflow.',
      },
    )
  const words = wordsOf(body)
  const meant = status === 403 && tokenWords.test(words) ? 401 : status
  const known = refusals[meant]
  const said = words === '' ? '.' : `: ${words}`
  if (known !== undefined)
    return stepError(
      meant === 401 ? 'login' : 'airflow',
      known.code,
      `${known.message}${said}`,
      known.remedy === undefined ? {} : { remedy: known.remedy },
    )
  return stepError('airflow', 'airflow_unreachable', `Airflow failed with status ${status}${said}`)
}

export const isUnauthorized = (error: unknown): boolean =>
  isFairleadError(error) && error.code === 'airflow_unauthorized'
