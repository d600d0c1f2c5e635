import type { AttemptView } from '@fairlead/contracts/workflow'

/** Attempts from the last to the first, whatever order they came in. */
export const newestFirst = (attempts: readonly AttemptView[]): readonly AttemptView[] =>
  [...attempts].sort((one, other) => other.number - one.number)

/** The one that the address asks for, else the newest. */
export const attemptAsked = (
  attempts: readonly AttemptView[],
  number: number | null,
): AttemptView | undefined =>
  attempts.find((attempt) => attempt.number === number) ?? newestFirst(attempts)[0]
