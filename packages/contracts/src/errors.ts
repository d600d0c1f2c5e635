/** Every way in which a call can fail, with its HTTP status and the CLI's exit code. */
export const errorCodes = {
  invalid: { http: 400, exit: 2 },
  unauthenticated: { http: 401, exit: 4 },
  forbidden: { http: 403, exit: 4 },
  not_found: { http: 404, exit: 2 },
  conflict: { http: 409, exit: 1 },
  stale: { http: 409, exit: 1 },
  frozen: { http: 409, exit: 3 },
  too_large: { http: 413, exit: 2 },
  rate_limited: { http: 429, exit: 1 },
  cluster_unreachable: { http: 502, exit: 5 },
  cluster_unauthorized: { http: 502, exit: 5 },
  cluster_denied: { http: 502, exit: 1 },
  cluster_refused: { http: 422, exit: 1 },
  airflow_unreachable: { http: 502, exit: 5 },
  airflow_unauthorized: { http: 502, exit: 5 },
  airflow_refused: { http: 422, exit: 1 },
  unavailable: { http: 503, exit: 5 },
  internal: { http: 500, exit: 1 },
} as const

export type ErrorCode = keyof typeof errorCodes

/** Where an error sits in what the user gave: file, line (1-based) and path, what was found and expected. */
export interface ErrorDetail {
  readonly file?: string
  readonly line?: number
  readonly path?: string
  readonly found?: string
  readonly expected?: string
  readonly remedy?: string
  /** Of what is frozen: the windows that close it, and when it opens again, ISO. */
  readonly windows?: string
  readonly opensAt?: string
  /** Of what came too often. */
  readonly retryAfterSeconds?: number
}

/** Known by this mark too: a bundler may load this file twice in one process, and `instanceof` sees one of them. */
const mark = Symbol.for('fairlead.error')

/** The one error type that crosses rooms and the wire. `message` is one sentence for people. */
export class FairleadError extends Error {
  override readonly name: string = 'FairleadError'
  readonly [mark] = true
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly detail: ErrorDetail = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Work that can never succeed however often it is retried. */
export class TerminalError extends FairleadError {
  override readonly name = 'TerminalError'
}

export const isFairleadError = (error: unknown): error is FairleadError =>
  error instanceof Error && mark in error

/** What `error` says to a person, without a stack. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
