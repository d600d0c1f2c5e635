'use client'

import type { WorkflowSummary } from '@fairlead/contracts/workflow'
import { Badge } from '@fairlead/ui/badge'
import { DataTable } from '@fairlead/ui/data-table'
import type { Column } from '@fairlead/ui/table-column'
import { StatusMark } from '@fairlead/ui/status-mark'
import { Pause } from 'lucide-react'
import type { ReactNode } from 'react'
import { workflowHref } from './addresses'
import { NextTime, ScheduleLine } from './next-time'
import { RunStrip } from './run-strip'
import { successRate } from './workflow-filters'

type WorkflowsTableProps = { workflows: readonly WorkflowSummary[]; empty: ReactNode }

export function WorkflowsTable({ workflows, empty }: WorkflowsTableProps) {
  return (
    <DataTable
      label="Workflows"
      rows={workflows}
      columns={columns}
      rowKey={({ id }) => id}
      rowHref={(workflow) => workflowHref(workflow)}
      rowHeight={36}
      empty={empty}
    />
  )
}

const columns: readonly Column<WorkflowSummary>[] = [
  {
    id: 'workflow',
    header: 'Workflow',
    cell: ({ name, project, paused, description }) => (
      <span className="flex min-w-0 items-center gap-2" title={description || `${project}/${name}`}>
        <span className="flex min-w-0">
          <span className="min-w-6 shrink-[999] truncate text-faint">{project}</span>
          <span className="text-faint">/</span>
          <span className="truncate font-medium">{name}</span>
        </span>
        {paused ? (
          <Badge tone="paused" icon={<Pause aria-hidden />}>
            Paused
          </Badge>
        ) : null}
      </span>
    ),
  },
  {
    id: 'runs',
    header: 'Last runs',
    width: 246,
    align: 'end',
    cell: (workflow) => <RunStrip runs={workflow.lastRuns} href={workflowHref(workflow, 'grid')} />,
  },
  {
    id: 'rate',
    header: 'Succeeded',
    width: 88,
    align: 'end',
    cell: ({ lastRuns }) => <Rate workflow={lastRuns} />,
  },
  {
    id: 'active',
    header: 'Active',
    width: 92,
    cell: ({ activeRuns }) =>
      activeRuns === 0 ? (
        <span className="text-faint">–</span>
      ) : (
        <StatusMark tone="progress" word={`${activeRuns} active`} className="text-xs" />
      ),
  },
  {
    id: 'schedule',
    header: 'Schedule',
    width: 226,
    cell: ({ schedule, paused }) => <ScheduleLine schedule={schedule} paused={paused} />,
  },
  {
    id: 'next',
    header: 'Next',
    width: 84,
    cell: ({ nextAt, paused, schedule }) => <NextTime at={nextAt} paused={paused && schedule !== null} />,
  },
  { id: 'tasks', header: 'Tasks', width: 64, align: 'end', cell: ({ tasks }) => tasks.toLocaleString('en') },
  {
    id: 'clusters',
    header: 'Clusters',
    width: 112,
    cell: ({ clusters }) => (
      <span className="truncate text-muted" title={clusters.join(', ')}>
        {clusters.join(', ') || '–'}
      </span>
    ),
  },
]

function Rate({ workflow }: { workflow: WorkflowSummary['lastRuns'] }) {
  const rate = successRate(workflow)
  if (rate === null) return <span className="text-faint">–</span>
  const percent = Math.floor((rate.good / rate.of) * 100)
  return (
    <span
      title={`${rate.good} of the last ${rate.of} that ended succeeded without a failure`}
      className={percent === 100 ? 'text-muted' : percent < 80 ? 'text-fail' : 'text-progress'}
    >
      {percent}%
    </span>
  )
}
