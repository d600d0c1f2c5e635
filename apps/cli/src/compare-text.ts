import { sideName, type ComparisonView } from '@fairlead/contracts/comparison'
import { table } from './output'

/** A table cell has one line. */
const cell = (text: string | null): string => {
  if (text === null) return '(not set)'
  const [line = '', ...more] = text.split('\n')
  return more.length === 0 ? line : `${line} … ${more.length} more lines`
}

/** Every field that differs, and what only one side has; nothing of what is equal. */
export function compareText(view: ComparisonView): string {
  const rows = view.objects.flatMap(({ kind, name, outcome, differences, more }) => {
    const object = `${kind}/${name}`
    if (outcome === 'equal') return []
    if (outcome !== 'different') return [[object, `(only ${outcome})`, '', '']]
    return [
      ...differences.map(({ path, left, right }) => [object, path, cell(left), cell(right)]),
      ...(more > 0 ? [[object, `… ${more} more`, '', '']] : []),
    ]
  })
  if (rows.length === 0) return 'No difference that matters.'
  return table(['object', 'field', sideName(view.left), sideName(view.right)], rows)
}
