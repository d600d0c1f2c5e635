import type { CompiledTask, CompiledWorkflow } from '../definition/compiled'

export const isExpression = (text: string): boolean => text.includes('${{')

/** The cluster that a task names without an expression. */
export function fixedCluster(task: CompiledTask, workflow: CompiledWorkflow): string | null {
  if (task.kind !== 'run') return null
  const cluster = task.source.cluster ?? workflow.document.spec.defaults.cluster
  return cluster === undefined || isExpression(cluster) ? null : cluster
}

export const fixedClusters = (workflow: CompiledWorkflow): string[] =>
  [...new Set([...workflow.tasks.values()].flatMap((task) => fixedCluster(task, workflow) ?? []))].sort()
