'use client'

import type { RunTask, RunView } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { Badge } from '@fairlead/ui/badge'
import { Button } from '@fairlead/ui/button'
import { Duration } from '@fairlead/ui/duration'
import { ArrowUp, Route } from 'lucide-react'
import { ClusterNamed } from './cluster-named'
import { IndexBar } from './index-bar'
import { TaskStateMark } from '@/features/workflows/states'
import { useTaskPlace } from './use-task-place'

/** How the task stands and why, above everything that is told of it. */
export function TaskHead({ run, task }: { run: RunView; task: RunTask }) {
  const { open } = useTaskPlace()
  const { id, index, state, reason, cluster, readyAt, startedAt, finishedAt, attempts, indexes } = task
  return (
    <div className="space-y-2 pb-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <TaskStateMark state={state} variant="pill" />
        {cluster ? <ClusterNamed name={cluster} /> : null}
        {startedAt ? (
          <span className="text-muted">
            {finishedAt ? 'took' : taskStates[state].tone === 'progress' ? 'running for' : 'waiting for'}{' '}
            <Duration from={startedAt} to={finishedAt} />
          </span>
        ) : readyAt && !finishedAt ? (
          <span className="text-muted">
            ready for <Duration from={readyAt} />
          </span>
        ) : null}
        {attempts > 1 ? <span className="text-muted">{attempts} attempts</span> : null}
        {run.criticalPath.includes(id) ? (
          <Badge tone="accent" icon={<Route aria-hidden />}>
            critical path
          </Badge>
        ) : null}
        {indexes ? <IndexBar indexes={indexes} className="w-52" /> : null}
        {index >= 0 ? (
          <Button
            size="sm"
            variant="ghost"
            icon={<ArrowUp aria-hidden />}
            className="ml-auto"
            onClick={() => open({ task: id, tab: 'indexes' }, 'replace')}
          >
            All indexes
          </Button>
        ) : null}
      </div>
      {reason ? <p className="text-sm break-words text-muted">{reason}</p> : null}
    </div>
  )
}
