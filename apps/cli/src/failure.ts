import {
  errorCodes,
  FairleadError,
  isFairleadError,
  type ErrorCode,
  type ErrorDetail,
} from '@fairlead/contracts/errors'
import { exitCodes, type ExitCode } from '@fairlead/contracts/exit-codes'
import { TRPCClientError } from '@trpc/client'
import { z } from 'zod'

/** An operation that ended otherwise than wished, with the exit code that says so. */
export class Ended extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
  ) {
    super(message)
  }
}

const wireSchema = z.object({ code: z.string(), detail: z.record(z.string(), z.unknown()).optional() })
const isErrorCode = (code: string): code is ErrorCode => code in errorCodes

/** What any failure says on stderr, and the exit code that goes with it. */
export function describeFailure(error: unknown): { text: string; exitCode: ExitCode } {
  if (error instanceof Ended) return { text: error.message, exitCode: error.exitCode }
  const known = knownFailure(error)
  if (known === undefined)
    return { text: error instanceof Error ? error.message : String(error), exitCode: exitCodes.failed }
  return {
    text: [known.message, ...detailLines(known.detail)].join('\n'),
    exitCode: errorCodes[known.code].exit,
  }
}

/** What went wrong in our words, whether it happened here or on the server. */
export const knownFailure = (error: unknown): FairleadError | undefined =>
  isFairleadError(error) ? error : fromWire(error)

function fromWire(error: unknown): FairleadError | undefined {
  if (!(error instanceof TRPCClientError)) return undefined
  const data = wireSchema.safeParse(error.data).data
  if (data === undefined || !isErrorCode(data.code))
    return new FairleadError('unavailable', `Fairlead did not answer: ${error.message}.`, {
      remedy: 'Is it running, and is FAIRLEAD_URL right?',
    })
  return new FairleadError(data.code, error.message, data.detail as ErrorDetail)
}

function detailLines(detail: ErrorDetail): string[] {
  const where = [
    detail.file,
    detail.line === undefined ? undefined : `line ${detail.line}`,
    detail.path || undefined,
  ].filter(Boolean)
  const lines = [
    ['where', where.join(', ')],
    ['found', detail.found],
    ['expected', detail.expected],
    ['remedy', detail.remedy],
  ]
  return lines.flatMap(([label, text]) => (text === undefined || text === '' ? [] : [`  ${label}: ${text}`]))
}
