import { yamlPieces } from './yaml-pieces'

const looks = {
  key: 'text-accent-text',
  comment: 'text-faint',
  mark: 'text-faint',
  value: 'text-fg',
  hidden: 'text-fail',
} as const

export function YamlLine({ line }: { line: string }) {
  return yamlPieces(line).map((piece, at) => (
    <span key={at} className={looks[piece.kind]}>
      {piece.text}
    </span>
  ))
}
