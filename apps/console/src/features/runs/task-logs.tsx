'use client'

import type { AttemptView, RunView, TaskView } from '@fairlead/contracts/workflow'
import { attemptStates } from '@fairlead/contracts/workflow-states'
import { Badge } from '@fairlead/ui/badge'
import { CopyButton } from '@fairlead/ui/copy-button'
import { EmptyState } from '@fairlead/ui/empty-state'
import { FilterInput } from '@fairlead/ui/filter-input'
import { IconButton } from '@fairlead/ui/icon-button'
import { LogView } from '@fairlead/ui/log-view'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Switch } from '@fairlead/ui/switch'
import { Archive, Download, Radio } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTextParam } from '@/features/fleet/use-text-param'
import { downloadText } from '@/features/workloads/download-text'
import { levelOf } from '@/features/workloads/log-level'
import { WrappedLog } from '@/features/workloads/wrapped-log'
import { pausedText } from '@/live/fault'
import { FaultState } from '@/live/fault-state'
import { AttemptSelect } from './attempt-select'
import type { TaskLogLine } from './task-log-buffer'
import { taskName } from './task-name'
import { useTaskLogs, type FollowedLog } from './use-task-logs'
import { attemptAsked } from './newest-first'
import { useTaskPlace } from './use-task-place'

/** The log of one attempt: live while it runs, from the archive afterwards. */
export function TaskLogs({ run, task }: { run: RunView; task: TaskView }) {
  const { attempt: asked } = useTaskPlace()
  const attempt = attemptAsked(task.attemptList, asked)
  if (!attempt)
    return (
      <EmptyState title="No log yet" className="rounded-lg border border-line bg-surface">
        It has not been started. {task.reason}
      </EmptyState>
    )
  return <AttemptLog key={attempt.key} run={run} task={task} attempt={attempt} />
}

const height = 'h-[calc(100dvh-22rem)] min-h-64'

function AttemptLog({ run, task, attempt }: { run: RunView; task: TaskView; attempt: AttemptView }) {
  const live = !attemptStates[attempt.state].terminal
  const place = { run: run.id, task: task.id, index: task.index, attempt: attempt.number }
  const followed = useTaskLogs(place, live)
  const [search, setSearch] = useTextParam('q')
  const [follow, setFollow] = useState(true)
  const [only, setOnly] = useState(false)
  const [wrap, setWrap] = useState(false)
  const wanted = useDeferredValue(search)
  const { lines } = followed.log
  const shown = useMemo(() => shownLines(lines, only ? wanted : ''), [lines, only, wanted])
  if (followed.error && lines.length === 0)
    return <FaultState what="The log could not be read." error={followed.error} right="logs.view" />
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <AttemptSelect attempts={task.attemptList} current={attempt.number} tab="logs" />
        <FilterInput
          label="Search the log"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-52"
        />
        <Switch checked={only} onCheckedChange={setOnly} label="Only matches" />
        <Switch checked={wrap} onCheckedChange={setWrap} label="Wrap" />
        <span className="ml-auto flex items-center gap-2 text-xs text-muted">
          <Source followed={followed} />
          <span role="status">{shown.length.toLocaleString('en')} lines</span>
          <CopyButton text={textOf(lines)} label="Copy the log" />
          <IconButton
            label="Download"
            icon={<Download aria-hidden />}
            onClick={() => downloadText(fileName(run, task, attempt), textOf(lines))}
          />
        </span>
      </div>
      <Trouble followed={followed} />
      {!followed.loaded ? (
        <SkeletonRows
          rows={12}
          label="Reading the log"
          className="rounded-lg border border-line bg-surface"
        />
      ) : wrap ? (
        <WrappedLog label="Log" lines={shown} search={wanted} follow={follow} className={height} />
      ) : (
        <LogView
          label="Log"
          lines={shown}
          search={wanted}
          follow={follow}
          onFollowChange={setFollow}
          showTime
          empty={emptyWords(followed, only && wanted !== '')}
          className={height}
        />
      )}
    </div>
  )
}

/** Where the lines come from, and whether more will. */
function Source({ followed }: { followed: FollowedLog }) {
  if (!followed.loaded) return null
  if (followed.archived)
    return (
      <Badge icon={<Archive aria-hidden />} title="Kept by Fairlead: its Job need not exist any more.">
        archived
      </Badge>
    )
  return followed.complete ? (
    <Badge title="Nothing more will come.">complete</Badge>
  ) : (
    <Badge tone="progress" icon={<Radio aria-hidden />} title="Read from the cluster as it is written.">
      live
    </Badge>
  )
}

function Trouble({ followed }: { followed: FollowedLog }) {
  const { error, missing, log } = followed
  if (!error && missing === null && log.dropped === 0) return null
  return (
    <p role="status" className="rounded-md bg-progress-soft px-3 py-2 text-xs text-progress">
      {error ? `${pausedText(error)} ` : ''}
      {missing ?? ''}
      {log.dropped > 0
        ? ` The oldest ${log.dropped.toLocaleString('en')} lines are left out; fairlead run logs has them all.`
        : ''}
    </p>
  )
}

function emptyWords({ complete, missing }: FollowedLog, searched: boolean): string {
  if (searched) return 'No line has that in it.'
  if (missing !== null) return 'Nothing to read.'
  return complete ? 'It wrote nothing.' : 'No line yet: it is followed as it is written.'
}

const timeOf = (at: string): string => at.slice(11, 23)

function shownLines(lines: readonly TaskLogLine[], search: string) {
  const wanted = search.toLowerCase()
  const chosen = wanted === '' ? lines : lines.filter(({ text }) => text.toLowerCase().includes(wanted))
  return chosen.map(({ id, at, text }) => ({
    id,
    text,
    at: at === null ? undefined : timeOf(at),
    level: levelOf(text),
  }))
}

const textOf = (lines: readonly TaskLogLine[]): string =>
  lines.map(({ at, text }) => (at === null ? text : `${at} ${text}`)).join('\n')

const fileName = (run: RunView, task: TaskView, attempt: AttemptView): string =>
  `${run.workflow}-${run.number}-${taskName(task.id, task.index)}-${attempt.number}.log`
