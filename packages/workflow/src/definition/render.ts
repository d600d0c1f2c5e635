import { durationMs } from '@fairlead/contracts/application'
import type { TaskSpec } from '@fairlead/contracts/task-runner'
import { maxFanOut } from '@fairlead/contracts/workflow-document'
import type { CompiledTask, CompiledWorkflow, Evaluated, ExpressionScope } from './compiled'
import { all, allOf } from './evaluated'
import { evaluate, evaluateTemplate, evaluateText, invalid } from './expression'
import { podImage, renderPodTemplate } from './pod-template'

type Scope = ExpressionScope

const texts = (templates: readonly string[], scope: Scope): Evaluated<string[]> =>
  all(templates.map((template) => evaluateText(template, scope)))

const textMap = (
  templates: Readonly<Record<string, string>>,
  scope: Scope,
): Evaluated<Record<string, string>> =>
  allOf(Object.fromEntries(Object.entries(templates).map(([key, text]) => [key, evaluateText(text, scope)])))

type Resources = TaskSpec['resources']

function resourcesOf(workflow: CompiledWorkflow, task: CompiledTask, memory: string | null): Resources {
  const usual = workflow.document.spec.defaults.resources
  const own = task.source.run?.resources
  const override = memory === null ? {} : { memory }
  return {
    requests: { ...usual?.requests, ...own?.requests, ...override },
    limits: { ...usual?.limits, ...own?.limits, ...override },
  }
}

const named = (what: string, result: Evaluated<string>): Evaluated<string> =>
  result.ok && result.value.trim() === '' ? invalid(`the ${what} is empty once rendered`) : result

/** What a runner is asked to start. `memoryOverride` replaces memory of requests and limits after an OOM kill. */
export function renderRun(
  workflow: CompiledWorkflow,
  task: CompiledTask,
  scope: Scope,
  memoryOverride: string | null,
): Evaluated<{ cluster: string; spec: TaskSpec }> {
  const { defaults } = workflow.document.spec
  const run = task.source.run
  if (run === undefined) return invalid(`the task "${task.id}" runs no container`)
  const image = run.image ?? defaults.image ?? podImage(run.podTemplate)
  const namespace = task.source.namespace ?? defaults.namespace
  if (image === undefined) return invalid('no image is given')
  if (namespace === undefined) return invalid('no namespace is given')
  const names = all([
    named('cluster', evaluateText(task.source.cluster ?? defaults.cluster ?? '', scope)),
    named('image', evaluateText(image, scope)),
  ])
  const lists = all([texts(run.command, scope), texts(run.args, scope)])
  const env = textMap({ ...defaults.env, ...run.env }, scope)
  const podTemplate = renderPodTemplate(run.podTemplate, scope)
  if (!names.ok) return names
  if (!lists.ok) return lists
  if (!env.ok) return env
  if (!podTemplate.ok) return podTemplate
  const spec: TaskSpec = {
    namespace,
    image: names.value[1] ?? '',
    command: lists.value[0] ?? [],
    args: lists.value[1] ?? [],
    env: env.value,
    resources: resourcesOf(workflow, task, memoryOverride),
    serviceAccount: run.serviceAccount ?? defaults.serviceAccount ?? null,
    podTemplate: podTemplate.value,
  }
  return { ok: true, value: { cluster: names.value[0] ?? '', spec } }
}

function asBool(result: Evaluated<unknown>, what: string): Evaluated<boolean> {
  if (!result.ok) return result
  return typeof result.value === 'boolean'
    ? { ok: true, value: result.value }
    : invalid(`${what} gives ${JSON.stringify(result.value).slice(0, 120)}, not true or false`)
}

/** False skips the task. Evaluated once, before a fan-out: it knows neither item nor index. */
export function evaluateWhen(task: CompiledTask, scope: Scope): Evaluated<boolean> {
  const { when } = task.source
  return when === undefined ? { ok: true, value: true } : asBool(evaluate(when, scope), '"when"')
}

