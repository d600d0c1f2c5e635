import type { GraphTask, RunTask } from '@fairlead/contracts/workflow'
import { taskStates } from '@fairlead/contracts/workflow-states'

export const panelTabs = {
  why: 'Why',
  approval: 'Approval',
  indexes: 'Indexes',
  logs: 'Logs',
  attempts: 'Attempts',
  outputs: 'Outputs',
  spec: 'Spec',
} as const
export type PanelTab = keyof typeof panelTabs

type TabInput = {
  readonly task: Pick<RunTask, 'state' | 'index' | 'attempts' | 'indexes'>
  readonly kind: GraphTask['kind']
  /** Of a fan-out itself, not of one of its indexes: it runs no container of its own. */
  readonly fansOut: boolean
}

/** Which tabs a task has, the one that answers the likeliest question first: that one is open. */
export function panelTabsOf({ task, kind, fansOut }: TabInput): PanelTab[] {
  const runs = task.state === 'running'
  const ended = taskStates[task.state].terminal
  const hasRun = task.attempts > 0
  const own: PanelTab[] =
    kind === 'approval'
      ? ['approval']
      : kind === 'wait'
        ? ['outputs']
        : fansOut
          ? ['indexes', 'outputs']
          : kind === 'airflow'
            ? // Its logs are Airflow's: here is but a link to them.
              ['attempts', 'outputs', 'logs', 'spec']
            : ['logs', 'attempts', 'outputs', 'spec']
  const whyFirst =
    !runs && !(ended && (hasRun || fansOut)) && kind !== 'approval' && task.state !== 'expanded'
  return whyFirst ? ['why', ...own] : [own[0] ?? 'why', 'why', ...own.slice(1)]
}
