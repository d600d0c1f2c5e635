'use client'

import { taskStates } from '@fairlead/contracts/workflow-states'
import { cn } from '@fairlead/ui/cn'
import { ChevronDown, ChevronRight, Route } from 'lucide-react'
import type { TaskPlace } from './addresses'
import type { GanttRow } from './gantt-rows'
import { KindIcon } from './kind-icon'
import { TaskIcon } from './task-icon'

type GanttLabelProps = {
  row: Exclude<GanttRow, { kind: 'more' }>
  critical: boolean
  active: boolean
  isOpen: boolean
  onToggle: (task: string) => void
  onOpen: (place: TaskPlace) => void
}

export function GanttLabel({ row, critical, active, isOpen, onToggle, onOpen }: GanttLabelProps) {
  const { task } = row
  const { word } = taskStates[task.state]
  const index = row.kind === 'index'
  return (
    <div
      className={cn(
        'flex h-8 items-center gap-1.5 pr-2',
        index ? 'pl-8' : 'pl-2.5',
        active && 'shadow-[inset_2px_0_0_var(--accent-text)]',
      )}
    >
      <TaskIcon state={task.state} />
      {row.kind === 'task' ? <KindIcon node={row.node} /> : null}
      <button
        type="button"
        title={`${task.id}: ${word}${task.reason ? `\n${task.reason}` : ''}`}
        onClick={() => onOpen({ task: task.id, index: task.index })}
        className={cn('min-w-0 truncate rounded-sm text-left hover:underline', index ? 'text-xs' : 'text-sm')}
      >
        {index ? `[${task.index}]` : task.id}
        <span className="sr-only">: {word}</span>
      </button>
      {critical ? (
        <span title="On the critical path: it decided how long the run took" className="text-fg">
          <Route aria-hidden className="size-3.5" />
          <span className="sr-only">on the critical path</span>
        </span>
      ) : null}
      {task.indexes && !index ? (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`${task.indexes.size} indexes of ${task.id}`}
          onClick={() => onToggle(task.id)}
          className="ml-auto inline-flex h-6 shrink-0 items-center gap-0.5 rounded-sm px-1 text-xs text-muted hover:bg-line hover:text-fg [&_svg]:size-3.5"
        >
          ×{task.indexes.size.toLocaleString('en')}
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
        </button>
      ) : null}
    </div>
  )
}
