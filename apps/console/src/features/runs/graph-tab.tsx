'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { useMemo } from 'react'
import { WorkflowGraph } from '@/features/workflows/graph/workflow-graph'
import { useTaskPlace } from './use-task-place'

/** The definition with the state of each task laid over it. */
export function GraphTab({ run, cursor }: { run: RunView; cursor: string | null }) {
  const { task, open } = useTaskPlace()
  const states = useMemo(
    () =>
      new Map(
        run.tasks.map(({ id, state, reason, indexes }) => [
          id,
          { state, ...(reason ? { note: reason } : {}), ...(indexes ? { progress: indexes } : {}) },
        ]),
      ),
    [run.tasks],
  )
  const criticalPath = useMemo(() => new Set(run.criticalPath), [run.criticalPath])
  return (
    <WorkflowGraph
      tasks={run.graph}
      states={states}
      criticalPath={criticalPath}
      selected={task ?? cursor}
      onSelect={(id) => open({ task: id })}
      className="h-[calc(100dvh-22rem)] min-h-80"
    />
  )
}
