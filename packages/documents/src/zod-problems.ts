import type { z } from 'zod'
import type { DocumentPath } from './document-text'

/** A problem before it is known where in the text it stands. */
export interface Finding {
  readonly path: DocumentPath
  readonly message: string
  readonly found?: string | undefined
  readonly expected?: string | undefined
  /** Of an expression inside a text: the part that is meant, and where in it. */
  readonly within?: { readonly part: string; readonly offset: number } | undefined
}

type Issue = z.core.$ZodIssue

export const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 100 ? `${text.slice(0, 100)}…` : text
}

const at = (value: unknown, path: DocumentPath): unknown =>
  path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, key)
        ? (Object.entries(part).find(([name]) => name === String(key))?.[1] as unknown)
        : undefined,
    value,
  )

const bound = (issue: { origin: string }, side: string, limit: unknown): string => {
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' items' : ''
  return `${side} ${String(limit)}${unit}`
}

function expectedBy(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return (
        { record: 'a map', object: 'a map', array: 'a list', string: 'a text' }[issue.expected as string] ??
        `a ${issue.expected}`
      )
    case 'invalid_value':
      return issue.values.map(String).join(', ')
    case 'too_big':
      return bound(issue, 'at most', issue.maximum)
    case 'too_small':
      return bound(issue, 'at least', issue.minimum)
    case 'invalid_format':
      return issue.message.startsWith('expected ') ? issue.message.slice('expected '.length) : issue.format
    default:
      return undefined
  }
}

const nameOf = (path: DocumentPath): string => {
  const name = path.findLast((part) => typeof part === 'string')
  return name === undefined ? 'The document' : `"${String(name)}"`
}

function messageOf(issue: Issue, path: DocumentPath, value: unknown): string {
  const name = nameOf(path)
  if (value === undefined && issue.code !== 'custom') return `${name} is missing`
  switch (issue.code) {
    case 'invalid_type':
      return `${name} is of the wrong type`
    case 'invalid_value':
      return `${name} has a value that isn’t known`
    case 'too_big':
      return `${name} is too ${issue.origin === 'number' || issue.origin === 'int' ? 'large' : 'long'}`
    case 'too_small':
      return `${name} is too ${issue.origin === 'number' || issue.origin === 'int' ? 'small' : 'short'}`
    case 'custom':
      return `${name}: ${issue.message}`
    default:
      return `${name} is not valid`
  }
}

/** The branch that got furthest says best what was meant. */
const unionIssues = (issue: Extract<Issue, { code: 'invalid_union' }>): readonly Issue[] => {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((one) => one.path.length))
  return issue.errors.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? []
}

const pathOf = (issue: Issue): DocumentPath =>
  issue.path.map((part) => (typeof part === 'number' ? part : String(part)))

/** zod's issues in our words, each with what was found and what was expected. */
export function zodFindings(issues: readonly Issue[], value: unknown, base: DocumentPath = []): Finding[] {
  return issues.flatMap((issue): Finding[] => {
    const path = [...base, ...pathOf(issue)]
    const found = at(value, path)
    if (issue.code === 'invalid_union') {
      const inner = unionIssues(issue)
      if (inner.some((one) => one.path.length > 0)) return zodFindings(inner, value, path)
      return [
        {
          path,
          message: `${nameOf(path)} is not valid`,
          found: shown(found),
          expected: inner[0] && expectedBy(inner[0]),
        },
      ]
    }
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `"${key}" isn’t known here`,
        found: key,
      }))
    if (issue.code === 'invalid_key')
      return [{ path, message: `${nameOf(path)} can’t be a key here`, found: shown(path.at(-1)) }]
    return [
      { path, message: messageOf(issue, path, found), found: shown(found), expected: expectedBy(issue) },
    ]
  })
}
