import type {
  DagRow,
  DagRunRow,
  ImportErrorRow,
  TaskInstanceRow,
  AirflowComponent,
  DagParam,
} from '@fairlead/contracts/airflow'
import { z } from 'zod'

/** What Airflow 3 (v2) and Airflow 2 (v1) answer, as far as it is read; unknown fields are left alone. */
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
const texts = z
  .array(z.string())
  .nullish()
  .transform((value) => value ?? [])
const anything = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {})

const scheduleSchema = z.union([z.string(), z.object({ value: z.string().optional() })]).nullish()

export const dagSchema = z
  .object({
    dag_id: z.string(),
    dag_display_name: text,
    description: text,
    is_paused: z.boolean().nullish(),
    timetable_summary: text,
    timetable_description: text,
    schedule_interval: scheduleSchema,
    tags: z.array(z.object({ name: z.string() })).nullish(),
    owners: texts,
    has_import_errors: z.boolean().nullish(),
    next_dagrun_run_after: text,
    next_dagrun_create_after: text,
  })
  .transform((dag): DagRow => ({
    dag: dag.dag_id,
    title: dag.dag_display_name ?? dag.dag_id,
    description: dag.description,
    paused: dag.is_paused === true,
    schedule: dag.timetable_summary ?? dag.timetable_description ?? scheduleOf(dag.schedule_interval),
    tags: (dag.tags ?? []).map(({ name }) => name),
    owners: dag.owners,
    importErrors: dag.has_import_errors === true,
    nextRunAt: dag.next_dagrun_run_after ?? dag.next_dagrun_create_after,
  }))
const scheduleOf = (schedule: z.infer<typeof scheduleSchema>): string | null =>
  typeof schedule === 'string' ? schedule : (schedule?.value ?? null)

/** Airflow 3 calls a DAG stale whose file is gone; Airflow 2 calls it inactive. */
export const dagStandingSchema = z
  .object({
    is_paused: z.boolean().nullish(),
    is_stale: z.boolean().nullish(),
    is_active: z.boolean().nullish(),
  })
  .transform((dag) => ({
    paused: dag.is_paused === true,
    gone: dag.is_stale === true || dag.is_active === false,
  }))

export const dagsSchema = z.object({ dags: z.array(dagSchema), total_entries: z.number().int() })

/** As Airflow gives parameters of a DAG, and of a task that asks people. */
const paramSchema = z.object({
  value: z.json().optional(),
  description: text,
  schema: anything,
})
export const dagDetailSchema = z
  .object({ doc_md: text, fileloc: text, params: z.record(z.string(), z.unknown()).nullish() })
  .transform(({ doc_md: doc, fileloc: file, params }) => ({
    doc,
    file,
    params: paramsOf(params ?? {}),
  }))
export const paramsOf = (params: Readonly<Record<string, unknown>>): DagParam[] =>
  Object.entries(params).map(([name, given]) => {
    const param = paramSchema.safeParse(given)
    if (!param.success) return { name, value: null, description: null, schema: {} }
    const { value = null, description, schema } = param.data
    return { name, value, description, schema }
  })

export const dagRunSchema = z
  .object({
    dag_run_id: z.string(),
    dag_id: z.string(),
    state: z.string(),
    run_type: text,
    queued_at: text,
    start_date: text,
    end_date: text,
    conf: anything,
    note: text,
    triggering_user_name: text,
  })
  .transform((run): DagRunRow => ({
    run: run.dag_run_id,
    dag: run.dag_id,
    state: run.state,
    type: run.run_type ?? 'manual',
    queuedAt: run.queued_at,
    startedAt: run.start_date,
    endedAt: run.end_date,
    conf: run.conf,
    note: run.note,
    by: run.triggering_user_name,
  }))
export const dagRunsSchema = z.object({ dag_runs: z.array(dagRunSchema), total_entries: z.number().int() })

const instanceFields = z.object({
  task_id: z.string(),
  map_index: z.number().int().nullish(),
  state: text,
  try_number: z.number().int().nullish(),
  max_tries: z.number().int().nullish(),
  operator: text,
  pool: text,
  queued_when: text,
  start_date: text,
  end_date: text,
  rendered_fields: anything,
  note: text,
})
const instanceOf = (instance: z.infer<typeof instanceFields>): TaskInstanceRow => ({
  task: instance.task_id,
  mapIndex: instance.map_index ?? -1,
  state: instance.state,
  tryNumber: instance.try_number ?? 0,
  maxTries: instance.max_tries ?? 0,
  operator: instance.operator,
  pool: instance.pool,
  queuedAt: instance.queued_when,
  startedAt: instance.start_date,
  endedAt: instance.end_date,
})
export const taskInstancesSchema = z.object({
  task_instances: z.array(instanceFields.transform(instanceOf)),
  total_entries: z.number().int().nullish(),
})
export const taskInstanceSchema = instanceFields.transform((instance) => ({
  instance: instanceOf(instance),
  renderedFields: instance.rendered_fields,
  note: instance.note,
}))
export type InstanceDetail = z.output<typeof taskInstanceSchema>
/** One of many: its run stands in it. */
export const taskInstancesOfRunsSchema = z.object({
  task_instances: z.array(
    instanceFields
      .extend({ dag_run_id: z.string() })
      .transform((instance) => ({ run: instance.dag_run_id, ...instanceOf(instance) })),
  ),
  total_entries: z.number().int().nullish(),
})
export const tasksSchema = z.object({
  tasks: z.array(z.object({ task_id: z.string(), downstream_task_ids: texts })),
})

export const importErrorsSchema = z.object({
  import_errors: z.array(
    z.object({ filename: text, timestamp: text, stack_trace: text }).transform((row): ImportErrorRow => ({
      file: row.filename ?? '(unknown file)',
      at: row.timestamp,
      trace: (row.stack_trace ?? '').slice(0, 20_000),
    })),
  ),
  total_entries: z.number().int(),
})

const componentSchema = z.looseObject({ status: text })
/** `metadatabase`, `scheduler`, `triggerer`, `dag_processor`; the last two are null where they don't run. */
export const healthSchema = z.record(z.string(), z.unknown()).transform((health) =>
  Object.entries(health).flatMap(([name, given]): AirflowComponent[] => {
    const component = componentSchema.safeParse(given)
    if (!component.success || component.data.status === null) return []
    const heartbeat = component.data[`latest_${name}_heartbeat`]
    return [
      {
        name,
        status: component.data.status,
        heartbeatAt: typeof heartbeat === 'string' ? heartbeat : null,
      },
    ]
  }),
)
