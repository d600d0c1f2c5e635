import { z } from 'zod'
import { maxConfBytes, taskInstanceRefSchema, type DagParam, type ReadThrough } from './airflow'

/** Tasks of Airflow 3.1 and later that wait for people: its "human in the loop". */
export const answerHumanTaskSchema = taskInstanceRefSchema.extend({
  /** When Airflow asked: a task that was cleared meanwhile asks anew, and this answers it no more. */
  askedAt: z.iso.datetime({ offset: true }),
  options: z.array(z.string().min(1).max(1_000)).min(1).max(100),
  /** By name; those that are left out keep the value they have. */
  params: z
    .record(z.string(), z.json())
    .default({})
    .refine((params) => JSON.stringify(params).length <= maxConfBytes, 'expected at most 64 KiB'),
  reason: z.string().trim().max(500).default(''),
})

/** One question to people. */
export interface HumanTask {
  readonly dag: string
  readonly run: string
  readonly task: string
  readonly mapIndex: number
  readonly state: string | null
  readonly subject: string
  readonly body: string | null
  /** What can be chosen, in the order that the DAG's author gave. */
  readonly options: readonly string[]
  readonly multiple: boolean
  /** Chosen by Airflow itself when its time is over. */
  readonly defaults: readonly string[]
  readonly params: readonly DagParam[]
  /** Airflow lets nobody else answer; empty: everybody who may. */
  readonly assignedTo: readonly string[]
  /** ISO 8601. */
  readonly askedAt: string
}
export interface HumanTaskView extends HumanTask {
  /** Airflow's own page; null when its address can't be linked. */
  readonly link: string | null
}
export interface HumanTaskList extends ReadThrough {
  readonly tasks: readonly HumanTaskView[]
  /** More than can be shown: the rest is on Airflow's own page. */
  readonly cut: number
  /** Whether whoever asks may answer here, and why not. */
  readonly mine: { readonly passed: boolean; readonly reason: string | null }
}
