'use client'

import { connectionOf, dagRunId } from '@fairlead/contracts/airflow-place'
import type { AttemptView, TaskView } from '@fairlead/contracts/workflow'
import { failureCauses } from '@fairlead/contracts/task-runner'
import { attemptStates } from '@fairlead/contracts/workflow-states'
import { Badge } from '@fairlead/ui/badge'
import { Button } from '@fairlead/ui/button'
import { Duration } from '@fairlead/ui/duration'
import { EmptyState } from '@fairlead/ui/empty-state'
import { KeyValue, type KeyValueEntry } from '@fairlead/ui/key-value'
import { RelativeTime } from '@fairlead/ui/relative-time'
import { FileCode, Ghost, ScrollText } from 'lucide-react'
import { AirflowLink } from './airflow-link'
import { ClusterNamed } from './cluster-named'
import { AttemptMark } from './attempt-mark'
import { newestFirst } from './newest-first'
import { useTaskPlace } from './use-task-place'

/** Every time that it was tried, the last first: how it ended, why, where, and what is left of it. */
export function TaskAttempts({ task }: { task: TaskView }) {
  if (task.attemptList.length === 0)
    return (
      <EmptyState title="It has not been tried yet" className="rounded-lg border border-line bg-surface">
        {task.reason || 'An attempt is written down here before anything is created for it.'}
      </EmptyState>
    )
  return (
    <ol aria-label="Attempts" className="space-y-3">
      {newestFirst(task.attemptList).map((attempt) => (
        <Attempt key={attempt.key} attempt={attempt} />
      ))}
    </ol>
  )
}

function Attempt({ attempt }: { attempt: AttemptView }) {
  const { setTab } = useTaskPlace()
  const { number, state, cause, reason, upkeep } = attempt
  return (
    <li className="rounded-lg border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-sm font-medium">Attempt {number}</span>
        <AttemptMark state={state} />
        {cause ? <Badge tone="failing">{failureCauses[cause].word}</Badge> : null}
        <Upkeep upkeep={upkeep} />
        <span className="ml-auto flex gap-1">
          <Button
            size="sm"
            variant="ghost"
            icon={<ScrollText aria-hidden />}
            disabledReason={attempt.logs === 'none' ? 'This attempt has no log.' : null}
            onClick={() => setTab('logs', number)}
          >
            Log
          </Button>
          <Button
            size="sm"
            variant="ghost"
            icon={<FileCode aria-hidden />}
            onClick={() => setTab('spec', number)}
          >
            Spec
          </Button>
        </span>
      </div>
      {reason ? <p className="pt-1 text-sm break-words text-muted">{reason}</p> : null}
      <KeyValue layout="strip" className="pt-3" entries={factsOf(attempt)} />
    </li>
  )
}

const factsOf = (attempt: AttemptView): KeyValueEntry[] => {
  const { exitCode, cluster, place, createdAt, startedAt, finishedAt, state, key } = attempt
  const isDagRun = connectionOf(cluster) !== null
  const live = !attemptStates[state].terminal
  return [
    ...(exitCode === null ? [] : [{ key: 'Exit code', value: String(exitCode), mono: true }]),
    { key: isDagRun ? 'Airflow' : 'Cluster', value: <ClusterNamed name={cluster} /> },
    ...(place
      ? [
          isDagRun
            ? { key: 'Page', value: <AirflowLink attempt={attempt} /> }
            : { key: 'Place', value: place, mono: true },
        ]
      : []),
    { key: 'Created', value: <RelativeTime at={createdAt} /> },
    ...(startedAt || live
      ? [{ key: 'To start', value: <Duration from={createdAt} to={startedAt} /> }]
      : [{ key: 'To start', value: 'never started' }]),
    ...(startedAt
      ? [{ key: live ? 'Running for' : 'Ran', value: <Duration from={startedAt} to={finishedAt} /> }]
      : []),
    isDagRun ? { key: 'DAG run', value: dagRunId(key), mono: true } : { key: 'Job', value: key, mono: true },
  ]
}

/** What is still to be done about an attempt that is over. */
function Upkeep({ upkeep }: { upkeep: string }) {
  if (upkeep.startsWith('kill'))
    return (
      <Badge
        tone="progress"
        icon={<Ghost aria-hidden />}
        title={`Fairlead has given it up, but what runs it may still be there: it is being removed. ${upkeep.slice('kill: '.length)}`}
      >
        orphan, cleanup pending
      </Badge>
    )
  if (upkeep.startsWith('archive'))
    return <Badge title="Its Job stays until its log is kept.">log being archived</Badge>
  return null
}
