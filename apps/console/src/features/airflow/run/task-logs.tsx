'use client'

import {
  airflowState,
  type AirflowLogLine,
  type AirflowLogs,
  type TaskInstanceRow,
} from '@fairlead/contracts/airflow'
import { Badge } from '@fairlead/ui/badge'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Radio } from 'lucide-react'
import { clockOf, SearchedLog } from '@/features/logs/searched-log'
import { levelOf } from '@/features/workloads/log-level'
import type { DagRunPlace } from '../addresses'
import { AirflowAnswer } from '../airflow-answer'
import { AskedAgo } from '../asked-ago'
import { instanceName } from './instance-name'
import { TrySelect } from './try-select'
import { useTaskPanel } from './use-task-panel'
import { useTries } from './use-tries'
import { useTryLog } from './use-try-log'

type TaskLogsProps = { place: DagRunPlace; instance: TaskInstanceRow }

/** The log of one try, followed while it runs; without one in the address, of the last. */
export function TaskLogs({ place, instance }: TaskLogsProps) {
  const { tryNumber: asked } = useTaskPanel()
  const tries = useTries(place, instance)
  const all = tries.data?.tries ?? [instance]
  const shown = all.find(({ tryNumber }) => tryNumber === asked) ?? all.at(-1) ?? instance
  if (shown.tryNumber === 0 || (shown.startedAt === null && !airflowState(shown.state).terminal))
    return (
      <div className="space-y-3">
        <TrySelect tries={all} current={shown.tryNumber} />
        <p className="rounded-lg border border-line bg-surface px-4 py-8 text-center text-sm text-muted">
          No log yet: this try has not begun.
        </p>
      </div>
    )
  return (
    <TryLog
      key={shown.tryNumber}
      place={place}
      shown={shown}
      tries={all}
      endedAt={airflowState(shown.state).terminal || shown !== all.at(-1) ? (tries.data?.at ?? null) : null}
    />
  )
}

type TryLogProps = {
  place: DagRunPlace
  shown: TaskInstanceRow
  tries: readonly TaskInstanceRow[]
  /** When this console was told that the try is over; null while it may still write. */
  endedAt: string | null
}

function TryLog({ place, shown, tries, endedAt }: TryLogProps) {
  const { log, complete } = useTryLog(place, shown, endedAt)
  const { data } = log
  return (
    <SearchedLog
      picker={<TrySelect tries={tries} current={shown.tryNumber} />}
      lines={data?.lines ?? noLines}
      textOf={lineText}
      lineOf={lineOf}
      whole={
        data && !log.error
          ? {
              source: <Source complete={complete} at={data.at} />,
              text: () => textOf(data),
              fileName: fileName(place, shown),
            }
          : null
      }
      empty="No line yet."
    >
      {(view) => (
        <AirflowAnswer
          query={log}
          what="The log is not shown."
          right="logs.view"
          loading={
            <SkeletonRows
              rows={12}
              label="Asking Airflow for the log"
              className="rounded-lg border border-line bg-surface"
            />
          }
        >
          {({ cut }) => (
            <>
              {cut === null ? null : (
                <p role="status" className="rounded-md bg-progress-soft px-3 py-2 text-xs text-progress">
                  {cut}
                </p>
              )}
              {view}
            </>
          )}
        </AirflowAnswer>
      )}
    </SearchedLog>
  )
}

const Source = ({ complete, at }: { complete: boolean; at: string }) =>
  complete ? (
    <Badge title="The try is over: nothing more will come.">complete</Badge>
  ) : (
    <>
      <Badge tone="progress" icon={<Radio aria-hidden />} title="Asked again while the try runs.">
        followed
      </Badge>
      <AskedAgo at={at} />
    </>
  )

const errorLevels = new Set(['error', 'critical', 'fatal'])

function levelIn({ level, text }: AirflowLogLine): 'error' | 'warn' | undefined {
  if (level === null) return levelOf(text)
  return errorLevels.has(level) ? 'error' : level.startsWith('warn') ? 'warn' : undefined
}

const noLines: readonly AirflowLogLine[] = []
const lineText = ({ text }: AirflowLogLine): string => text
const lineOf = (line: AirflowLogLine, id: number) => ({
  id,
  text: line.text,
  at: clockOf(line.at),
  level: levelIn(line),
})

const textOf = ({ lines, cut }: AirflowLogs): string =>
  [
    ...lines.map(({ at, text }) => (at === null ? text : `${at} ${text}`)),
    ...(cut === null ? [] : [cut]),
  ].join('\n')

const fileName = ({ dag, run }: DagRunPlace, instance: TaskInstanceRow): string =>
  `${dag}-${run}-${instanceName(instance)}-${instance.tryNumber}.log`.replaceAll(/[^\w.[\]-]+/g, '_')
