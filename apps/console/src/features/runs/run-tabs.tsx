'use client'

import type { RunView } from '@fairlead/contracts/workflow'
import { Skeleton } from '@fairlead/ui/skeleton'
import dynamic from 'next/dynamic'
import { useMemo, type ReactNode } from 'react'
import { ParamTabs } from '@/features/clusters/param-tabs'
import { useUrlParams } from '@/features/rollouts/url-param'
import { ganttRows } from './gantt-rows'
import { ParametersTab } from './parameters-tab'
import { TasksTab } from './tasks-tab'
import { TimelineTab } from './timeline-tab'
import { useTaskCursor } from './use-task-cursor'

const loading = () => <Skeleton className="h-96" />
const GraphTab = dynamic(() => import('./graph-tab').then((module) => module.GraphTab), { loading })
const GanttTab = dynamic(() => import('./gantt-tab').then((module) => module.GanttTab), { loading })

const views = ['graph', 'gantt', 'tasks', 'timeline', 'data'] as const
type View = (typeof views)[number]

/** The same run, looked at in five ways; the address says which. */
export function RunTabs({ run }: { run: RunView }) {
  const [params] = useUrlParams()
  const view = views.find((each) => each === params.get('view')) ?? 'graph'
  const order = useMemo(
    () => ganttRows({ graph: run.graph, tasks: run.tasks, opened: new Map() }).map(({ key }) => key),
    [run.graph, run.tasks],
  )
  const cursor = useTaskCursor(order, view === 'graph' || view === 'gantt')
  const contents: Record<View, () => ReactNode> = {
    graph: () => <GraphTab run={run} cursor={cursor} />,
    gantt: () => <GanttTab run={run} cursor={cursor} />,
    tasks: () => <TasksTab run={run} />,
    timeline: () => <TimelineTab run={run} />,
    data: () => <ParametersTab run={run} />,
  }
  return (
    <>
      <ParamTabs
        label="Views of the run"
        param="view"
        current={view}
        clears={['find', 'in', 'open', 'zoom']}
        className="mb-4"
        tabs={[
          { value: 'graph', label: 'Graph' },
          { value: 'gantt', label: 'Gantt' },
          { value: 'tasks', label: 'Tasks', count: run.tasks.length },
          { value: 'timeline', label: 'Timeline', count: run.timeline.length },
          { value: 'data', label: 'Parameters and outputs' },
        ]}
      />
      {contents[view]()}
    </>
  )
}
