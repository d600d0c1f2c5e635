import { nominalText } from '@fairlead/timetable/local-text'
import type { ExpressionScope } from '../definition/compiled'
import { taskOf, type Draft } from './draft'
import type { TaskReading } from './observation'
import type { TaskRow } from './rows'
import { rowKey } from './rows'

/** What the expressions of a row may read: what was stored, with what this pass has just settled laid over it. */
export function scopeOf(draft: Draft, row: TaskRow): ExpressionScope {
  const { run, reads } = draft.seen
  const tasks: Record<string, TaskReading> = {}
  for (const id of taskOf(draft, row.taskId).reads) {
    const fresh = draft.changed.has(rowKey(id, -1)) ? draft.rows.get(rowKey(id, -1)) : undefined
    const stored = reads[id]
    if (fresh !== undefined && fresh.size === null)
      tasks[id] = { state: fresh.state, outputs: fresh.outputs ?? {} }
    else if (fresh !== undefined) tasks[id] = { state: fresh.state, outputs: indexOutputs(draft, id, stored) }
    else tasks[id] = stored ?? { state: 'waiting', outputs: {} }
  }
  return {
    run: {
      id: run.id,
      number: run.number,
      nominalTime: nominalText(draft.seen.compiled.schedule, run.nominalTime),
      trigger: run.trigger,
    },
    parameters: run.parameters,
    tasks,
    ...(row.index < 0 ? {} : { item: row.item, index: row.index }),
  }
}

/** Of a fan-out: what is stored, index by index, with what this pass settled in its place. */
function indexOutputs(draft: Draft, id: string, stored: TaskReading | undefined): unknown {
  const outputs = Array.isArray(stored?.outputs) ? [...(stored.outputs as unknown[])] : []
  for (const [index] of outputs.entries()) {
    const key = rowKey(id, index)
    const fresh = draft.changed.has(key) ? draft.rows.get(key) : undefined
    if (fresh !== undefined) outputs[index] = fresh.outputs ?? {}
  }
  return outputs
}
