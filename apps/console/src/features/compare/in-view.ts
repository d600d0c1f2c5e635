import { outcomeNames, type ComparedObject, type Outcome } from '@fairlead/contracts/comparison'

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
