import type { ClearPlan } from '@fairlead/contracts/workflow'
import type { TaskState } from '@fairlead/contracts/workflow-states'

export type ClearedGroup = {
  readonly id: string
  /** The task's own state now; null where only indexes of it are reset. */
  readonly state: TaskState | null
  /** How many indexes of its fan-out are reset, by state. */
  readonly indexes: Readonly<Partial<Record<TaskState, number>>>
  readonly size: number
}

/** What a clear would reset, task by task: a fan-out is one line however many indexes it has. */
export function clearedGroups(tasks: ClearPlan['tasks']): ClearedGroup[] {
  const groups = new Map<string, ClearedGroup>()
  for (const { id, index, state } of tasks) {
    const group = groups.get(id) ?? { id, state: null, indexes: {}, size: 0 }
    groups.set(
      id,
      index < 0
        ? { ...group, state }
        : {
            ...group,
            size: group.size + 1,
            indexes: { ...group.indexes, [state]: (group.indexes[state] ?? 0) + 1 },
          },
    )
  }
  return [...groups.values()]
}
