'use client'

import type { WorkflowCheck } from '@fairlead/contracts/workflow'
import { EmptyState } from '@fairlead/ui/empty-state'
import { exactText } from '@fairlead/ui/time-text'
import { Workflow } from 'lucide-react'
import { WorkflowGraph } from '../graph/workflow-graph'

type PreviewProps = {
  drawn: WorkflowCheck | null
  /** The graph is of an earlier text: the present one can't be read. */
  outdated: boolean
  onSelect: (task: string) => void
  className: string
}

/** The graph of what is being written, and when it would start. */
export function Preview({ drawn, outdated, onSelect, className }: PreviewProps) {
  if (drawn === null)
    return (
      <div className={`flex items-center rounded-lg border border-line bg-sunken ${className}`}>
        <EmptyState
          title="The graph comes with the first task that can be read"
          icon={<Workflow aria-hidden />}
        />
      </div>
    )
  return (
    <div className={`flex min-w-0 flex-col gap-2 ${className}`}>
      <div className="relative min-h-0 flex-1">
        <WorkflowGraph
          tasks={drawn.tasks}
          onSelect={onSelect}
          label="Graph of the document"
          className="h-full"
        />
        {outdated ? (
          <p className="pointer-events-none absolute top-2 left-2 rounded-md bg-progress-soft px-2 py-1 text-xs text-progress">
            Of the last version without problems
          </p>
        ) : null}
      </div>
      <p className="truncate text-xs text-muted">
        {drawn.nextTimes.length === 0
          ? 'No schedule: it is started by hand, by another workflow or by a rollout.'
          : `Next: ${drawn.nextTimes
              .slice(0, 3)
              .map((at) => exactText(new Date(at)).slice(0, 16))
              .join(', ')} UTC`}
      </p>
    </div>
  )
}
