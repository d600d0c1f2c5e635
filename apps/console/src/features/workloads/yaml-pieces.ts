export interface YamlPiece {
  readonly kind: 'key' | 'value' | 'comment' | 'mark'
  readonly text: string
}

const keyed = /^(\s*(?:- )*)("[^"]*"|'[^']*'|[^\s#:'"{[][^:#]*?)(:)(?=\s|$)(.*)$/

/** One line of block YAML in its parts, for colours; text inside block scalars may be taken for keys. */
export function yamlPieces(line: string): YamlPiece[] {
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
