import type { GraphTask } from '@fairlead/contracts/workflow'
import { taskStates, type TaskState } from '@fairlead/contracts/workflow-states'
import { Container, Timer, UserCheck, Wind, type LucideIcon } from 'lucide-react'

export type GraphTaskState = {
  readonly state: TaskState
  readonly note?: string | undefined
  readonly progress?:
    { readonly size: number; readonly succeeded: number; readonly failed: number } | undefined
}

export const taskKinds: Readonly<Record<GraphTask['kind'], { icon: LucideIcon; word: string }>> = {
  run: { icon: Container, word: 'Container' },
  approval: { icon: UserCheck, word: 'Approval' },
  wait: { icon: Timer, word: 'Wait' },
  airflow: { icon: Wind, word: 'Airflow' },
}

/** Everything about a task in one sentence: its title, what the keyboard says, its line in the list. */
export function titleOf(task: GraphTask, state: GraphTaskState | undefined): string {
  const { word } = taskKinds[task.kind]
  return [
    task.id,
    state ? taskStates[state.state].word : null,
    state?.progress
      ? `${state.progress.succeeded} of ${state.progress.size} succeeded, ${state.progress.failed} failed`
      : task.forEach
        ? 'once for each item'
        : null,
    state?.note || null,
    `${word}: ${task.summary}`,
    task.cluster === null ? null : `on ${task.cluster}`,
    task.trigger === 'all_success' ? null : `when ${task.trigger}`,
    task.needs.length === 0
      ? 'needs nothing'
      : `needs ${task.needs.length > 6 ? `${task.needs.length} tasks` : task.needs.join(', ')}`,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

/** Without the registry: in a narrow box the image's own name and its command say more. */
export const shortSummary = ({ kind, summary }: GraphTask): string =>
  kind === 'run' ? summary.replace(/^\S*\//, '') : summary
