'use client'

import { airflowState, type TaskInstanceRow } from '@fairlead/contracts/airflow'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import type { DagRunPlace } from '../addresses'
import { asked, liveEveryMs } from '../asked'

/** Asked while the task has not ended; an instance that moved is asked about anew. */
export const useTries = (place: DagRunPlace, { task, mapIndex, state, tryNumber }: TaskInstanceRow) =>
  useQuery(
    useTRPC().airflow.tries.queryOptions(
      { ...place, task, mapIndex },
      {
        ...asked(liveEveryMs),
        refetchInterval: ({ state: { data } }) => {
          const last = data?.tries.at(-1)
          const current = last !== undefined && last.tryNumber >= tryNumber && last.state === state
          return current && airflowState(last.state).terminal ? false : liveEveryMs
        },
      },
    ),
  )
