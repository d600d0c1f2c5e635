import type { ErrorCode, ErrorDetail } from '@fairlead/contracts/errors'
import { sentences } from '@fairlead/contracts/sentences'

/** `offline`: no answer from Fairlead itself. */
export interface Fault {
  readonly code: ErrorCode | 'offline'
  /** One sentence for people. */
  readonly message: string
  readonly detail: ErrorDetail
}

/** What a failed query or mutation says, whatever threw it. */
export function faultOf(error: unknown): Fault {
  const data: unknown = typeof error === 'object' && error !== null && 'data' in error ? error.data : null
  if (isFaultData(data) && error instanceof Error)
    return { code: data.code, message: error.message, detail: data.detail ?? {} }
  return { code: 'offline', message: 'Fairlead does not answer.', detail: {} }
}

/** Of something that goes on by itself once it can. */
export function pausedText(error: unknown): string {
  const { message, detail } = faultOf(error)
  return sentences(`Paused: ${message}`, 'Trying again.', detail.remedy)
}

const isFaultData = (data: unknown): data is { code: ErrorCode; detail?: ErrorDetail } =>
  typeof data === 'object' && data !== null && 'code' in data && typeof data.code === 'string'
