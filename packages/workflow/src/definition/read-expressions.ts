import type { TaskDocument } from '@fairlead/contracts/workflow-document'
import { astOf } from './expression'
import { expressionsAt, expressionSites } from './expression-sites'
import { taskReads } from './task-reads'

/** Tasks whose state or outputs a task's expressions read, each once, as they come. */
export function readsOf(task: TaskDocument): readonly string[] {
  const ids = new Set<string>()
  for (const site of expressionSites(task))
    for (const { source } of expressionsAt(site)) {
      if (!source.includes('tasks')) continue
      const ast = astOf(source)
      if (ast !== null) taskReads(ast).tasks.forEach(({ id }) => ids.add(id))
    }
  return [...ids]
}
