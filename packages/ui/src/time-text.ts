const steps = [
  { unit: 'd', ms: 86_400_000 },
  { unit: 'h', ms: 3_600_000 },
  { unit: 'm', ms: 60_000 },
  { unit: 's', ms: 1000 },
] as const

/** A length of time as people read it: `850 ms`, `42s`, `3m 20s`, `2h 5m`, `4d 3h`. At most two units. */
export function durationText(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  const length = Math.max(0, ms)
  if (length < 1000) return `${Math.round(length)} ms`
  const first = steps.findIndex((step) => length >= step.ms)
  const big = steps[first]
  if (!big) return '0s'
  const whole = Math.floor(length / big.ms)
  const small = steps[first + 1]
  const rest = small ? Math.floor((length - whole * big.ms) / small.ms) : 0
  return small && rest > 0 && whole < 10 * (first === 0 ? 1 : 6)
    ? `${whole}${big.unit} ${rest}${small.unit}`
    : `${whole}${big.unit}`
}

const words = [
  { word: 'day', ms: 86_400_000 },
  { word: 'h', ms: 3_600_000 },
  { word: 'min', ms: 60_000 },
  { word: 's', ms: 1000 },
] as const

/** "3 min ago", "in 2 h", "just now"; both arguments in milliseconds since the epoch. */
export function relativeText(atMs: number, nowMs: number): string {
  const away = Math.abs(nowMs - atMs)
  const step = words.find((each) => away >= each.ms)
  if (!step || away < 5000) return 'just now'
  const count = Math.floor(away / step.ms)
  const amount = `${count} ${step.word === 'day' && count > 1 ? 'days' : step.word}`
  return nowMs >= atMs ? `${amount} ago` : `in ${amount}`
}

/** The exact moment for a title: `2026-11-23 11:51:07 UTC`. */
export function exactText(at: Date): string {
  return Number.isNaN(at.getTime())
    ? 'unknown time'
    : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
