import { airflowPlace } from '@fairlead/contracts/airflow-place'
import { maxConfBytes } from '@fairlead/contracts/airflow'
import type { DagRunSpec } from '@fairlead/contracts/task-runner'
import { z } from 'zod'
import type { CompiledTask, Evaluated } from './compiled'
import { evaluateText, invalid, type Scope } from './expression'
import { renderDeep } from './render-deep'

const confSchema = z.record(z.string(), z.json())

/** The DAG run that a task asks for, and the Airflow that is asked. */
export function renderDagRun(
  task: CompiledTask,
  scope: Scope,
): Evaluated<{ cluster: string; spec: DagRunSpec }> {
  const { airflow } = task.source
  if (airflow === undefined) return invalid(`the task "${task.id}" runs no DAG`)
  const dag = evaluateText(airflow.dag, scope)
  if (!dag.ok) return dag
  if (dag.value.trim() === '') return invalid('the DAG is empty once rendered')
  const rendered = renderDeep(airflow.conf, scope)
  if (!rendered.ok) return rendered
  const conf = confSchema.safeParse(rendered.value)
  if (!conf.success) return invalid('"conf" becomes something that is not JSON')
  if (Buffer.byteLength(JSON.stringify(conf.data)) > maxConfBytes)
    return invalid(`"conf" becomes larger than ${maxConfBytes} bytes`)
  return {
    ok: true,
    value: { cluster: airflowPlace(airflow.connection), spec: { dag: dag.value, conf: conf.data } },
  }
}
