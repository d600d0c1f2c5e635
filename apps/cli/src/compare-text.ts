import { outcomeNames, outcomes, type ComparedSide, type ComparisonView } from '@fairlead/contracts/compare'
import { table } from './output'

const sideText = ({ cluster, namespace }: ComparedSide): string =>
  namespace === null ? cluster.name : `${cluster.name}/${namespace}`

/** `3 differ, 1 only in staging/shop, 12 equal`; what there is none of is left out. */
export function countsText({ counts, left, right }: ComparisonView): string {
  const words = {
    different: counts.different === 1 ? 'differs' : 'differ',
    left: `only in ${sideText(left)}`,
    right: `only in ${sideText(right)}`,
    equal: 'equal',
  }
  const said = outcomeNames.filter((name) => counts[name] > 0).map((name) => `${counts[name]} ${words[name]}`)
  return said.length === 0 ? 'Nothing to compare on either side' : said.join(', ')
}

export const isEqual = ({ counts }: ComparisonView): boolean =>
  counts.different + counts.left + counts.right === 0

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
    if (outcome !== 'different') return [[object, `(${outcomes[outcome].word})`, '', '']]
    return [
      ...differences.map(({ path, left, right }) => [object, path, cell(left), cell(right)]),
      ...(more > 0 ? [[object, `… ${more} more`, '', '']] : []),
    ]
  })
  if (rows.length === 0) return 'No difference that matters.'
  return table(['object', 'field', sideText(view.left), sideText(view.right)], rows)
}
