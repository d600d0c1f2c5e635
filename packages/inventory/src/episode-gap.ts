import type { ObservationGap } from '@fairlead/contracts/reconciliation'

/** Appended to the reason of every episode that was open while nobody looked. */
export const gapWords = (from: Date, to: Date): string =>
  `; not observed from ${from.toISOString()} to ${to.toISOString()}`

/** For SQL's LIKE: whether a reason holds any. */
export const gapPattern = '%; not observed from %'

const gapIn = /; not observed from ([^\s;]+) to ([^\s;]+)/g

/** The reason as it was, and when nobody looked. A gap that was cut off with the text is lost: its word stays. */
export function splitGaps(reason: string): {
  readonly reason: string
  readonly gaps: readonly ObservationGap[]
} {
  const gaps = [...reason.matchAll(gapIn)].flatMap(([, from = '', to = '']) =>
    Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to)) ? [] : [{ from, to }],
  )
  return { reason: gaps.length === 0 ? reason : reason.replaceAll(gapIn, ''), gaps }
}
