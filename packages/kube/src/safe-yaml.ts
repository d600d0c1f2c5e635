import { FairleadError, type ErrorDetail } from '@fairlead/contracts/errors'
import {
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  type Document,
} from 'yaml'
import { assertText, invalid, type Where } from './yaml-text'

export interface YamlRules {
  readonly fileName?: string | undefined
  readonly maxBytes: number
  /** Uses of anchors in one document. */
  readonly maxAliases: number
}

export type YamlPath = readonly (string | number)[]

export interface YamlDocument {
  readonly value: unknown
  /** 1-based, empty documents counted. */
  readonly number: number
  /** 1-based line of the value at `path`, or of its nearest parent. */
  lineOf(path: YamlPath): number
}

const maxNodes = 200_000
const maxDepth = 100

/** Tags that Go's YAML reader for Kubernetes does not resolve either. Octal 0644 and yes/no it does: YAML 1.1. */
const withoutTags = new Set(
  ['timestamp', 'binary', 'omap', 'pairs', 'set'].map((tag) => `tag:yaml.org,2002:${tag}`),
)

/** `spec.template.spec.containers[0].image` */
export const pathText = (path: YamlPath): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    const plain = /^[\w-]+$/.test(part) ? part : JSON.stringify(part)
    return text === '' ? plain : `${text}.${plain}`
  }, '')

function assertNodes(document: Document.Parsed, rules: YamlRules, where: (offset?: number) => Where): void {
  let nodes = 0
  let aliases = 0
  visit(document, (_key, node, path) => {
    nodes += 1
    const at = () => where(isNode(node) ? node.range?.[0] : undefined)
    const depth = path.length > maxDepth ? path.filter(isCollection).length : 0
    if (nodes > maxNodes || depth > maxDepth)
      throw invalid('The document is nested too deeply or has too many values', at(), {
        expected: `at most ${maxDepth} levels and ${maxNodes} values`,
      })
    if (isAlias(node)) {
      aliases += 1
      if (aliases > rules.maxAliases)
        throw invalid('The document uses more aliases than are allowed', at(), {
          found: `*${node.source}`,
          expected: rules.maxAliases === 0 ? 'no anchors and aliases' : `at most ${rules.maxAliases} aliases`,
        })
    }
    if (isMap(node)) assertKeys(node.items, where)
    if (isScalar(node) && typeof node.value === 'number' && !isExact(node.value))
      throw invalid('A number cannot be kept exactly', at(), {
        found: String(node.value),
        remedy: 'Quote it.',
      })
  })
}

const isExact = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))

function assertKeys(pairs: readonly { readonly key: unknown }[], where: (offset?: number) => Where): void {
  const seen = new Set<string>()
  for (const { key } of pairs) {
    const at = () => where(isNode(key) ? key.range?.[0] : undefined)
    // `<<` is a symbol once it is recognised as a merge.
    const value = isScalar(key) ? (typeof key.value === 'symbol' ? '<<' : key.value) : undefined
    if (value === '__proto__')
      throw invalid('"__proto__" is not allowed as a key', at(), { found: '__proto__' })
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      throw invalid('A key is not a plain text', at(), { expected: 'a text as key' })
    if (seen.has(String(value)))
      throw invalid('Not valid YAML: a key is given twice', at(), {
        found: String(value).slice(0, 100),
        expected: 'each key once',
      })
    seen.add(String(value))
  }
}

/** Aliases are shared objects until JSON repeats them: refuse what would grow beyond reason. */
function assertExpanded(value: unknown, where: Where): void {
  let left = maxNodes
  const walk = (node: unknown, depth: number): void => {
    left -= 1
    if (depth > maxDepth * 2)
      throw invalid('The document is nested too deeply, or refers to itself by an alias', where)
    if (left < 0) throw invalid('The document grows too large when its aliases are expanded', where)
    if (typeof node === 'object' && node !== null)
      Object.values(node).forEach((child) => walk(child, depth + 1))
  }
  walk(value, 0)
}

function lineOf(document: Document.Parsed, lines: LineCounter, path: YamlPath): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const part = path.slice(0, length)
    const parent = document.getIn(part.slice(0, -1), true)
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && key.value === part.at(-1))
      : undefined
    const node = isNode(pair?.key)
      ? pair.key
      : part.length === 0
        ? document.contents
        : document.getIn(part, true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function syntaxRemedy(text: string): ErrorDetail {
  return text.includes('{{')
    ? { remedy: 'This looks like a Helm template; render it first (helm template).' }
    : {}
}

/** Every document of a text, read as Kubernetes reads YAML. Throws FairleadError `invalid` or `too_large`, nothing else. */
export function parseYaml(text: string, rules: YamlRules): readonly YamlDocument[] {
  const file: Where = rules.fileName === undefined ? {} : { file: rules.fileName }
  const lines = new LineCounter()
  const where = (offset?: number): Where =>
    offset === undefined ? file : { ...file, line: Math.max(1, lines.linePos(offset).line) }
  assertText(text, { maxBytes: rules.maxBytes, file })
  try {
    const parsed = parseAllDocuments(text.replace(/^\ufeff/, ''), {
      version: '1.1',
      schema: 'yaml-1.1',
      customTags: (tags) =>
        tags.filter((tag) => typeof tag === 'string' || !(withoutTags.has(tag.tag) || tag.format === 'TIME')),
      merge: true,
      // Its own check compares each key with each other: minutes for a mapping of 100,000. Ours is a Set, below.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      lineCounter: lines,
    })
    return [...parsed].map((document, index) => {
      const [problem] = [...document.errors, ...document.warnings]
      if (problem?.message.startsWith('Maximum call stack') === true) throw new RangeError(problem.message)
      if (problem !== undefined)
        throw invalid(
          `Not valid YAML: ${problem.message.split('\n')[0]}`,
          where(problem.pos[0]),
          syntaxRemedy(text),
        )
      assertNodes(document, rules, where)
      const value: unknown = document.toJS({ maxAliasCount: rules.maxAliases === 0 ? 0 : 1_000 })
      assertExpanded(value, where(document.contents?.range?.[0]))
      return { value, number: index + 1, lineOf: (path) => lineOf(document, lines, path) }
    })
  } catch (error) {
    if (error instanceof FairleadError) throw error
    if (error instanceof RangeError) throw invalid('The document is nested too deeply', file)
    // The library's own count of what the aliases of one document would expand to.
    if (error instanceof ReferenceError && error.message.startsWith('Excessive alias'))
      throw invalid('The document grows too large when its aliases are expanded', file)
    throw new FairleadError('invalid', 'Not valid YAML', file, { cause: error })
  }
}
