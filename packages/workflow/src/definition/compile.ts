import { durationMs } from '@fairlead/contracts/application'
import {
  defaultBudgets,
  type TaskDocument,
  type WorkflowDocument,
} from '@fairlead/contracts/workflow-document'
import {
  taskKinds,
  type CompiledTask,
  type CompiledWorkflow,
  type RetriesSpec,
  type RetryPolicy,
  type Timeouts,
} from './compiled'
import { readsOf } from './read-expressions'
import { topologicalOrder } from './topological-order'

const optionalMs = (text: string | undefined): number | null => (text === undefined ? null : durationMs(text))

type TimeoutSpec = TaskDocument['timeout']

const timeoutParts = (timeout: TimeoutSpec): { start?: string | undefined; finish?: string | undefined } =>
  typeof timeout === 'string' ? { finish: timeout } : (timeout ?? {})

function timeouts(own: TimeoutSpec, usual: TimeoutSpec): Timeouts {
  const [first, then] = [timeoutParts(own), timeoutParts(usual)]
  return {
    startMs: optionalMs(first.start ?? then.start),
    finishMs: optionalMs(first.finish ?? then.finish),
  }
}

function oomMemory(text: string | undefined): RetryPolicy['oomMemory'] {
  if (text === undefined) return null
  if (text.endsWith('x')) return { kind: 'factor', value: Number(text.slice(0, -1)) }
  const unit = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30 }[text.slice(-2)] ?? 1
  return { kind: 'add', value: Number(text.slice(0, -2)) * unit }
}

/** What the task says goes before what its workflow's defaults say, part by part. */
function retries(own: RetriesSpec | undefined, usual: RetriesSpec | undefined): RetryPolicy {
  const backoff = own?.backoff ?? usual?.backoff
  const budget = (name: keyof NonNullable<RetriesSpec['budgets']>): number =>
    own?.budgets?.[name] ?? usual?.budgets?.[name] ?? defaultBudgets[name]
  return {
    budgetOf: {
      max: own?.max ?? usual?.max ?? defaultBudgets.max,
      disruption: budget('disruption'),
      imagePull: budget('imagePull'),
      quota: budget('quota'),
      apiError: budget('apiError'),
      lost: budget('lost'),
    },
    initialMs: backoff === undefined ? 5_000 : durationMs(backoff.initial),
    factor: backoff?.factor ?? 2,
    maxMs: backoff === undefined ? 300_000 : durationMs(backoff.max),
    jitter: backoff?.jitter ?? true,
    oomMemory: oomMemory((own?.onOom ?? usual?.onOom)?.memory),
  }
}

export const isTeardown = (task: TaskDocument): boolean => task.trigger === 'all_done_setup_success'

const kindOf = (task: TaskDocument): CompiledTask['kind'] =>
  taskKinds.find((kind) => task[kind] !== undefined) ?? 'wait'

/** Beside containers, DAG runs are attempts of a runner; approvals and waits are the engine's own. */
export const runsAttempts = ({ kind }: Pick<CompiledTask, 'kind'>): boolean =>
  kind === 'run' || kind === 'airflow'

/** For a document that parseWorkflow has accepted. Linear in tasks, edges and text. */
export function compile(document: WorkflowDocument): CompiledWorkflow {
  const { spec } = document
  const sources = new Map(spec.tasks.map((task) => [task.id, task]))
  const downstream = new Map<string, string[]>(spec.tasks.map((task) => [task.id, []]))
  for (const task of spec.tasks) for (const need of new Set(task.needs)) downstream.get(need)?.push(task.id)
  const sourceOf = (id: string): TaskDocument[] => [sources.get(id)].filter((task) => task !== undefined)

  const compileTask = (task: TaskDocument, position: number): CompiledTask => {
    const needs = [...new Set(task.needs)]
    const after = downstream.get(task.id) ?? []
    return {
      id: task.id,
      kind: kindOf(task),
      position,
      needs,
      downstream: after,
      trigger: task.trigger,
      setup: task.setup,
      // As Airflow does: a teardown neither decides a run's result nor hides the task before it.
      leaf: !isTeardown(task) && after.every((id) => sourceOf(id).every(isTeardown)),
      setups: needs.filter((id) => sourceOf(id).some((need) => need.setup)),
      reads: readsOf(task),
      source: task,
      timeouts: timeouts(task.timeout, spec.defaults.timeout),
      retries: retries(task.retries, spec.defaults.retries),
    }
  }
  return {
    name: document.metadata.name,
    project: document.metadata.project,
    document,
    schedule: spec.schedule ?? null,
    deadlineMs: optionalMs(spec.deadline),
    timeoutMs: optionalMs(spec.timeout),
    order: topologicalOrder(spec.tasks).order,
    tasks: new Map(spec.tasks.map((task, position) => [task.id, compileTask(task, position)])),
    pools: [...new Set(spec.tasks.flatMap(({ pool }) => pool ?? []))],
    deadlines: spec.tasks.flatMap(({ id, deadline }) =>
      deadline === undefined ? [] : [{ taskId: id, ms: durationMs(deadline) }],
    ),
  }
}
