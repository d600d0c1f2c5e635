/**
 * Documents that people write, in YAML: document-text.ts reads one and remembers where each value stands,
 * zod-problems.ts puts a schema's issues into our words, located.ts joins the two, and document-error.ts makes one error
 * of them that names file, line, path, what was found and what was expected. Pure: a text in, problems out.
 */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from 'yaml'
import { maxWorkflowBytes, type DocumentProblem } from '@fairlead/contracts/workflow-document'

export type DocumentPath = readonly (string | number)[]

/** A text whose values are known by their place. */
export interface DocumentText {
  readonly value: unknown
  /** Where the value at `path` stands, or its nearest parent; of a key that holds a value, the key. */
  positionOf(path: DocumentPath): { readonly line: number; readonly column: number }
  /** Where `part` stands inside the text at `path`, as far as that can be told. */
  positionIn(
    path: DocumentPath,
    part: string,
    offset: number,
  ): { readonly line: number; readonly column: number }
}

export type ReadText =
  | { readonly ok: true; readonly text: DocumentText }
  | { readonly ok: false; readonly problems: readonly DocumentProblem[] }

const maxNodes = 300_000
const maxDepth = 64
const maxOpenBrackets = 500
const maxReported = 50

/** `spec.tasks[3].run.image` */
export const pathText = (path: DocumentPath): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const plain = /^[\w-]+$/.test(part) ? part : JSON.stringify(part)
    return text === '' ? plain : `${text}.${plain}`
  }, '')

type At = Pick<DocumentProblem, 'line' | 'column'>
type Rest = Partial<Pick<DocumentProblem, 'path' | 'found' | 'expected'>>

const problem = (message: string, at: At, rest: Rest = {}): DocumentProblem => ({
  message,
  path: '',
  found: null,
  expected: null,
  ...at,
  ...rest,
})

const nowhere: At = { line: null, column: null }

const positionAt = (lines: LineCounter, offset: number): { line: number; column: number } => {
  const { line, col } = lines.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

const textPosition = (text: string, offset: number): At => {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

/** What would cost the parser seconds, or was written by no person, is refused before it starts. */
function refuseText(text: string): DocumentProblem | null {
  const bytes = Buffer.byteLength(text)
  if (bytes > maxWorkflowBytes)
    return problem('The document is too large', nowhere, {
      found: `${bytes} bytes`,
      expected: `at most ${maxWorkflowBytes} bytes`,
    })
  // oxlint-disable-next-line no-control-regex
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/.exec(text)
  if (control !== null)
    return problem('The document has a control character in it', textPosition(text, control.index), {
      found: `U+${(control[0].codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase()}`,
    })
  const lists = /([-?:] ){100}/.exec(text)
  if (lists !== null) return problem('The document is nested too deeply', textPosition(text, lists.index))
  let open = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 0x5b || code === 0x7b) open += 1
    else if ((code === 0x5d || code === 0x7d) && open > 0) open -= 1
    if (open > maxOpenBrackets)
      return problem('The document is nested too deeply: too many open brackets', textPosition(text, index))
  }
  return null
}

const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0)

function keyProblems(keys: readonly unknown[], at: (node: unknown) => At): DocumentProblem[] {
  const seen = new Set<string>()
  return keys.flatMap((key) => {
    const value: unknown = isScalar(key) ? key.value : undefined
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      return [problem('A key is not a plain text', at(key), { expected: 'a text as key' })]
    const name = String(value)
    if (name === '__proto__') return [problem('"__proto__" can’t be a key', at(key), { found: name })]
    if (seen.has(name))
      return [
        problem(`The key "${name.slice(0, 100)}" is given twice`, at(key), { expected: 'each key once' }),
      ]
    seen.add(name)
    return []
  })
}

