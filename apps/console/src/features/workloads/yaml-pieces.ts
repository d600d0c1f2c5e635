export interface YamlPiece {
  readonly kind: 'key' | 'value' | 'comment' | 'mark' | 'hidden'
  readonly text: string
}

const keyed = /^(\s*(?:- )*)("[^"]*"|'[^']*'|[^\s#:'"{[][^:#]*?)(:)(?=\s|$)(.*)$/

/** Marks that nobody sees and that turn the direction of what follows: a line could read as what it does not say. */
const turning = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069])/

/** One line of block YAML in its parts, for colours; text inside block scalars may be taken for keys. */
export const yamlPieces = (line: string): YamlPiece[] => partsOf(line).flatMap(unhidden)

const unhidden = ({ kind, text }: YamlPiece): YamlPiece[] =>
  turning.test(text)
    ? text
        .split(turning)
        .filter((part) => part !== '')
        .map((part) => (turning.test(part) ? { kind: 'hidden', text: nameOf(part) } : { kind, text: part }))
    : [{ kind, text }]

const nameOf = (mark: string): string =>
  `\u2039U+${(mark.codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase()}\u203a`

function partsOf(line: string): YamlPiece[] {
  if (/^\s*#/.test(line)) return [{ kind: 'comment', text: line }]
  const match = keyed.exec(line)
  if (match === null) return [{ kind: 'value', text: line }]
  const [, indent = '', key = '', colon = '', rest = ''] = match
  return [
    { kind: 'mark', text: indent },
    { kind: 'key', text: key },
    { kind: 'mark', text: colon },
    { kind: 'value', text: rest },
  ]
}
