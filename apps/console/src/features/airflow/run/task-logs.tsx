'use client'

import {
  airflowState,
  type AirflowLogLine,
  type AirflowLogs,
  type TaskInstanceRow,
} from '@fairlead/contracts/airflow'
import { Badge } from '@fairlead/ui/badge'
import { CopyButton } from '@fairlead/ui/copy-button'
import { FilterInput } from '@fairlead/ui/filter-input'
import { IconButton } from '@fairlead/ui/icon-button'
import { LogView } from '@fairlead/ui/log-view'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Switch } from '@fairlead/ui/switch'
import { Download, Radio } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { downloadText } from '@/features/workloads/download-text'
import { levelOf } from '@/features/workloads/log-level'
import { WrappedLog } from '@/features/workloads/wrapped-log'
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

const height = 'h-[calc(100dvh-22rem)] min-h-64'

function TryLog({ place, shown, tries, endedAt }: TryLogProps) {
  const { log, complete } = useTryLog(place, shown, endedAt)
  const [search, setSearch] = useTextParam('q')
  const [follow, setFollow] = useState(true)
  const [only, setOnly] = useState(false)
  const [wrap, setWrap] = useState(false)
  const wanted = useDeferredValue(search)
  const lines = log.data?.lines
  const visible = useMemo(() => linesOf(lines ?? [], only ? wanted : ''), [lines, only, wanted])
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <TrySelect tries={tries} current={shown.tryNumber} />
        <FilterInput
          label="Search the log"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-52"
        />
        <Switch checked={only} onCheckedChange={setOnly} label="Only matches" />
        <Switch checked={wrap} onCheckedChange={setWrap} label="Wrap" />
        {log.data && !log.error ? (
          <span className="ml-auto flex items-center gap-2 text-xs text-muted">
            <Source complete={complete} at={log.data.at} />
            <span role="status">{visible.length.toLocaleString('en')} lines</span>
            <CopyButton text={textOf(log.data)} label="Copy the log" />
            <IconButton
              label="Download"
              icon={<Download aria-hidden />}
              onClick={() => downloadText(fileName(place, shown), textOf(log.data))}
            />
          </span>
        ) : null}
      </div>
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
            {wrap ? (
              <WrappedLog label="Log" lines={visible} search={wanted} follow={follow} className={height} />
            ) : (
              <LogView
                label="Log"
                lines={visible}
                search={wanted}
                follow={follow}
                onFollowChange={setFollow}
                showTime
                empty={only && wanted !== '' ? 'No line has that in it.' : 'No line yet.'}
                className={height}
              />
            )}
          </>
        )}
      </AirflowAnswer>
    </div>
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

function linesOf(lines: readonly AirflowLogLine[], search: string) {
  const wanted = search.toLowerCase()
  return lines.flatMap((line, id) => {
    if (wanted !== '' && !line.text.toLowerCase().includes(wanted)) return []
    return [{ id, text: line.text, at: line.at?.slice(11, 23), level: levelIn(line) }]
  })
}

const textOf = ({ lines, cut }: AirflowLogs): string =>
  [
    ...lines.map(({ at, text }) => (at === null ? text : `${at} ${text}`)),
    ...(cut === null ? [] : [cut]),
  ].join('\n')

const fileName = ({ dag, run }: DagRunPlace, instance: TaskInstanceRow): string =>
  `${dag}-${run}-${instanceName(instance)}-${instance.tryNumber}.log`.replaceAll(/[^\w.[\]-]+/g, '_')
