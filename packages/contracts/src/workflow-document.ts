import { z } from 'zod'
import { durationSchema } from './duration'
import { nameSchema } from './ids'
import { roleNames } from './permissions'
import { triggerRules } from './workflow-states'

/** Bytes of one document, and tasks in it. */
export const maxWorkflowBytes = 1024 * 1024
export const maxTasks = 10_000
/** Indexes of one fan-out. */
export const maxFanOut = 10_000
/** Bytes that a container may write as its outputs: Kubernetes' own limit for a termination message. */
export const maxOutputBytes = 4096

/** CEL between `${{` and `}}`; text around it makes the whole a string. */
const templated = z.string().max(10_000)
const templatedMap = z.record(z.string().min(1).max(253), templated)
/** A JSON Schema of one parameter or output; ajv judges it. */
const jsonSchemaSchema = z.record(z.string(), z.unknown())

const approvalSchema = z.strictObject({
  quorum: z.number().int().min(1).max(10).default(1),
  roles: z.array(z.enum(roleNames)).min(1).default(['approver']),
  excludeRequester: z.boolean().default(true),
  expires: durationSchema.default('24h'),
  /** Shown to who decides; may hold expressions, whose results the approval is bound to. */
  message: templated.default(''),
})

const resourcesSchema = z.strictObject({
  requests: z.record(z.string(), z.string()).default({}),
  limits: z.record(z.string(), z.string()).default({}),
})

const runSchema = z.strictObject({
  image: templated.optional(),
  command: z.array(templated).max(1000).default([]),
  args: z.array(templated).max(1000).default([]),
  env: templatedMap.default({}),
  resources: resourcesSchema.optional(),
  serviceAccount: nameSchema.optional(),
  podTemplate: z.record(z.string(), z.unknown()).optional(),
})

/** A run of a DAG of a connected Airflow: strings in `conf`, however deep, may hold expressions. */
export const dagRunSchema = z.strictObject({
  connection: nameSchema,
  dag: templated.min(1).max(250),
  conf: z.record(z.string().min(1).max(250), z.json()).default({}),
})

const budget = z.number().int().min(0).max(1000)
const retriesSchema = z.strictObject({
  /** Of the task's own failures: exit codes, OOM, a DAG run that failed, timeouts, outputs. */
  max: budget.optional(),
  backoff: z
    .strictObject({
      initial: durationSchema.default('5s'),
      factor: z.number().min(1).max(10).default(2),
      max: durationSchema.default('5m'),
      jitter: z.boolean().default(true),
    })
    .optional(),
  /** `2x`, or a quantity to add such as `256Mi`: memory of the next attempt after an OOM kill. */
  onOom: z.strictObject({ memory: z.string().regex(/^(\d+(\.\d+)?x|\d+(Ki|Mi|Gi))$/) }).optional(),
  /** Of what the task isn't to blame for. */
  budgets: z
    .strictObject({
      disruption: budget.optional(),
      imagePull: budget.optional(),
      quota: budget.optional(),
      apiError: budget.optional(),
      lost: budget.optional(),
    })
    .optional(),
})
/** What neither a task nor its workflow's defaults say. */
export const defaultBudgets = {
  max: 0,
  disruption: 10,
  imagePull: 3,
  quota: 100,
  apiError: 10,
  lost: 3,
} as const
export type RetriesSpec = z.infer<typeof retriesSchema>

const timeoutSchema = z.union([
  durationSchema,
  z.strictObject({ start: durationSchema.optional(), finish: durationSchema.optional() }),
])

const waitSchema = z
  .strictObject({
    for: durationSchema.optional(),
    /** An expression or text that gives an RFC 3339 time. */
    until: templated.optional(),
    /** A webhook event of the project, by name; `match` is CEL over `event`. */
    event: z.strictObject({ name: nameSchema, match: z.string().max(10_000).optional() }).optional(),
    /** Starts a run of another workflow of the project and waits for its end. */
    workflow: z.strictObject({ name: nameSchema, parameters: templatedMap.default({}) }).optional(),
    /** Waits until what is being rolled out has converged; fails when it was rolled back or failed. */
    rollout: z.strictObject({ application: nameSchema, stage: nameSchema.optional() }).optional(),
  })
  .refine(
    (wait) => Object.values(wait).filter((part) => part !== undefined).length === 1,
    'expected exactly one of for, until, event, workflow or rollout',
  )

