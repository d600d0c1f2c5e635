import { renderLineage } from '../definition/render'
import { taskOf, type Draft } from './draft'
import type { LineageNote } from './plan-types'
import type { TaskRow } from './rows'
import { scopeOf } from './scope'

/** What a task declared that it reads and writes, told when it starts and when it ends. */
export function lineageOf(draft: Draft, row: TaskRow, attempt: number, kind: LineageNote['kind']): void {
  const task = taskOf(draft, row.taskId)
  if (task.source.lineage === undefined) return
  const rendered = renderLineage(task, scopeOf(draft, row))
  // A name that can't be rendered is no reason to fail what ran.
  if (!rendered.ok) return
  const { inputs, outputs } = rendered.value
  draft.lineage.push({ taskId: row.taskId, index: row.index, attempt, kind, inputs, outputs })
}
