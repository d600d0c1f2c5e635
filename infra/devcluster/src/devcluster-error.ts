export const DEVCLUSTER_ERROR_CODES = [
  'PREREQUISITE_MISSING',
  'INVALID_ARGUMENT',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'NO_FREE_INDEX',
  'BUILD_FAILED',
  'COMMAND_FAILED',
  'COMPONENT_FAILED',
  'API_REFUSED',
  'TIMEOUT',
  'ABORTED',
] as const

export type DevclusterErrorCode = (typeof DEVCLUSTER_ERROR_CODES)[number]

/** Every failure of this package. `message` is one line that a person can act on. */
export class DevclusterError extends Error {
  readonly code: DevclusterErrorCode

  constructor(code: DevclusterErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DevclusterError'
    this.code = code
  }
}
