/** The CLI's exit codes, stable from the first release. */
export const exitCodes = { done: 0, failed: 1, usage: 2, waiting: 3, denied: 4, unreachable: 5 } as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
