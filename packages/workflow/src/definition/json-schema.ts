import { z } from 'zod'
import { poolDocumentSchema, workflowDocumentSchema } from '@fairlead/contracts/workflow-document'

type JsonSchema = Record<string, unknown>

/** What an editor says of a key, by its path below the document; `*` is any item of a list or key of a map. */
const workflowHelp: Readonly<Record<string, string>> = {
  'spec.description': 'What this workflow is for; shown in lists.',
  'spec.schedule': 'When runs start by themselves. Without it they start by hand, by API or from elsewhere.',
  'spec.schedule.cron': 'Five fields: minute hour day-of-month month day-of-week.',
  'spec.schedule.timezone': 'A name of the IANA time zone database. DST is followed.',
  'spec.schedule.catchup': 'Times that were missed while paused or down: none, the last one, or all of them.',
  'spec.schedule.overlap': 'What to do when a run is due while another goes on.',
  'spec.parameters':
    'A JSON Schema for each parameter; the console makes a form of it. "default" may be an expression over run.',
  'spec.defaults': 'What every task has unless it says otherwise.',
  'spec.limits.maxActiveRuns': 'Runs of this workflow at once; the others are queued.',
  'spec.limits.maxActiveTasks': 'Tasks of one run at once.',
  'spec.deadline': 'A run that takes longer is shown and told as late, not stopped.',
  'spec.timeout': 'A run that takes longer is cancelled and fails.',
  'spec.notify': 'Webhooks that are told how a run ended.',
  'spec.tasks': 'The steps, in any order: needs decide what waits for what.',
  'spec.tasks.*.id':
    'Lower-case letters, digits and dashes. Expressions read tasks.<id>, or tasks["with-dashes"].',
  'spec.tasks.*.needs': 'Ids of the tasks directly upstream.',
  'spec.tasks.*.trigger': 'Airflow’s trigger rules: which states of the upstream tasks let this one start.',
  'spec.tasks.*.when': 'A CEL expression that gives true or false; false skips the task.',
  'spec.tasks.*.forEach':
    'An expression that gives a list: the task runs once for each item, with item and index.',
  'spec.tasks.*.run': 'A container that runs to its end, as a Job.',
  'spec.tasks.*.run.podTemplate':
    'A Kubernetes pod template for what the short form lacks. The first container is the task’s.',
  'spec.tasks.*.approval': 'People decide whether the run goes on; no slot is held meanwhile.',
  'spec.tasks.*.wait':
    'Waits for a time, an event, another workflow or a rollout; no slot is held meanwhile.',
  'spec.tasks.*.airflow':
    'A run of a DAG of an Airflow that is connected to the project; its end is the task’s. Strings in conf may hold expressions.',
  'spec.tasks.*.cluster': 'Any registered cluster; one run may span several.',
  'spec.tasks.*.outputs':
    'A JSON Schema for each output that the container writes to the file FAIRLEAD_OUTPUT (4 KiB in all).',
  'spec.tasks.*.retries': 'Attempts after the first, with a budget for each kind of cause.',
  'spec.tasks.*.retries.onOom':
    'Memory of the next attempt after an OOM kill: "2x", or a quantity to add such as "256Mi".',
  'spec.tasks.*.timeout': 'Of each attempt: to its end, or {start, finish}.',
  'spec.tasks.*.pool': 'Takes a slot of this pool while it runs.',
  'spec.tasks.*.priority': 'Higher goes first where slots are short.',
  'spec.tasks.*.deadline': 'After the start of the run; what is later is shown and told, not stopped.',
  'spec.tasks.*.setup': 'A teardown (trigger all_done_setup_success) runs when its setups succeeded.',
  'spec.tasks.*.lineage': 'Data sets that it reads and writes, as URIs.',
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function child(schema: JsonSchema, part: string): JsonSchema | undefined {
  const next: unknown =
    part === '*'
      ? (schema['items'] ?? schema['additionalProperties'])
      : isSchema(schema['properties'])
        ? schema['properties'][part]
        : undefined
  return isSchema(next) ? next : undefined
}

function describe(schema: JsonSchema, help: Readonly<Record<string, string>>): JsonSchema {
  for (const [path, text] of Object.entries(help)) {
    const target = path.split('.').reduce<JsonSchema | undefined>((at, part) => at && child(at, part), schema)
    if (target === undefined) throw new Error(`the document has no ${path}`)
    target['description'] = text
  }
  return schema
}

/** Defaults may be left out of what people write. */
const schemaOf = (type: z.ZodType, id: string, title: string): JsonSchema => ({
  $id: `https://fairlead.dev/schemas/v1/${id}.json`,
  title,
  ...z.toJSONSchema(type, { io: 'input', target: 'draft-7', unrepresentable: 'any' }),
})

/** For editors: completion and a first check. parseWorkflow sees more. */
export const workflowJsonSchema = (): JsonSchema =>
  describe(schemaOf(workflowDocumentSchema, 'workflow', 'Workflow'), workflowHelp)

export const poolJsonSchema = (): JsonSchema =>
  describe(schemaOf(poolDocumentSchema, 'pool', 'Pool'), {
    'spec.slots': 'Tasks of the project that name this pool and run at once.',
  })
