/** Milliseconds since the epoch. */
export type Span = { readonly from: number; readonly to: number }
export type Tick = { readonly at: number; readonly label: string }

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const steps = [
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28].map((count) => count * day),
]

/** Below this a span has no length that could be drawn. */
const shortest = 100

export const lengthOf = ({ from, to }: Span): number => Math.max(shortest, to - from)

/** The share of the whole at which a moment stands, within it. */
export const shareAt = (domain: Span, at: number): number =>
  Math.min(1, Math.max(0, (at - domain.from) / lengthOf(domain)))

/** Round steps of elapsed time, at least `apart` pixels from each other on an axis of `width` pixels. */
export function ticksOf(domain: Span, { width, apart }: { width: number; apart: number }): Tick[] {
  const length = lengthOf(domain)
  const most = Math.max(1, Math.floor(width / apart))
  const step = steps.find((each) => length / each <= most) ?? Math.ceil(length / most / day) * day
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => ({
    at: domain.from + index * step,
    label: elapsedText(index * step, step),
  }))
}

/** `0`, `1m 30s`, `2h 15m`: exact to the step, each with its unit. */
export function elapsedText(ms: number, step: number): string {
  if (ms === 0) return '0'
  if (step < second) return ms < second ? `${ms} ms` : `${trimmed(ms / second)}s`
  const parts = [
    [Math.floor(ms / day), 'd'],
    [Math.floor((ms % day) / hour), 'h'],
    [Math.floor((ms % hour) / minute), 'm'],
    [Math.floor((ms % minute) / second), 's'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(' ')
}

const trimmed = (seconds: number): string => String(Number(seconds.toFixed(2)))