/** What the YAML library would accept, but a document must not have. */
function nodeProblems(document: Document.Parsed, lines: LineCounter): DocumentProblem[] {
  const problems: DocumentProblem[] = []
  const at = (node: unknown): At => positionAt(lines, offsetOf(node))
  let nodes = 0
  visit(document, (_key, node, parents) => {
    nodes += 1
    if (nodes > maxNodes || parents.length > maxDepth * 2) {
      problems.push(
        problem('The document is nested too deeply or has too many values', at(node), {
          expected: `at most ${maxDepth} levels and ${maxNodes} values`,
        }),
      )
      return visit.BREAK
    }
    if (isAlias(node) || (isNode(node) && 'anchor' in node && node.anchor !== undefined))
      problems.push(
        problem('Anchors and aliases are not allowed', at(node), {
          found: isAlias(node) ? `*${node.source}` : `&${String(node.anchor)}`,
          expected: 'each value written out',
        }),
      )
    if (isMap(node))
      problems.push(
        ...keyProblems(
          node.items.map(({ key }) => key),
          at,
        ),
      )
    if (isScalar(node) && typeof node.value === 'number' && !isExact(node.value))
      problems.push(
        problem('A number can’t be kept exactly', at(node), { found: String(node.source ?? node.value) }),
      )
    return problems.length > maxReported ? visit.BREAK : undefined
  })
  return problems
}

const isExact = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))

/** One step down; null when there is nothing. */
function step(node: unknown, part: string | number): { key: Node | null; value: unknown } | null {
  if (isSeq(node)) {
    const value = typeof part === 'number' ? node.items[part] : undefined
    return value === undefined ? null : { key: null, value }
  }
  if (!isMap(node)) return null
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(part))
  return pair === undefined ? null : { key: isNode(pair.key) ? pair.key : null, value: pair.value }
}

function placeOf(document: Document.Parsed, path: DocumentPath): { start: number; value: unknown } {
  let value: unknown = document.contents
  let start = offsetOf(value)
  for (const part of path) {
    const next = step(value, part)
    if (next === null) break
    value = next.value
    start = offsetOf(next.key ?? next.value)
  }
  return { start, value }
}

export function readDocumentText(source: string): ReadText {
  const text = source.replace(/^\ufeff/, '')
  const refused = refuseText(text)
  if (refused !== null) return { ok: false, problems: [refused] }
  const lines = new LineCounter()
  try {
    const document = parseDocument(text, {
      version: '1.2',
      // Its own check compares each key with each other; ours is a set.
      uniqueKeys: false,
      prettyErrors: false,
      // Not silent: then it would drop a second document without a word.
      logLevel: 'error',
      lineCounter: lines,
    })
    const syntax = [...document.errors, ...document.warnings].map((error) =>
      problem(`Not valid YAML: ${error.message.split('\n')[0] ?? ''}`, positionAt(lines, error.pos[0])),
    )
    const problems = syntax.length > 0 ? syntax : nodeProblems(document, lines)
    if (problems.length > 0) return { ok: false, problems: problems.slice(0, maxReported) }
    return { ok: true, text: located(text, document, lines) }
  } catch (error) {
    // The library is recursive; nothing else is thrown by what passed refuseText, and nothing may escape.
    const reason = error instanceof RangeError ? 'it is nested too deeply' : 'it can’t be read'
    return { ok: false, problems: [problem(`Not valid YAML: ${reason}`, nowhere)] }
  }
}

function located(text: string, document: Document.Parsed, lines: LineCounter): DocumentText {
  return {
    value: document.toJS({ maxAliasCount: 0 }) as unknown,
    positionOf: (path) => positionAt(lines, placeOf(document, path).start),
    positionIn: (path, part, offset) => {
      const { start, value } = placeOf(document, path)
      const [from, to] = isNode(value)
        ? [value.range?.[0] ?? start, value.range?.[1] ?? start]
        : [start, start]
      const at = text.slice(from, to).indexOf(part)
      return positionAt(lines, at < 0 ? from : from + at + offset)
    },
  }
}
