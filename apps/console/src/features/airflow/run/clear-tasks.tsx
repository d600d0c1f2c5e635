'use client'

import type { TaskInstanceRow } from '@fairlead/contracts/airflow'
import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'

type ClearTasksProps = {
  instances: readonly TaskInstanceRow[]
  chosen: readonly string[]
  onChosen: (chosen: readonly string[]) => void
}

/** Which tasks are cleared, with all their indexes: none chosen means all. */
export function ClearTasks({ instances, chosen, onChosen }: ClearTasksProps) {
  const tasks = [...new Set(instances.map(({ task }) => task))]
  const toggle = (task: string) =>
    onChosen(chosen.includes(task) ? chosen.filter((each) => each !== task) : [...chosen, task])
  return (
    <fieldset className="min-w-0">
      <legend className="sr-only">Tasks to clear</legend>
      <div className="flex min-h-7 items-center justify-between gap-2">
        <span className="text-sm font-medium">
          {chosen.length === 0 ? 'The whole run' : `From ${chosen.length} of ${tasks.length} tasks`}
        </span>
        {chosen.length > 0 ? (
          <Button size="sm" variant="ghost" onClick={() => onChosen([])}>
            Whole run
          </Button>
        ) : null}
      </div>
      <ul className="max-h-52 overflow-y-auto rounded-md border border-line">
        {tasks.map((task) => (
          <li key={task} className="border-t border-line px-2.5 py-1.5 first:border-t-0">
            <Checkbox
              checked={chosen.includes(task)}
              onCheckedChange={() => toggle(task)}
              label={<span className="font-mono text-xs break-all">{task}</span>}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
