import { applicationDocumentSchema, type ApplicationDocument } from '@fairlead/contracts/application'
import { FairleadError, type ErrorDetail } from '@fairlead/contracts/errors'
import { isNode, LineCounter, parseAllDocuments, type Document } from 'yaml'
import { z } from 'zod'
import { isStorable } from './stored'
import { fieldsAt } from './document-fields'

type Path = readonly PropertyKey[]

export interface ParsedDocument {
  readonly document: ApplicationDocument
  /** 1-based line of a path, for errors found later. */
  readonly lineOf: (path: Path) => number
}

/** YAML → Application, or an error that names file, line, path, what was found and what was expected. */
export function parseApplication(text: string, file = 'application.yaml'): ParsedDocument {
  const lines = new LineCounter()
  const fail = (message: string, detail: ErrorDetail): FairleadError => {
    const place = detail.line === undefined ? file : `${file}:${detail.line}`
    return new FairleadError('invalid', `${place}: ${message}`, { file, ...detail })
  }
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    strict: true,
    uniqueKeys: true,
    version: '1.2',
  })
  const [document, second] = 'empty' in documents ? [] : documents
  if (document === undefined || document.contents === null)
    throw fail('the document is empty', { line: 1, found: 'nothing', expected: 'an Application' })
  if (second !== undefined)
    throw fail('there is more than one document', {
      line: lines.linePos(second.range[0]).line,
      expected: 'one Application per file',
    })
  const [problem] = document.errors
  if (problem !== undefined)
    throw fail(
      `not valid YAML: ${(problem.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '')}`,
      {
        line: lines.linePos(problem.pos[0]).line,
        expected: 'valid YAML',
      },
    )
  const lineOf = (path: Path): number => lines.linePos(startOf(document, path)).line
  const parsed = applicationDocumentSchema.safeParse(plainOf(document, fail))
  if (parsed.success && !isStorable(parsed.data))
    throw fail('the document holds characters that cannot be kept', {
      line: 1,
      found: 'NUL or half a character',
      expected: 'text',
    })
  if (parsed.success) return { document: parsed.data, lineOf }
  const { issues } = parsed.error
  // A misspelt field explains the missing one beside it.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]
  throw issueError(issue, { document, lineOf, fail })
}

function plainOf(
  document: Document.Parsed,
  fail: (message: string, detail: ErrorDetail) => FairleadError,
): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 })
  } catch {
    throw fail('the document uses too many YAML aliases', { line: 1, expected: 'at most 50 uses of aliases' })
  }
}

/** The node at the path, or the nearest one above it that exists. */
function startOf(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range != null) return node.range[0]
  }
  return document.contents?.range?.[0] ?? 0
}

interface Failing {
  readonly document: Document.Parsed
  readonly lineOf: (path: Path) => number
  readonly fail: (message: string, detail: ErrorDetail) => FairleadError
}

function issueError(issue: z.core.$ZodIssue | undefined, { document, lineOf, fail }: Failing): FairleadError {
  if (issue === undefined) return fail('is not an Application', { line: 1 })
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const path = [...issue.path, key]
    const known = fieldsAt(applicationDocumentSchema, issue.path)
    return fail(
      `${pathText(path)}: there is no such field${known.length === 0 ? '' : `; there are ${known.join(', ')}`}`,
      {
        line: lineOf(path),
        path: pathText(path),
        found: key.slice(0, 100),
        expected: known.length === 0 ? 'nothing here' : `one of ${known.join(', ')}`,
      },
    )
  }
  const found = shown(document.getIn([...issue.path]))
  const expected = expectedOf(issue)
  return fail(`${pathText(issue.path) || 'the document'}: found ${found}, ${expected}`, {
    line: lineOf(issue.path),
    ...(issue.path.length === 0 ? {} : { path: pathText(issue.path) }),
    found,
    expected: expected.replace(/^expected /, ''),
  })
}

const expectedOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_type')
    return `expected ${issue.expected === 'object' ? 'a mapping' : `a ${issue.expected}`}`
  if (issue.code === 'invalid_value') return `expected ${issue.values.map(String).join(' or ')}`
  return issue.message.startsWith('expected') ? issue.message : `expected something else: ${issue.message}`
}

export const pathText = (path: Path): string =>
  path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('')

/** A refusal ends in the log of whoever sent it: a login in an address doesn't. */
const withoutLogin = (text: string): string => text.replaceAll(/:\/\/[^/\s@]*@/g, '://…@')

function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = withoutLogin(
    isNode(value) ? String(value.toString()).trim() : (JSON.stringify(value) ?? typeof value),
  )
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
