'use client'

import { taskName } from './task-name'
import { useTaskPlace } from './use-task-place'

type TaskLinkProps = { task: string; index: number | null; tab?: string }

/** Opens the panel of a task, on the run's own page. */
export function TaskLink({ task, index, tab }: TaskLinkProps) {
  const { open } = useTaskPlace()
  const place = { task, ...(index === null ? {} : { index }), ...(tab === undefined ? {} : { tab }) }
  return (
    <button
      type="button"
      onClick={() => open(place)}
      className="rounded-sm font-mono text-xs text-accent-text hover:underline"
    >
      {taskName(task, index ?? -1)}
    </button>
  )
}
