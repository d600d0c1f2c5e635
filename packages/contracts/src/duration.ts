import { z } from 'zod'

const durationPattern = /^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/
/** Kubernetes-style durations: `90s`, `2m`, `1h30m`. */
export const durationSchema = z
  .string()
  .min(2)
  .max(16)
  .regex(durationPattern, 'expected a duration such as "90s", "2m" or "1h30m"')

export function durationMs(text: string): number {
  const part = (unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(text)?.[1] ?? 0)
  return ((part('h') * 60 + part('m')) * 60 + part('s')) * 1000
}
