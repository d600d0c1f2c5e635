import type { ComparedObject, Difference, Outcome } from '@fairlead/contracts/comparison'
import { recordIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { differencesOf } from './differences'
import { valueTexts } from './value-text'
import { withoutNature, type Comparable } from './without-nature'

/** The objects of one namespace, or the parts of one cluster: by kind and name, there is one of each. */
export interface Side {
  /** null for a cluster. */
  readonly namespace: string | null
  readonly objects: readonly Comparable[]
}

/** Differences listed of one object, and characters of values over all of them: beyond, they are counted. */
const mostDifferences = 200
const mostCharacters = 2_000_000

const keyOf = ({ kind, metadata }: Comparable): string => `${kind}/${metadata.name}`

/** Workloads whose replicas an autoscaler sets: their number is nobody's wish. */
const scaledBy = ({ objects }: Side): ReadonlySet<string> =>
  new Set(
    objects
      .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
      .map((object) => recordIn(recordIn(object['spec'])['scaleTargetRef']))
      .map((target) => `${textIn(target['kind'])}/${textIn(target['name'])}`),
  )

function withoutReplicas(object: Loose): Loose {
  const { replicas: _, ...spec } = recordIn(object['spec'])
  return { ...object, spec }
}

/** Texts cost what they hold; when nothing is left, differences are counted instead of listed. */
function lister(left: Side, right: Side) {
  let characters = mostCharacters
  return (one: Loose, other: Loose): Pick<ComparedObject, 'differences' | 'more'> => {
    const all = differencesOf(one, other)
    const differences: Difference[] = []
    for (const field of all.slice(0, mostDifferences)) {
      const [of, to] = valueTexts(field, { left: left.namespace, right: right.namespace })
      characters -= field.path.length + (of?.length ?? 0) + (to?.length ?? 0)
      if (characters < 0) break
      differences.push({ path: field.path, left: of, right: to })
    }
    return { differences, more: all.length - differences.length }
  }
}

/** Pure: what only one side has, what differs and in which fields, what is the same; by kind and name. */
export function compareSides(left: Side, right: Side): readonly ComparedObject[] {
  const lefts = new Map(left.objects.map((object) => [keyOf(object), object]))
  const rights = new Map(right.objects.map((object) => [keyOf(object), object]))
  const [scaledLeft, scaledRight] = [scaledBy(left), scaledBy(right)]
  const listed = lister(left, right)
  const normalised = (object: Comparable, side: Side): Loose => {
    const plain = withoutNature(object, side.namespace)
    const key = keyOf(object)
    return scaledLeft.has(key) && scaledRight.has(key) ? withoutReplicas(plain) : plain
  }
  const compared = (key: string): ComparedObject[] => {
    const [one, other] = [lefts.get(key), rights.get(key)]
    const present = one ?? other
    if (present === undefined) return []
    const named = { kind: present.kind, name: present.metadata.name }
    if (one === undefined || other === undefined)
      return [{ ...named, outcome: one === undefined ? 'right' : 'left', differences: [], more: 0 }]
    const fields = listed(normalised(one, left), normalised(other, right))
    const outcome = fields.differences.length + fields.more === 0 ? 'equal' : 'different'
    return [{ ...named, outcome, ...fields }]
  }
  return [...new Set([...lefts.keys(), ...rights.keys()])].sort().flatMap(compared)
}

export function countOutcomes(objects: readonly ComparedObject[]): Readonly<Record<Outcome, number>> {
  const count = (wanted: Outcome): number => objects.filter(({ outcome }) => outcome === wanted).length
  return { different: count('different'), left: count('left'), right: count('right'), equal: count('equal') }
}
