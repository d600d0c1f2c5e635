import type { GraphTask } from '@fairlead/contracts/workflow'
import type { CompiledTask, CompiledWorkflow } from '../definition/compiled'

const maxSummary = 160

export const graphOf = (workflow: CompiledWorkflow): GraphTask[] =>
  workflow.order.flatMap((id) => {
    const task = workflow.tasks.get(id)
    return task === undefined ? [] : [graphTask(task, workflow)]
  })

function graphTask(task: CompiledTask, workflow: CompiledWorkflow): GraphTask {
  const { source } = task
  const cluster = source.cluster ?? workflow.document.spec.defaults.cluster ?? null
  return {
    id: task.id,
    kind: task.kind,
    needs: task.needs,
    trigger: task.trigger,
    forEach: source.forEach !== undefined,
    cluster: task.kind === 'run' ? cluster : null,
    pool: source.pool ?? null,
    summary: cut(summaryOf(task, workflow)),
  }
}

function summaryOf({ source }: CompiledTask, workflow: CompiledWorkflow): string {
  if (source.approval !== undefined) {
    const { quorum, roles } = source.approval
    return `${quorum === 1 ? 'one' : quorum} of ${roles.join(' or ')} decides`
  }
  if (source.wait !== undefined) return waitSummary(source.wait)
  if (source.airflow !== undefined)
    return `runs the DAG ${source.airflow.dag} of Airflow ${source.airflow.connection}`
  const image = source.run?.image ?? workflow.document.spec.defaults.image ?? ''
  return [image, ...(source.run?.command ?? []), ...(source.run?.args ?? [])].join(' ')
}

function waitSummary(wait: NonNullable<CompiledTask['source']['wait']>): string {
  if (wait.for !== undefined) return `waits ${wait.for}`
  if (wait.until !== undefined) return `waits until ${wait.until}`
  if (wait.event !== undefined) return `waits for the event ${wait.event.name}`
  if (wait.workflow !== undefined) return `runs the workflow ${wait.workflow.name}`
  if (wait.rollout === undefined) return 'waits'
  const { application, stage } = wait.rollout
  return `waits for the rollout of ${application}${stage === undefined ? '' : ` to ${stage}`}`
}

const cut = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line.length > maxSummary ? `${line.slice(0, maxSummary - 1)}…` : line
}
