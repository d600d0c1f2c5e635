const dayMs = 86_400_000

/** One value per day from the first that is known to the last; a day that nobody looked is a gap. */
export function trendValues(
  trend: readonly { readonly day: string; readonly score: number }[],
): readonly (number | null)[] {
  const [first] = trend
  const last = trend.at(-1)
  if (first === undefined || last === undefined) return []
  const known = new Map(trend.map(({ day, score }) => [day, score]))
  const from = Date.parse(first.day)
  const days = Math.round((Date.parse(last.day) - from) / dayMs) + 1
  return Array.from({ length: days }, (_, index) => {
    const day = new Date(from + index * dayMs).toISOString().slice(0, 10)
    return known.get(day) ?? null
  })
}
