import { taskStates, type TaskState } from '@fairlead/contracts/workflow-states'

export const indexGroups = ['all', 'failed', 'running', 'waiting', 'done'] as const
export type IndexGroup = (typeof indexGroups)[number]

/** What one looks for among many indexes. */
export function groupOf(state: TaskState): Exclude<IndexGroup, 'all'> {
  const { tone, terminal } = taskStates[state]
  if (tone === 'failing') return 'failed'
  if (terminal) return 'done'
  return tone === 'progress' ? 'running' : 'waiting'
}
