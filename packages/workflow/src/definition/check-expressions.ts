import type { TaskDocument } from '@fairlead/contracts/workflow-document'
import { inTask, type Check, type CheckedWorkflow } from './checked-workflow'
import { nearest } from './check-graph'
import { expressionChecker, told, type ExpressionChecker, type PlacedRead } from './expression-checker'
import { expressionSites, headerSites } from './expression-sites'
import type { TaskRead } from './task-reads'
import { upstreamOf } from './upstream'
import type { Finding } from '@fairlead/documents/zod-problems'

/** CEL's name for what a JSON Schema allows; dyn where it allows more than one thing. */
const celTypes: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int',
  boolean: 'bool',
  array: 'list',
  object: 'map',
}

/** Each costs a look at every id, and no more than this are shown. */
const maxSuggested = 50

type Parameters = Readonly<Record<string, string>>

const parameterTypes = (spec: CheckedWorkflow['spec']): Parameters =>
  Object.fromEntries(
    Object.entries(spec?.parameters ?? {}).map(([name, schema]) => {
      const type = schema['type']
      return [name, (typeof type === 'string' ? celTypes[type] : undefined) ?? 'dyn']
    }),
  )

/** Defaults serve every task, so that they read none; defaults of parameters can't read parameters. */
function checkHeader(
  spec: CheckedWorkflow['spec'],
  parameters: Parameters,
  check: ExpressionChecker,
): Finding[] {
  if (spec === null) return []
  const readable = { tasks: false, item: false, event: false }
  return headerSites(spec).flatMap(({ path, ...site }) => {
    const whole = ['spec', ...path]
    return [
      ...check({ ...site, path }, whole, {
        ...readable,
        parameters: path[0] === 'parameters' ? null : parameters,
      }).findings,
    ]
  })
}

interface ReadByTask extends PlacedRead {
  readonly by: string
}

/** What one read asks of a task, as far as its declaration tells. */
function unreadable(read: TaskRead, target: TaskDocument): string | null {
  const [field, output] = read.path
  if (field !== 'outputs' || output === undefined) return null
  if (target.forEach !== undefined)
    return `The outputs of "${read.id}" are a list, with one item for each index`
  const declared = Object.keys(target.outputs)
  return target.run !== undefined && declared.length > 0 && !declared.includes(output)
    ? `"${read.id}" declares no output "${output}", only ${declared.join(', ')}`
    : null
}

function checkReads(workflow: CheckedWorkflow, reads: readonly ReadByTask[]): Finding[] {
  const sources = new Map(workflow.tasks.map(({ task }) => [task.id, task]))
  const ids = new Set(workflow.edges.map(({ id }) => id))
  const isUpstream = upstreamOf(workflow.edges, new Set(reads.map(({ read }) => read.id)))
  let suggested = 0
  return reads.flatMap((placed): Finding[] => {
    const { by, read } = placed
    const offset = read.start
    if (!ids.has(read.id)) {
      suggested += 1
      const meant = suggested > maxSuggested ? undefined : nearest(read.id, ids)
      const expected = meant === undefined ? 'the id of a task upstream of it' : `"${meant}"?`
      return [told(placed, `"${by}" reads "${read.id}", which doesn’t exist`, { offset, expected })]
    }
    if (read.id === by) return [told(placed, `"${by}" reads itself`, { offset })]
    if (!isUpstream(read.id, by))
      return [
        told(placed, `"${by}" reads "${read.id}", which isn’t upstream of it`, {
          offset,
          expected: `"${read.id}" among the needs of "${by}", or of what it needs`,
        }),
      ]
    const target = sources.get(read.id)
    const reason = target === undefined ? null : unreadable(read, target)
    return reason === null ? [] : [told(placed, reason, { offset })]
  })
}

export const checkExpressions: Check = (workflow) => {
  const parameters = parameterTypes(workflow.spec)
  const check = expressionChecker()
  const reads: ReadByTask[] = []
  const findings = checkHeader(workflow.spec, parameters, check)
  for (const { at, task } of workflow.tasks)
    for (const site of expressionSites(task)) {
      const item = site.item && task.forEach !== undefined
      const result = check(site, inTask(at, ...site.path), {
        tasks: true,
        parameters,
        item,
        event: site.event,
      })
      findings.push(...result.findings)
      reads.push(...result.reads.map((read) => ({ ...read, by: task.id })))
    }
  findings.push(...checkReads(workflow, reads))
  return findings
}
