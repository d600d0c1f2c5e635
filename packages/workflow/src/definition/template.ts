/** A text with `${{ … }}` in it, taken apart. Offsets count from the start of the text. */
export type TemplatePiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly source: string; readonly offset: number }

export type ParsedTemplate =
  | { readonly ok: true; readonly pieces: readonly TemplatePiece[] }
  | { readonly ok: false; readonly reason: string; readonly offset: number }

const opening = '${{'

/** After the string literal that starts at `start`, or -1 when it doesn't end. */
function afterString(text: string, start: number): number {
  const quote = text[start] ?? ''
  const triple = text.startsWith(quote.repeat(3), start)
  const end = triple ? quote.repeat(3) : quote
  const raw = /(^|[^\w])[bB]?[rR][bB]?$/.test(text.slice(Math.max(0, start - 3), start))
  for (let at = start + end.length; at < text.length; at += 1) {
    if (text[at] === '\\' && !raw) at += 1
    else if (text.startsWith(end, at)) return at + end.length
  }
  return -1
}

/** Where the `}}` of the expression that starts at `start` stands: not inside a string or a map literal. */
function closingOf(text: string, start: number): number {
  let braces = 0
  let at = start
  while (at < text.length) {
    const char = text[at]
    if (char === '"' || char === "'") {
      at = afterString(text, at)
      if (at < 0) return -1
      continue
    }
    if (char === '{') braces += 1
    if (char === '}') {
      if (braces === 0) return text[at + 1] === '}' ? at : -1
      braces -= 1
    }
    at += 1
  }
  return -1
}

export function parseTemplate(text: string): ParsedTemplate {
  const pieces: TemplatePiece[] = []
  let at = 0
  for (let start = text.indexOf(opening); start >= 0; start = text.indexOf(opening, at)) {
    if (start > at) pieces.push({ kind: 'text', text: text.slice(at, start) })
    const from = start + opening.length
    const to = closingOf(text, from)
    if (to < 0) return { ok: false, reason: 'the expression isn’t closed by "}}"', offset: start }
    const source = text.slice(from, to)
    const lead = source.length - source.trimStart().length
    if (source.trim() === '') return { ok: false, reason: 'the expression is empty', offset: start }
    pieces.push({ kind: 'expression', source: source.trim(), offset: from + lead })
    at = to + 2
  }
  if (at < text.length) pieces.push({ kind: 'text', text: text.slice(at) })
  return { ok: true, pieces }
}
