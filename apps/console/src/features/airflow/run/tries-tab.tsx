'use client'

import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { Duration } from '@fairlead/ui/duration'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { ScrollText } from 'lucide-react'
import type { DagRunPlace } from '../addresses'
import { AirflowAnswer } from '../airflow-answer'
import { AirflowStateMark } from '../states'
import { useTaskPanel } from './use-task-panel'
import { useTries } from './use-tries'

type TriesTabProps = { place: DagRunPlace; instance: TaskInstanceRow }

/** Every try of the task instance, the newest first. */
export function TriesTab({ place, instance }: TriesTabProps) {
  const { setTab } = useTaskPanel()
  const tries = useTries(place, instance)
  return (
    <AirflowAnswer
      query={tries}
      what="The tries are not shown."
      loading={<SkeletonRows rows={3} label="Asking Airflow for the tries" />}
    >
      {({ tries: all }) => (
        <ol className="divide-y divide-line rounded-lg border border-line bg-surface">
          {all.toReversed().map(({ tryNumber, state, startedAt, endedAt }) => (
            <li key={tryNumber} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-3 py-2 text-sm">
              <span className="font-medium">Try {tryNumber}</span>
              <AirflowStateMark state={state} className="text-xs" />
              {startedAt === null ? (
                <span className="text-muted">not started</span>
              ) : (
                <span className="text-muted">
                  <RelativeTime at={startedAt} />, <Duration from={startedAt} to={endedAt} />
                </span>
              )}
              <Button
                size="sm"
                variant="ghost"
                className="ml-auto"
                icon={<ScrollText aria-hidden />}
                onClick={() => setTab('logs', tryNumber)}
              >
                Log
              </Button>
            </li>
          ))}
        </ol>
      )}
    </AirflowAnswer>
  )
}
