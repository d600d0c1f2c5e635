'use client'

import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import type { DagRunPlace } from '../addresses'
import { asked } from '../asked'

const followMs = 2_500
/** A long log is read whole each time, for Airflow may put lines between others: it is asked for less often. */
const longLines = 20_000
const longMs = 15_000
/** An answer may come out of the server's cache of three seconds: the last lines are those asked for well after the end. */
const settledMs = 6_000

/** One try's log: asked again while the try may write, and until an answer is younger than its end. */
export function useTryLog(place: DagRunPlace, instance: TaskInstanceRow, endedAt: string | null) {
  const { task, mapIndex, tryNumber } = instance
  const isComplete = (at: string): boolean =>
    endedAt !== null && Date.parse(at) - Date.parse(endedAt) > settledMs
  const log = useQuery(
    useTRPC().airflow.logs.queryOptions(
      { ...place, task, mapIndex, try: tryNumber },
      {
        ...asked(followMs),
        // Comparing two logs line by line costs more than drawing one.
        structuralSharing: false,
        refetchInterval: ({ state: { data } }) => {
          if (data !== undefined && isComplete(data.at)) return false
          return (data?.lines.length ?? 0) > longLines ? longMs : followMs
        },
      },
    ),
  )
  return { log, complete: log.data !== undefined && isComplete(log.data.at) }
}
