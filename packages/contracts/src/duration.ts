import { z } from 'zod'

const durationPattern = /^(?:\d+h)?(?:\d+m)?(?:\d+s)?$/
/** Kubernetes-style durations: `90s`, `2m`, `1h30m`. */
export const durationSchema = z
  .string()
  .min(2)
  .max(16)
  .regex(durationPattern, 'expected a duration such as "90s", "2m" or "1h30m"')
