import type { PodMaker } from '@fairlead/contracts/airflow-pods'
import type { InstanceRef } from '../client/paths'
import { mayBeHashed, safeLabel } from './safe-label'

export type Pairs = Readonly<Record<string, string>>

/** What every pod of this task instance carries, whatever its try. */
export const labelsOf = ({ dag, run, task, mapIndex }: InstanceRef): Pairs => ({
  dag_id: safeLabel(dag),
  run_id: safeLabel(run),
  task_id: safeLabel(task),
  ...(mapIndex < 0 ? {} : { map_index: String(mapIndex) }),
})

/** A task without indexes has no such label, which no query for labels that are there can say. */
export const isOfIndex = (labels: Pairs, mapIndex: number): boolean => indexIn(labels) === mapIndex

/** An id as a pod says it: the value itself, or what stands for it. */
export interface SaidId {
  readonly text: string
  readonly exact: boolean
}
export interface Origin {
  readonly by: PodMaker
  readonly dag: SaidId
  readonly run: SaidId | null
  readonly task: SaidId
  readonly mapIndex: number
  readonly tryNumber: number | null
  readonly airflowVersion: string | null
}

/**
 * What a pod says of the task that it was made for; null: no Airflow made it. The executor keeps the plain values in
 * annotations; of the operators there are labels alone.
 */
export function originOf(labels: Pairs, annotations: Pairs): Origin | null {
  const by = makerOf(labels)
  const id = (name: string): SaidId | null => {
    const [plain, label] = [annotations[name], labels[name]]
    // An annotation is anybody's to write: it counts where the label agrees.
    if (plain !== undefined && label === safeLabel(plain)) return { text: plain, exact: true }
    return label === undefined ? null : { text: label, exact: !mayBeHashed(label) }
  }
  const [dag, task] = [id('dag_id'), id('task_id')]
  if (by === null || dag === null || task === null) return null
  return {
    by,
    dag,
    run: id('run_id'),
    task,
    mapIndex: indexIn(labels),
    tryNumber: numberIn(labels['try_number']),
    airflowVersion: labels['airflow_version'] ?? null,
  }
}

/** Whether this is the id that a pod means. */
export const isId = (said: SaidId, value: string): boolean =>
  said.exact ? said.text === value : said.text === safeLabel(value) || said.text === value

function makerOf(labels: Pairs): PodMaker | null {
  if (labels['kubernetes_executor'] === 'True') return 'executor'
  return labels['kubernetes_pod_operator'] === 'True' ? 'operator' : null
}

const indexIn = (labels: Pairs): number => numberIn(labels['map_index']) ?? -1

export const tryOf = (labels: Pairs): number | null => numberIn(labels['try_number'])

const numberIn = (text: string | undefined): number | null =>
  text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
