import {
  outcomeNames,
  type ComparedObject,
  type ComparedSide,
  type ComparisonView,
  type Outcome,
} from '@fairlead/contracts/compare'
import { sideText } from './sides'

export interface CompareFilter {
  /** null: every kind. */
  readonly kind: string | null
  readonly text: string
  readonly onlyDifferences: boolean
}

const matches = ({ kind, name, differences }: ComparedObject, text: string): boolean =>
  `${kind} ${name} ${differences.map(({ path }) => path).join(' ')}`.toLowerCase().includes(text)

/** The objects to show, by what is true of them, worst first; outcomes without any are left out. */
export function groupsInView(
  objects: readonly ComparedObject[],
  { kind, text, onlyDifferences }: CompareFilter,
): readonly { readonly outcome: Outcome; readonly objects: readonly ComparedObject[] }[] {
  const wanted = text.trim().toLowerCase()
  return outcomeNames
    .filter((outcome) => !onlyDifferences || outcome !== 'equal')
    .map((outcome) => ({
      outcome,
      objects: objects.filter(
        (object) =>
          object.outcome === outcome && (kind === null || object.kind === kind) && matches(object, wanted),
      ),
    }))
    .filter((group) => group.objects.length > 0)
}

export const sideName = ({ cluster, namespace }: ComparedSide): string =>
  sideText({ cluster: cluster.name, namespace })

/** What an outcome is called between these two sides. */
export function outcomeWords(
  view: Pick<ComparisonView, 'left' | 'right'>,
): Readonly<Record<Outcome, string>> {
  return {
    different: 'differ',
    left: `only in ${sideName(view.left)}`,
    right: `only in ${sideName(view.right)}`,
    equal: 'equal',
  }
}

/** `3 differ, 1 only in staging/shop, 12 equal`. */
export function summaryText(view: Pick<ComparisonView, 'left' | 'right' | 'counts'>): string {
  const words = { ...outcomeWords(view), ...(view.counts.different === 1 ? { different: 'differs' } : {}) }
  return outcomeNames
    .filter((outcome) => view.counts[outcome] > 0)
    .map((outcome) => `${view.counts[outcome]} ${words[outcome]}`)
    .join(', ')
}

export const hasDifferences = ({ counts }: Pick<ComparisonView, 'counts'>): boolean =>
  counts.different + counts.left + counts.right > 0
