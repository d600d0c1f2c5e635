'use client'

import type { GraphTask, WorkflowDetail } from '@fairlead/contracts/workflow'
import { Card } from '@fairlead/ui/card'
import { KeyValue } from '@fairlead/ui/key-value'
import { Sheet } from '@fairlead/ui/sheet'
import { Skeleton } from '@fairlead/ui/skeleton'
import dynamic from 'next/dynamic'
import { useMemo } from 'react'
import { useUrlParams } from '@/features/rollouts/url-param'
import { taskKinds } from './graph/task-text'
import { WorkflowFacts } from './workflow-facts'

const WorkflowGraph = dynamic(() => import('./graph/workflow-graph').then((module) => module.WorkflowGraph), {
  ssr: false,
  loading: () => <Skeleton className={`rounded-lg ${graphHeight}`} />,
})
const graphHeight = 'h-[calc(100dvh-19.5rem)] min-h-80'

export function OverviewTab({ workflow }: { workflow: WorkflowDetail }) {
  const { graph } = workflow
  const [params, setParams] = useUrlParams()
  const selected = graph.find(({ id }) => id === params.get('task')) ?? null
  const tasks = useMemo(() => graph, [graph])
  return (
    <div className="space-y-4">
      <Card>
        <WorkflowFacts workflow={workflow} />
      </Card>
      <WorkflowGraph
        tasks={tasks}
        selected={selected?.id ?? null}
        onSelect={(task) => setParams({ task }, 'push')}
        className={graphHeight}
      />
      <Sheet
        open={selected !== null}
        onOpenChange={(open) => (open ? undefined : setParams({ task: null }))}
        title={selected?.id ?? ''}
        description={selected ? `${taskKinds[selected.kind].word} task` : undefined}
      >
        {selected ? <TaskFacts task={selected} graph={graph} /> : null}
      </Sheet>
    </div>
  )
}

function TaskFacts({ task, graph }: { task: GraphTask; graph: readonly GraphTask[] }) {
  const after = graph.filter(({ needs }) => needs.includes(task.id)).map(({ id }) => id)
  return (
    <KeyValue
      entries={[
        { key: 'What', value: task.summary, mono: task.kind === 'run' },
        { key: 'Runs when', value: task.needs.length === 0 ? 'the run starts' : ruleText(task), mono: false },
        { key: 'Needs', value: task.needs.join(', ') || 'nothing', mono: true },
        { key: 'Before', value: after.join(', ') || 'nothing', mono: true },
        { key: 'How often', value: task.forEach ? 'once for each item of a list' : 'once' },
        ...(task.kind === 'run'
          ? [
              { key: 'Cluster', value: task.cluster ?? '–' },
              { key: 'Pool', value: task.pool ?? 'none' },
            ]
          : []),
      ]}
    />
  )
}

const ruleText = ({ trigger }: GraphTask): string =>
  trigger === 'all_success' ? 'all that it needs succeeded' : trigger.replaceAll('_', ' ')
