'use client'

import { airflowState, type TaskInstanceRow } from '@fairlead/contracts/airflow'
import type { AirflowPodRow } from '@fairlead/contracts/airflow-pods'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '@/live/trpc'
import type { DagRunPlace } from '../addresses'
import { asked, listEveryMs, liveEveryMs } from '../asked'

/** What clusters know of the task: Airflow itself is not asked for it. */
export const usePods = (place: DagRunPlace, { task, mapIndex, state }: TaskInstanceRow) =>
  useQuery(
    useTRPC().airflow.pods.queryOptions(
      { ...place, task, mapIndex },
      asked(airflowState(state).terminal ? listEveryMs : liveEveryMs),
    ),
  )

/** Of these one asks why. */
export const isTroubledPod = ({ state }: AirflowPodRow): boolean => state === 'pending' || state === 'failing'
