import type { Tone } from './freshness'

/** A request to act in spite of a freeze window, from asking to review. */
export const exceptionStates = {
  waiting: { word: 'Waits for a second person', tone: 'waiting' },
  active: { word: 'In force', tone: 'failing' },
  /** It has run out and nobody else has looked at what was done with it. */
  to_review: { word: 'To be reviewed', tone: 'waiting' },
  reviewed: { word: 'Reviewed', tone: 'ok' },
  refused: { word: 'Refused', tone: 'neutral' },
  withdrawn: { word: 'Withdrawn', tone: 'neutral' },
  lapsed: { word: 'Nobody answered', tone: 'neutral' },
} as const satisfies Record<string, { word: string; tone: Tone }>
export type ExceptionState = keyof typeof exceptionStates

/** A request that nobody answered for so long is void: the emergency it was about is another one by then. */
export const exceptionAnswerMs = 60 * 60_000
export const maxExceptionMinutes = 8 * 60

/** What is stored moves on by itself with the clock. */
export function exceptionStateAt(
  row: { readonly state: string; readonly createdAt: Date; readonly expiresAt: Date | null },
  now: Date,
): ExceptionState {
  if (row.state === 'waiting')
    return now.getTime() >= row.createdAt.getTime() + exceptionAnswerMs ? 'lapsed' : 'waiting'
  if (row.state === 'active') return row.expiresAt !== null && now < row.expiresAt ? 'active' : 'to_review'
  return row.state in exceptionStates ? (row.state as ExceptionState) : 'lapsed'
}
