'use client'

import { Button } from '@fairlead/ui/button'
import { Checkbox } from '@fairlead/ui/checkbox'
import { Input } from '@fairlead/ui/input'
import { useState, type ReactNode } from 'react'

export type ClearableTask = { id: string; mark?: ReactNode }

type ClearTasksProps = {
  tasks: readonly ClearableTask[]
  chosen: readonly string[]
  onChosen: (chosen: readonly string[]) => void
}

const searchFrom = 8
/** More are found by typing. */
const mostShown = 200

/** Which tasks are cleared, with all their indexes: none chosen means all. */
export function ClearTasks({ tasks, chosen, onChosen }: ClearTasksProps) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = tasks.filter(({ id }) => id.toLowerCase().includes(wanted))
  const shown = found.slice(0, mostShown)
  const toggle = (id: string) =>
    onChosen(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id])
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
      {tasks.length > searchFrom ? (
        <Input
          aria-label="Find a task"
          placeholder="Find a task"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="mb-1"
        />
      ) : null}
      <ul className="max-h-52 overflow-y-auto rounded-md border border-line">
        {shown.map(({ id, mark }) => (
          <li key={id} className="border-t border-line px-2.5 py-1.5 first:border-t-0">
            <Checkbox
              checked={chosen.includes(id)}
              onCheckedChange={() => toggle(id)}
              label={
                <span className="flex flex-wrap items-center gap-x-2">
                  <span className="font-mono text-xs break-all">{id}</span>
                  {mark}
                </span>
              }
            />
          </li>
        ))}
        {found.length > shown.length ? (
          <li className="border-t border-line px-2.5 py-2 text-xs text-muted">
            {(found.length - shown.length).toLocaleString('en')} more are found by typing.
          </li>
        ) : null}
        {shown.length === 0 ? (
          <li className="px-2.5 py-2 text-xs text-muted">No task has that name.</li>
        ) : null}
      </ul>
    </fieldset>
  )
}
