import { FairleadError, type ErrorCode } from '@fairlead/contracts/errors'
import { z } from 'zod'

const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().default(''),
  reason: z.string().default(''),
  code: z.number().optional(),
  details: z
    .object({
      retryAfterSeconds: z.number().nullish(),
      causes: z
        .array(
          z.object({
            reason: z.string().optional(),
            message: z.string().optional(),
            field: z.string().optional(),
          }),
        )
        .nullish(),
    })
    .nullish(),
})

export interface StatusCause {
  readonly reason?: string | undefined
  readonly message?: string | undefined
  readonly field?: string | undefined
}

/** What an API server answered instead of doing it. */
export class KubeStatusError extends FairleadError {
  override readonly name = 'KubeStatusError'
  constructor(
    code: ErrorCode,
    message: string,
    readonly status: number,
    readonly reason: string,
    readonly causes: readonly StatusCause[],
    readonly retryAfterMs: number | null,
  ) {
    super(code, message)
  }
}

const codeOfStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'cluster_unauthorized',
  404: 'not_found',
  409: 'conflict',
  410: 'stale',
  413: 'too_large',
  429: 'rate_limited',
  500: 'unavailable',
  502: 'cluster_unreachable',
  503: 'cluster_unreachable',
  504: 'cluster_unreachable',
}

/** RBAC says `User "x" cannot list …`; every other 403 (admission, quota, terminating namespace) is a refusal. */
const rbac = /\bcannot [\w:-]+ (resource|path)\b|^(Forbidden|forbidden: User)/

/** An apply of a field that the schema does not have is answered 500 (proven on 1.35), though asking again cannot help. */
const hopeless = /field not declared in schema|failed to create typed patch object/

function codeOf(status: number, message: string): ErrorCode {
  if (status === 500 && hopeless.test(message)) return 'cluster_refused'
  if (status === 403) return message === '' || rbac.test(message) ? 'cluster_denied' : 'cluster_refused'
  return codeOfStatus[status] ?? (status >= 500 ? 'unavailable' : 'cluster_refused')
}

/** Seconds or an HTTP date → milliseconds from `now`. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | null {
  if (header === undefined || header === '') return null
  const seconds = Number(header)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(wait) ? Math.max(0, Math.min(wait, 120_000)) : null
}

/** `value` is a Status object, from a body or from an ERROR event; `status` is used when it has no code. */
export function statusError(status: number, value: unknown, retryAfter: string | undefined): KubeStatusError {
  const parsed = statusSchema.safeParse(value)
  const body = parsed.success ? parsed.data : null
  const code = body?.code ?? status
  const message = body?.message ?? ''
  const seconds = body?.details?.retryAfterSeconds
  return new KubeStatusError(
    codeOf(code, message),
    message === '' ? `The API server answered HTTP ${code}` : message,
    code,
    body?.reason ?? '',
    body?.details?.causes ?? [],
    retryAfterMs(retryAfter) ?? (seconds == null ? null : Math.min(seconds * 1000, 120_000)),
  )
}

export function bodyError(status: number, text: string, retryAfter: string | undefined): KubeStatusError {
  let value: unknown = null
  try {
    value = JSON.parse(text)
  } catch {
    // Not an API server's answer (a proxy's page); never shown, it is hostile text of unknown origin.
  }
  return statusError(status, value, retryAfter)
}

const codeInChain = (error: unknown): string => {
  if (!(error instanceof Error)) return ''
  if (error instanceof AggregateError) return codeInChain(error.errors[0])
  return 'code' in error && typeof error.code === 'string' ? error.code : codeInChain(error.cause)
}

const wordsOf: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection',
  EPIPE: 'closed the connection',
  ETIMEDOUT: 'did not answer in time',
  EHOSTUNREACH: 'cannot be reached: no route to the host',
  ENETUNREACH: 'cannot be reached: no route to its network',
  ENOTFOUND: 'has a host name that does not resolve',
  EAI_AGAIN: 'has a host name that does not resolve right now',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'shows a certificate that its certificate authority did not sign',
  SELF_SIGNED_CERT_IN_CHAIN: 'shows a certificate that its certificate authority did not sign',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'shows a certificate that its certificate authority did not sign',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'shows a certificate of an unknown certificate authority',
  CERT_SIGNATURE_FAILURE: 'shows a certificate that its certificate authority did not sign',
  ERR_TLS_CERT_ALTNAME_INVALID: 'shows a certificate for another host name',
  CERT_HAS_EXPIRED: 'shows an expired certificate',
  CERT_NOT_YET_VALID: 'shows a certificate that is not valid yet',
  ERR_SSL_WRONG_VERSION_NUMBER: 'does not speak TLS',
  EPROTO: 'failed the TLS handshake',
}

/** Anything below HTTP: name, route, TLS, time. `server` is its URL. */
export function networkError(error: unknown, server: string): FairleadError {
  if (error instanceof FairleadError) return error
  const code = codeInChain(error)
  // An API server that requires client certificates answers a bad one with a TLS alert.
  const alert = /^ERR_SSL_.*ALERT_.*(CERTIFICATE|UNKNOWN_CA)/.test(code)
  const words = alert
    ? 'refused the client certificate'
    : (wordsOf[code] ?? `failed (${code === '' ? 'unknown network error' : code})`)
  return new FairleadError(
    alert ? 'cluster_unauthorized' : 'cluster_unreachable',
    `The API server ${server} ${words}`,
    { found: code },
    { cause: error },
  )
}

export const timeoutError = (server: string, timeoutMs: number): FairleadError =>
  new FairleadError(
    'cluster_unreachable',
    `The API server ${server} did not answer within ${timeoutMs / 1000} s`,
    {
      found: 'ETIMEDOUT',
    },
  )

export const cancelledError = (signal: AbortSignal): FairleadError =>
  new FairleadError('unavailable', 'The call to the cluster was cancelled', {}, { cause: signal.reason })
