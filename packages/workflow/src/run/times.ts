export const after = (time: Date, ms: number): Date => new Date(time.getTime() + ms)

/** The first of those that are set; null when none is. */
export function earliest(...times: readonly (Date | null)[]): Date | null {
  const set = times.flatMap((time) => (time === null ? [] : [time.getTime()]))
  return set.length === 0 ? null : new Date(Math.min(...set))
}
