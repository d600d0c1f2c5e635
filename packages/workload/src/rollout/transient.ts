import { isFairleadError, type ErrorCode } from '@fairlead/contracts/errors'

/** The cluster can't be asked or told anything now; later it may. */
const transientCodes: readonly ErrorCode[] = [
  'cluster_unreachable',
  'cluster_unauthorized',
  'rate_limited',
  'unavailable',
  'stale',
]
export const isTransient = (error: unknown): boolean =>
  isFairleadError(error) && transientCodes.includes(error.code)
