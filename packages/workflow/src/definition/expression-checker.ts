import type { Environment } from '@marcbachmann/cel-js'
import { checkingEnvironment, type Readable } from './cel-environment'
import { celReason } from './expression'
import { expressionsAt, type ExpressionSite, type FoundExpression } from './expression-sites'
import { taskReads, type TaskRead } from './task-reads'
import { parseTemplate } from './template'
import type { Finding } from '@fairlead/documents/zod-problems'

/** A read of a task, and where in the document it is made. */
export interface PlacedRead {
  readonly read: TaskRead
  readonly path: Finding['path']
  readonly source: string
}

export interface CheckedSite {
  readonly findings: readonly Finding[]
  readonly reads: readonly PlacedRead[]
}

export type ExpressionChecker = (
  site: ExpressionSite,
  path: Finding['path'],
  readable: Readable,
) => CheckedSite

type Spot = Pick<PlacedRead, 'path' | 'source'>

export const told = (
  spot: Spot,
  message: string,
  more: { offset?: number; expected?: string | undefined } = {},
): Finding => ({
  path: spot.path,
  message,
  found: spot.source.length > 200 ? `${spot.source.slice(0, 200)}…` : spot.source,
  expected: more.expected,
  within: { part: spot.source, offset: more.offset ?? 0 },
})

const wanted = { bool: ['bool', 'dyn'], list: ['list', 'dyn'] } as const
const words = { bool: 'true or false', list: 'a list' } as const

function wrongType(type: string | undefined, site: ExpressionSite, found: FoundExpression): string | null {
  if (type === 'bytes' || type === 'type') return `It gives ${type}, which can’t be kept as JSON`
  if (site.result === 'any' || site.result === 'text' || !found.whole) return null
  const name = (type ?? 'dyn').replace(/<.*/, '')
  return wanted[site.result].some((one) => one === name)
    ? null
    : `It gives ${name}, not ${words[site.result]}`
}

function explained(reason: string, readable: Readable): string {
  const [, name] = /^Unknown variable: (\w+)$/.exec(reason) ?? []
  if ((name === 'item' || name === 'index') && !readable.item)
    return `"${name}" exists inside a task with "forEach" alone, and not in its "when" and "forEach"`
  if (name === 'tasks') return 'tasks can’t be read here'
  if (name === 'parameters') return 'parameters can’t be read here'
  return reason
}

interface Place {
  readonly site: ExpressionSite
  readonly path: Finding['path']
  readonly readable: Readable
  readonly environment: Environment
}

function checkOne(found: FoundExpression, { site, path, readable, environment }: Place): CheckedSite {
  const spot = { path, source: found.source }
  const result = environment.check(found.source)
  if (!result.valid) {
    const reason = explained(celReason(result.error), readable)
    const offset = result.error?.range?.start ?? 0
    return { findings: [told(spot, `The expression is not valid: ${reason}`, { offset })], reads: [] }
  }
  const type = wrongType(result.type, site, found)
  const findings = type === null ? [] : [told(spot, type)]
  if (!found.source.includes('tasks')) return { findings, reads: [] }
  const { tasks, vague } = taskReads(environment.parse(found.source).ast)
  findings.push(
    ...vague.map(({ start }) =>
      told(spot, 'Which task is meant has to be written out', {
        offset: start,
        expected: 'tasks.name or tasks["some-name"]',
      }),
    ),
  )
  return { findings, reads: tasks.map((read) => ({ ...spot, read })) }
}

function checkText(
  site: ExpressionSite,
  path: Finding['path'],
  expressions: readonly FoundExpression[],
): Finding[] {
  const found = site.text.slice(0, 200)
  const template = site.form === 'template' && site.text.includes('${{') ? parseTemplate(site.text) : null
  if (template?.ok === false) return [{ path, message: `Not a valid text: ${template.reason}`, found }]
  return site.result === 'list' && !expressions.some(({ whole }) => whole)
    ? [
        {
          path,
          message: 'It has to be one expression that gives a list',
          found,
          expected: '${{ … }} around the whole text',
        },
      ]
    : []
}

/** Building an environment costs more than a hundred checks: one for each way in which places differ. */
export function expressionChecker(): ExpressionChecker {
  const built = new Map<string, Environment>()
  const environmentFor = (readable: Readable): Environment => {
    const key = JSON.stringify([readable.tasks, readable.item, readable.event, readable.parameters !== null])
    const environment = built.get(key) ?? checkingEnvironment(readable)
    built.set(key, environment)
    return environment
  }
  return (site, path, readable) => {
    const expressions = expressionsAt(site)
    const environment = environmentFor(readable)
    const results = expressions.map((found) => checkOne(found, { site, path, readable, environment }))
    return {
      findings: [...checkText(site, path, expressions), ...results.flatMap(({ findings }) => findings)],
      reads: results.flatMap(({ reads }) => reads),
    }
  }
}
