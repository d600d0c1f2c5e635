import type { TaskDocument, WorkflowDocument } from '@fairlead/contracts/workflow-document'
import { parseTemplate } from './template'

/** A place of a task where an expression may stand. */
export interface ExpressionSite {
  /** Below the task, as a path into its document. */
  readonly path: readonly (string | number)[]
  readonly text: string
  /** Bare CEL, or a text with `${{ … }}` in it. */
  readonly form: 'cel' | 'template'
  readonly result: 'any' | 'bool' | 'list' | 'text'
  /** Read for each index of a fan-out. */
  readonly item: boolean
  readonly event: boolean
}

type Path = readonly (string | number)[]

const each = (
  path: Path,
  text: string | undefined,
  result: ExpressionSite['result'] = 'text',
): ExpressionSite[] =>
  text === undefined ? [] : [{ path, text, form: 'template', result, item: true, event: false }]

const list = (path: Path, texts: readonly string[] = []): ExpressionSite[] =>
  texts.flatMap((text, index) => each([...path, index], text))

const map = (path: Path, texts: Readonly<Record<string, string>> = {}): ExpressionSite[] =>
  Object.entries(texts).flatMap(([key, text]) => each([...path, key], text))

/** Every string inside a value, however deep. */
function deep(path: Path, value: unknown): ExpressionSite[] {
  if (typeof value === 'string') return value.includes('${{') ? each(path, value, 'any') : []
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((part, index) => deep([...path, index], part))
  return Object.entries(value).flatMap(([key, part]) => deep([...path, key], part))
}

function control(task: TaskDocument): ExpressionSite[] {
  const sites: ExpressionSite[] = []
  if (task.when !== undefined)
    sites.push({ path: ['when'], text: task.when, form: 'cel', result: 'bool', item: false, event: false })
  if (task.forEach !== undefined)
    sites.push({
      path: ['forEach'],
      text: task.forEach,
      form: 'template',
      result: 'list',
      item: false,
      event: false,
    })
  const match = task.wait?.event?.match
  if (match !== undefined)
    sites.push({
      path: ['wait', 'event', 'match'],
      text: match,
      form: 'cel',
      result: 'bool',
      item: true,
      event: true,
    })
  return sites
}

/** All of them, in the order of the document's schema. */
export function expressionSites(task: TaskDocument): readonly ExpressionSite[] {
  const { run, wait, airflow } = task
  return [
    ...control(task),
    ...each(['run', 'image'], run?.image),
    ...list(['run', 'command'], run?.command),
    ...list(['run', 'args'], run?.args),
    ...map(['run', 'env'], run?.env),
    ...deep(['run', 'podTemplate'], run?.podTemplate),
    ...each(['approval', 'message'], task.approval?.message),
    ...each(['wait', 'until'], wait?.until, 'any'),
    ...Object.entries(wait?.workflow?.parameters ?? {}).flatMap(([key, text]) =>
      each(['wait', 'workflow', 'parameters', key], text, 'any'),
    ),
    ...each(['airflow', 'dag'], airflow?.dag),
    ...deep(['airflow', 'conf'], airflow?.conf),
    ...each(['cluster'], task.cluster),
    ...list(['lineage', 'inputs'], task.lineage?.inputs),
    ...list(['lineage', 'outputs'], task.lineage?.outputs),
  ]
}

/** Those outside tasks, below `spec`. */
export function headerSites(
  spec: Pick<WorkflowDocument['spec'], 'parameters' | 'defaults'>,
): readonly ExpressionSite[] {
  const { cluster, image, env } = spec.defaults
  return [
    ...Object.entries(spec.parameters).flatMap(([name, schema]) =>
      typeof schema['default'] === 'string'
        ? each(['parameters', name, 'default'], schema['default'], 'any')
        : [],
    ),
    ...each(['defaults', 'cluster'], cluster),
    ...each(['defaults', 'image'], image),
    ...map(['defaults', 'env'], env),
  ]
}

export interface FoundExpression {
  readonly source: string
  /** Where it starts in the site's text. */
  readonly offset: number
  /** The whole text is this one expression, so that its type is the site's. */
  readonly whole: boolean
}

/** The expressions of one place. A template that can't be taken apart has none; parseWorkflow reports it. */
export function expressionsAt(site: ExpressionSite): readonly FoundExpression[] {
  if (site.form === 'cel') return [{ source: site.text, offset: 0, whole: true }]
  if (!site.text.includes('${{')) return []
  const template = parseTemplate(site.text)
  if (!template.ok) return []
  return template.pieces.flatMap((piece) =>
    piece.kind === 'expression'
      ? [{ source: piece.source, offset: piece.offset, whole: template.pieces.length === 1 }]
      : [],
  )
}