export const taskSchema = z.strictObject({
  id: nameSchema,
  needs: z.array(nameSchema).max(10_000).default([]),
  trigger: z.enum(triggerRules).default('all_success'),
  /** CEL: false skips the task. */
  when: z.string().max(10_000).optional(),
  /** An expression that gives a list; the task runs once for each item. */
  forEach: templated.optional(),
  run: runSchema.optional(),
  approval: approvalSchema.optional(),
  wait: waitSchema.optional(),
  airflow: dagRunSchema.optional(),
  cluster: templated.optional(),
  namespace: nameSchema.optional(),
  outputs: z.record(z.string(), jsonSchemaSchema).default({}),
  retries: retriesSchema.optional(),
  timeout: timeoutSchema.optional(),
  pool: nameSchema.optional(),
  /** Higher goes first where slots are short. */
  priority: z.number().int().min(-1000).max(1000).default(0),
  /** Within this long after the run began; what is later is shown and told, not stopped. */
  deadline: durationSchema.optional(),
  /** Its success is what a teardown (trigger all_done_setup_success) asks for. */
  setup: z.boolean().default(false),
  lineage: z
    .strictObject({ inputs: z.array(templated).default([]), outputs: z.array(templated).default([]) })
    .optional(),
})
export type TaskDocument = z.infer<typeof taskSchema>

export const scheduleSchema = z.strictObject({
  cron: z.string().min(9).max(200),
  timezone: z.string().min(1).max(64).default('UTC'),
  catchup: z.enum(['none', 'last', 'all']).default('last'),
  overlap: z.enum(['allow', 'skip', 'queue', 'cancel']).default('skip'),
})
export type ScheduleSpec = z.infer<typeof scheduleSchema>

export const workflowDocumentSchema = z.strictObject({
  apiVersion: z.literal('fairlead.dev/v1'),
  kind: z.literal('Workflow'),
  metadata: z.strictObject({ name: nameSchema, project: nameSchema }),
  spec: z.strictObject({
    description: z.string().max(2_000).default(''),
    schedule: scheduleSchema.optional(),
    parameters: z.record(z.string().min(1).max(63), jsonSchemaSchema).default({}),
    defaults: z
      .strictObject({
        cluster: templated.optional(),
        namespace: nameSchema.optional(),
        image: templated.optional(),
        serviceAccount: nameSchema.optional(),
        timeout: timeoutSchema.optional(),
        retries: retriesSchema.optional(),
        resources: resourcesSchema.optional(),
        env: templatedMap.optional(),
      })
      .default({}),
    limits: z
      .strictObject({
        maxActiveRuns: z.number().int().min(1).max(10_000).default(16),
        maxActiveTasks: z.number().int().min(1).max(100_000).optional(),
      })
      .default({ maxActiveRuns: 16 }),
    /** Of the whole run: what is later is shown and told. */
    deadline: durationSchema.optional(),
    /** Of the whole run: then it is cancelled and fails. */
    timeout: durationSchema.optional(),
    /** Webhooks told of the run's end, of a missed deadline and of approvals asked for; README.md says how they are signed. */
    notify: z
      .array(
        z.strictObject({
          url: z.url({ protocol: /^https?$/ }).max(2_000),
          on: z
            .array(z.enum(['succeeded', 'failed', 'cancelled', 'deadline', 'approval']))
            .min(1)
            .default(['failed', 'deadline']),
        }),
      )
      .max(10)
      .default([]),
    tasks: z.array(taskSchema).min(1).max(maxTasks),
  }),
})
export type WorkflowDocument = z.infer<typeof workflowDocumentSchema>

export const poolDocumentSchema = z.strictObject({
  apiVersion: z.literal('fairlead.dev/v1'),
  kind: z.literal('Pool'),
  metadata: z.strictObject({ name: nameSchema, project: nameSchema }),
  spec: z.strictObject({ slots: z.number().int().min(0).max(100_000), description: z.string().default('') }),
})
export type PoolDocument = z.infer<typeof poolDocumentSchema>

/** A problem of a document, where it stands. Lines and columns count from 1. */
export interface DocumentProblem {
  readonly message: string
  readonly path: string
  readonly line: number | null
  readonly column: number | null
  readonly found: string | null
  readonly expected: string | null
}
