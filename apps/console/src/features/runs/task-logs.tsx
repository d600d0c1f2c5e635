'use client'

import type { AttemptView, RunView, TaskView } from '@fairlead/contracts/workflow'
import { attemptStates } from '@fairlead/contracts/workflow-states'
import { Badge } from '@fairlead/ui/badge'
import { EmptyState } from '@fairlead/ui/empty-state'
import { SkeletonRows } from '@fairlead/ui/skeleton'
import { Archive, Radio } from 'lucide-react'
import { clockOf, SearchedLog } from '@/features/logs/searched-log'
import { levelOf } from '@/features/workloads/log-level'
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

function AttemptLog({ run, task, attempt }: { run: RunView; task: TaskView; attempt: AttemptView }) {
  const live = !attemptStates[attempt.state].terminal
  const place = { run: run.id, task: task.id, index: task.index, attempt: attempt.number }
  const followed = useTaskLogs(place, live)
  const { lines } = followed.log
  if (followed.error && lines.length === 0)
    return <FaultState what="The log could not be read." error={followed.error} right="logs.view" />
  return (
    <SearchedLog
      picker={<AttemptSelect attempts={task.attemptList} current={attempt.number} tab="logs" />}
      lines={lines}
      textOf={lineText}
      lineOf={lineOf}
      whole={{
        source: <Source followed={followed} />,
        text: () => textOf(lines),
        fileName: fileName(run, task, attempt),
      }}
      empty={emptyWords(followed)}
    >
      {(view) => (
        <>
          <Trouble followed={followed} />
          {followed.loaded ? (
            view
          ) : (
            <SkeletonRows
              rows={12}
              label="Reading the log"
              className="rounded-lg border border-line bg-surface"
            />
          )}
        </>
      )}
    </SearchedLog>
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

function emptyWords({ complete, missing }: FollowedLog): string {
  if (missing !== null) return 'Nothing to read.'
  return complete ? 'It wrote nothing.' : 'No line yet: it is followed as it is written.'
}

const lineText = ({ text }: TaskLogLine): string => text
const lineOf = ({ id, at, text }: TaskLogLine) => ({ id, text, at: clockOf(at), level: levelOf(text) })

const textOf = (lines: readonly TaskLogLine[]): string =>
  lines.map(({ at, text }) => (at === null ? text : `${at} ${text}`)).join('\n')

const fileName = (run: RunView, task: TaskView, attempt: AttemptView): string =>
  `${run.workflow}-${run.number}-${taskName(task.id, task.index)}-${attempt.number}.log`
