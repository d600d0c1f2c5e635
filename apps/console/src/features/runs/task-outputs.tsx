'use client'

import type { TaskView } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'
import { EmptyState } from '@fairlead/ui/empty-state'
import { JsonBlock } from './json-block'
import { isNothing } from './value-text'

/** What the task gave, and for an index of a fan-out what it was given. */
export function TaskOutputs({ task }: { task: TaskView }) {
  return (
    <div className="space-y-5">
      {task.index >= 0 ? (
        <section aria-label="Item">
          <p className="pb-2 text-sm font-medium">
            Item <span className="font-normal text-muted">that this index was given</span>
          </p>
          <JsonBlock value={task.item} label="Item" />
        </section>
      ) : null}
      <section aria-label="Outputs">
        <p className="pb-2 text-sm font-medium">Outputs</p>
        {isNothing(task.outputs) ? (
          <EmptyState title="No outputs" className="rounded-lg border border-line bg-surface">
            {taskStates[task.state].terminal
              ? 'It wrote none.'
              : 'A container writes them as one JSON object to the file that FAIRLEAD_OUTPUT names, before it ends.'}
          </EmptyState>
        ) : (
          <JsonBlock
            value={task.outputs}
            label={`Outputs of ${task.id}`}
            className="max-h-[calc(100dvh-22rem)]"
          />
        )}
      </section>
    </div>
  )
}
