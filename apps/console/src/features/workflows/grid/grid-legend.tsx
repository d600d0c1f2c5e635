import { taskStates, type TaskState } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { TaskSquare } from '../state-square'

const shown: readonly TaskState[] = [
  'succeeded',
  'running',
  'retrying',
  'awaiting_approval',
  'failed',
  'upstream_failed',
  'skipped',
  'waiting',
]

export const GridLegend = ({ className }: { className?: string }) => (
  <ul
    aria-label="What the marks mean"
    className={cn('flex flex-wrap gap-x-3 gap-y-1 text-xs text-muted', className)}
  >
    {shown.map((state) => (
      <li key={state} className="flex items-center gap-1">
        <TaskSquare state={state} className="size-3.5" />
        {taskStates[state].word}
      </li>
    ))}
  </ul>
)
