import { alone } from '@/live/api-client'

/**
 * How Airflow is asked: outside of the batch, for a silent one keeps others waiting; again and again while it is on
 * screen, for nothing tells of its changes; and an error is shown at once.
 */
export const asked = (everyMs: number) =>
  ({ trpc: alone, staleTime: 3_000, refetchInterval: everyMs, retry: false }) as const

export const listEveryMs = 15_000
export const liveEveryMs = 4_000
