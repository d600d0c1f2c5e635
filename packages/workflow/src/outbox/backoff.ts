const initialMs = 5_000
const longestMs = 3_600_000
/** After this long nobody waits for the news any more. */
export const giveUpMs = 24 * 3_600_000

/** When to try again after `tries` that failed; null: give up. `asked`: seconds that the receiver asked for. */
export function nextTry(
  row: { readonly createdAt: Date; readonly tries: number },
  now: Date,
  asked: number | null = null,
): Date | null {
  const backoff = Math.min(longestMs, initialMs * 2 ** Math.min(row.tries - 1, 20))
  const wait = Math.max(backoff, Math.min(longestMs, (asked ?? 0) * 1_000))
  const next = now.getTime() + wait
  return next > row.createdAt.getTime() + giveUpMs ? null : new Date(next)
}
