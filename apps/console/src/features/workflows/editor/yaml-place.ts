/** Where the cursor stands in a document that may be half written. `*` is an item of a list. */
export type YamlPlace = {
  readonly path: readonly string[]
  readonly kind: 'key' | 'value'
  /** What is written of the word, and where it begins. */
  readonly word: string
  readonly from: number
  /** Keys that stand beside it already. */
  readonly siblings: readonly string[]
}

type Line = {
  readonly indent: number
  readonly dashes: number
  readonly key: string | null
  readonly rest: string
}

const keyPattern = /^("[^"]*"|'[^']*'|[^\s#:{}[\],&*!|>'"%@`-][^#:{}[\],]*?|-?[\w$][\w.$-]*)\s*:(?:\s+(.*)|$)/

/** Reads indentation, dashes and braces only: a parser would give up on what isn't finished yet. */
export function placeAt(text: string, offset: number): YamlPlace {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const above = text.slice(0, start).split('\n').slice(0, -1)
  const head = text.slice(start, offset)
  const flow = flowOf(head)
  const own = lineOf(flow === null ? head : head.slice(0, flow.open))
  const blockPath = [...pathAbove(above, own)]
  if (flow !== null) {
    const path = own.key === null ? blockPath : [...blockPath, own.key]
    return flowPlace(head.slice(flow.open), { path, offset })
  }
  if (own.key !== null) {
    const word = own.rest
    return { path: [...blockPath, own.key], kind: 'value', word, from: offset - word.length, siblings: [] }
  }
  const word = own.rest
  const list = own.dashes > 0 && blockPath.at(-1) === '*'
  const siblings = siblingsOf(text, start, own.indent)
  return {
    path: blockPath,
    kind: list && isScalarItem(word) ? 'value' : 'key',
    word,
    from: offset - word.length,
    siblings,
  }
}

const isScalarItem = (word: string): boolean => /^["']/.test(word)

function lineOf(line: string): Line {
  let rest = line
  let indent = 0
  let dashes = 0
  for (let match = /^(\s*)(-\s+|-$)?/.exec(rest); match; match = /^(\s*)(-\s+|-$)?/.exec(rest)) {
    indent += match[1]?.length ?? 0
    rest = rest.slice(match[0].length)
    if (match[2] === undefined) break
    indent += match[2] === '-' ? 2 : match[2].length
    dashes += 1
  }
  const match = keyPattern.exec(rest)
  return match
    ? { indent, dashes, key: unquoted(match[1] ?? ''), rest: match[2] ?? '' }
    : { indent, dashes, key: null, rest }
}

const unquoted = (key: string): string => key.replace(/^["']|["']$/g, '')

/** The keys that the line hangs under, from the outermost on. */
function pathAbove(above: readonly string[], own: Line): string[] {
  const path: string[] = []
  let within = own.indent
  for (let step = 0; step < own.dashes; step += 1) path.unshift('*')
  if (own.dashes > 0) within = own.indent - 2 * own.dashes
  let inItem = own.dashes > 0
  for (let index = above.length - 1; index >= 0 && within >= 0; index -= 1) {
    const said = above[index] ?? ''
    if (/^\s*(#|$)/.test(said)) continue
    const line = lineOf(said)
    const dashAt = line.indent - 2 * line.dashes
    const opens =
      line.key !== null && (line.rest === '' || line.rest.startsWith('#') || line.rest.startsWith('&'))
    if (line.dashes > 0 && !inItem && line.indent === within) {
      // A key of the same list item: its dash says that the keys below belong to an item.
      path.unshift('*')
      within = dashAt
      inItem = true
      continue
    }
    const hangs = inItem ? line.indent <= within : line.indent < within
    if (!hangs || !opens || line.key === null) continue
    path.unshift(line.key)
    within = line.indent
    inItem = false
    if (line.dashes > 0) {
      path.unshift('*')
      within = dashAt
      inItem = true
    }
  }
  return path
}

/** Where on this line an unclosed brace or bracket begins; null in block style. Expressions hold braces of their own. */
function flowOf(head: string): { open: number } | null {
  const blank = head.replace(/\$\{\{.*?(\}\}|$)/g, (found) => ' '.repeat(found.length))
  const stack: number[] = []
  let quote = ''
  for (let at = 0; at < blank.length; at += 1) {
    const char = blank[at] ?? ''
    if (quote !== '') {
      if (char === quote) quote = ''
    } else if (char === '"' || char === "'") quote = char
    else if (char === '{' || char === '[') stack.push(at)
    else if (char === '}' || char === ']') stack.pop()
  }
  return stack[0] === undefined ? null : { open: stack[0] }
}

function flowPlace(flow: string, at: { path: readonly string[]; offset: number }): YamlPlace {
  const path = [...at.path]
  const frames: { map: boolean; keys: string[] }[] = []
  let token = ''
  let key: string | null = null
  const close = () => {
    const frame = frames.pop()
    if (frame && !frame.map) path.pop()
    if (frames.at(-1)?.map) path.pop()
    token = ''
    key = null
  }
  for (const char of flow) {
    if (char === '{' || char === '[') {
      if (key !== null) path.push(key)
      frames.push({ map: char === '{', keys: [] })
      if (char === '[') path.push('*')
      token = ''
      key = null
    } else if (char === '}' || char === ']') close()
    else if (char === ':' && frames.at(-1)?.map && key === null) {
      key = unquoted(token.trim())
      frames.at(-1)?.keys.push(key)
      token = ''
    } else if (char === ',') {
      token = ''
      key = null
    } else token += char
  }
  const word = token.trimStart()
  const frame = frames.at(-1)
  const asksKey = frame?.map === true && key === null
  return {
    path: key === null ? path : [...path, key],
    kind: asksKey ? 'key' : 'value',
    word,
    from: at.offset - word.length,
    siblings: frame?.keys ?? [],
  }
}

/** Keys of the same map, above and below. */
function siblingsOf(text: string, start: number, indent: number): string[] {
  const lines = text.split('\n')
  const own = text.slice(0, start).split('\n').length - 1
  const found: string[] = []
  const walk = (from: number, by: 1 | -1) => {
    for (let index = from; index >= 0 && index < lines.length; index += by) {
      const said = lines[index] ?? ''
      if (/^\s*(#|$)/.test(said)) continue
      const line = lineOf(said)
      if (line.indent < indent) return
      if (line.indent > indent) continue
      if (by === 1 && line.dashes > 0) return
      if (line.key !== null) found.push(line.key)
      if (by === -1 && line.dashes > 0) return
    }
  }
  const ownLine = lineOf(lines[own] ?? '')
  if (ownLine.dashes === 0) walk(own - 1, -1)
  walk(own + 1, 1)
  return found
}
