import type { GraphTask } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { memo } from 'react'
import { TaskStateMark } from '../states'
import { taskKinds, type GraphTaskState } from './task-text'

type TaskListProps = {
  tasks: readonly GraphTask[]
  states: ReadonlyMap<string, GraphTaskState> | undefined
  criticalPath: ReadonlySet<string> | undefined
  onSelect: ((id: string) => void) | undefined
  /** Read aloud beside the graph: then it is text alone, with nothing to tab to. */
  plain: boolean
}

/** The graph as a list, in the order of the document. */
export const TaskList = memo(function TaskList(props: TaskListProps) {
  const { tasks, states, criticalPath, onSelect, plain } = props
  return (
    <ol aria-label="Tasks" className="divide-y divide-line text-sm">
      {tasks.map((task) => {
        const state = states?.get(task.id)
        const facts = [
          taskKinds[task.kind].word,
          task.cluster === null ? null : `on ${task.cluster}`,
          task.needs.length === 0 ? null : `needs ${task.needs.join(', ')}`,
          task.trigger === 'all_success' ? null : `when ${task.trigger}`,
          criticalPath?.has(task.id) ? 'on the critical path' : null,
        ].filter((part) => part !== null)
        return (
          <li key={task.id} className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-0.5 px-3 py-1.5">
            {onSelect && !plain ? (
              <button
                type="button"
                onClick={() => onSelect(task.id)}
                className="min-w-0 truncate rounded-sm font-mono text-xs font-medium underline-offset-2 hover:underline"
              >
                {task.id}
              </button>
            ) : (
              <span className="min-w-0 truncate font-mono text-xs font-medium">{task.id}</span>
            )}
            {state ? (
              plain ? (
                taskStates[state.state].word
              ) : (
                <TaskStateMark state={state.state} className="text-xs" />
              )
            ) : null}
            {state?.progress ? (
              <span className="text-xs text-muted">
                {state.progress.succeeded} of {state.progress.size} succeeded
                {state.progress.failed > 0 ? `, ${state.progress.failed} failed` : ''}
              </span>
            ) : null}
            {state?.note ? <span className="min-w-0 truncate text-xs text-muted">{state.note}</span> : null}
            <span className="ml-auto min-w-0 truncate text-xs text-muted">{facts.join(' · ')}</span>
          </li>
        )
      })}
    </ol>
  )
})
