import { alone } from '@/live/api-client'
import { faultOf } from '@/live/fault'

/**
 * How Airflow is asked: outside of the batch, for a silent one keeps others waiting; and again and again while it is on
 * screen, for nothing tells of its changes. One answer that is lost is not silence yet: what stands there has its age.
 */
export const asked = (everyMs: number) =>
  ({
    trpc: alone,
    staleTime: 3_000,
    refetchInterval: everyMs,
    retry: (failures: number, error: unknown) =>
      failures < 1 && faultOf(error).code === 'airflow_unreachable',
    retryDelay: 1_000,
  }) as const

export const listEveryMs = 15_000
export const liveEveryMs = 4_000