/** The items of a fan-out; its index set is fixed by this one evaluation. */
export function evaluateForEach(task: CompiledTask, scope: Scope): Evaluated<readonly unknown[]> {
  if (task.source.forEach === undefined) return invalid(`the task "${task.id}" has no "forEach"`)
  const items = evaluateTemplate(task.source.forEach, scope)
  if (!items.ok) return items
  if (!Array.isArray(items.value))
    return invalid(`"forEach" gives ${JSON.stringify(items.value).slice(0, 120)}, not a list`)
  if (items.value.length > maxFanOut)
    return invalid(`"forEach" gives ${items.value.length} items; at most ${maxFanOut} are possible`)
  return { ok: true, value: items.value }
}

/** `match` is CEL over `event` and what every expression may read; without it any event of that name will do. */
export function matchesEvent(match: string | null, event: unknown, scope: Scope): Evaluated<boolean> {
  return match === null ? { ok: true, value: true } : asBool(evaluate(match, { ...scope, event }), '"match"')
}

export function renderApproval(task: CompiledTask, scope: Scope): Evaluated<{ message: string }> {
  const message = evaluateText(task.source.approval?.message ?? '', scope)
  return message.ok ? { ok: true, value: { message: message.value } } : message
}

export interface RenderedLineage {
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

export function renderLineage(task: CompiledTask, scope: Scope): Evaluated<RenderedLineage> {
  const inputs = texts(task.source.lineage?.inputs ?? [], scope)
  const outputs = texts(task.source.lineage?.outputs ?? [], scope)
  if (!inputs.ok) return inputs
  if (!outputs.ok) return outputs
  return { ok: true, value: { inputs: inputs.value, outputs: outputs.value } }
}

export type RenderedWait =
  | { readonly kind: 'for'; readonly ms: number }
  | { readonly kind: 'until'; readonly at: Date }
  /** `match` is CEL, for matchesEvent. */
  | { readonly kind: 'event'; readonly name: string; readonly match: string | null }
  | {
      readonly kind: 'workflow'
      readonly name: string
      readonly parameters: Readonly<Record<string, unknown>>
    }
  | { readonly kind: 'rollout'; readonly application: string; readonly stage: string | null }

const rfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/

function renderUntil(text: string, scope: Scope): Evaluated<RenderedWait> {
  const result = evaluateTemplate(text, scope)
  if (!result.ok) return result
  const at = typeof result.value === 'string' && rfc3339.test(result.value) ? new Date(result.value) : null
  return at === null || Number.isNaN(at.getTime())
    ? invalid(
        `"until" gives ${JSON.stringify(result.value).slice(0, 120)}, not a time such as "2026-03-29T02:30:00Z"`,
      )
    : { ok: true, value: { kind: 'until', at } }
}

export function renderWait(task: CompiledTask, scope: Scope): Evaluated<RenderedWait> {
  const wait = task.source.wait
  if (wait?.for !== undefined) return { ok: true, value: { kind: 'for', ms: durationMs(wait.for) } }
  if (wait?.until !== undefined) return renderUntil(wait.until, scope)
  if (wait?.event !== undefined)
    return { ok: true, value: { kind: 'event', name: wait.event.name, match: wait.event.match ?? null } }
  if (wait?.rollout !== undefined) {
    const { application, stage } = wait.rollout
    return { ok: true, value: { kind: 'rollout', application, stage: stage ?? null } }
  }
  if (wait?.workflow === undefined) return invalid(`the task "${task.id}" waits for nothing`)
  const { name, parameters } = wait.workflow
  const rendered = allOf(
    Object.fromEntries(Object.entries(parameters).map(([key, text]) => [key, evaluateTemplate(text, scope)])),
  )
  return rendered.ok ? { ok: true, value: { kind: 'workflow', name, parameters: rendered.value } } : rendered
}
