import type { RunDot, WorkflowSummary } from '@fairlead/contracts/workflow'
import { runStates } from '@fairlead/contracts/workflow-states'

export const standings = {
  running: 'Running now',
  failing: 'Last run failed',
  paused: 'Paused',
  scheduled: 'On a schedule',
  manual: 'Started by hand',
} as const

export type WorkflowFilter = { text: string; project: string | null; standing: string | null }

export function filterWorkflows(
  workflows: readonly WorkflowSummary[],
  { text, project, standing }: WorkflowFilter,
): WorkflowSummary[] {
  const wanted = text.trim().toLowerCase()
  return workflows
    .filter(
      (workflow) =>
        (project === null || workflow.project === project) &&
        (standing === null || standsAs(workflow, standing)) &&
        (wanted === '' || searched(workflow).includes(wanted)),
    )
    .sort((one, other) => one.project.localeCompare(other.project) || one.name.localeCompare(other.name))
}

function standsAs(workflow: WorkflowSummary, standing: string): boolean {
  if (standing === 'running') return workflow.activeRuns > 0
  if (standing === 'failing') return lastEnded(workflow)?.state === 'failed'
  if (standing === 'paused') return workflow.paused
  if (standing === 'scheduled') return workflow.schedule !== null
  if (standing === 'manual') return workflow.schedule === null
  return true
}

export const lastEnded = ({ lastRuns }: WorkflowSummary): RunDot | undefined =>
  lastRuns.findLast(({ state }) => runStates[state].terminal)

const searched = ({ name, project, description, clusters, schedule }: WorkflowSummary): string =>
  [name, project, description, schedule?.cron ?? '', ...clusters].join(' ').toLowerCase()

/** Of the runs that ended by themselves; a cancelled one says nothing about the workflow. */
export function successRate(runs: readonly RunDot[]): { good: number; of: number } | null {
  const ended = runs.filter(({ state }) => runStates[state].terminal && state !== 'cancelled')
  if (ended.length === 0) return null
  return { good: ended.filter(({ state }) => state === 'succeeded').length, of: ended.length }
}
