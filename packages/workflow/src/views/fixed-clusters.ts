import { airflowPlace } from '@fairlead/contracts/airflow-place'
import type { CompiledTask, CompiledWorkflow } from '../definition/compiled'

export const isExpression = (text: string): boolean => text.includes('${{')

/** The cluster that a task names without an expression. */
export function fixedCluster(task: CompiledTask, workflow: CompiledWorkflow): string | null {
  if (task.kind !== 'run') return null
  const cluster = task.source.cluster ?? workflow.document.spec.defaults.cluster
  return cluster === undefined || isExpression(cluster) ? null : cluster
}

/** The same, or the Airflow that it names: where it will run, as far as that is written down. */
export const fixedPlace = (task: CompiledTask, workflow: CompiledWorkflow): string | null =>
  task.source.airflow === undefined
    ? fixedCluster(task, workflow)
    : airflowPlace(task.source.airflow.connection)

export const fixedClusters = (workflow: CompiledWorkflow): string[] =>
  [...new Set([...workflow.tasks.values()].flatMap((task) => fixedCluster(task, workflow) ?? []))].sort()
