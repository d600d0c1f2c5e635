import { comparedKinds } from '@fairlead/contracts/comparison'
import type { Comparable } from '@fairlead/insight/compare/without-nature'
import type { KindRead, NamespaceRead } from './read-namespace'

export interface Bounded {
  readonly left: readonly Comparable[]
  readonly right: readonly Comparable[]
  /** Kinds that are compared on neither side, and why. */
  readonly leftOut: readonly string[]
}

const unread: KindRead = { state: 'read', objects: [] }

/**
 * Pure. A kind counts as a whole on both sides or on neither: with a part of it, what lies beyond the part on one side
 * would seem to be missing.
 */
export function withinBounds(left: NamespaceRead, right: NamespaceRead, most: number): Bounded {
  const taken = { left: [] as Comparable[], right: [] as Comparable[] }
  const leftOut: string[] = []
  for (const kind of comparedKinds) {
    const [one, other] = [left.get(kind) ?? unread, right.get(kind) ?? unread]
    if (one.state === 'denied' || other.state === 'denied') {
      leftOut.push(...new Set([one, other].flatMap((side) => (side.state === 'denied' ? [side.words] : []))))
      continue
    }
    const counts = [one.objects.length, other.objects.length]
    const fits =
      taken.left.length + one.objects.length <= most && taken.right.length + other.objects.length <= most
    if (!fits) {
      const words = counts.map((count) => (count > most ? `more than ${most}` : String(count))).join(' and ')
      leftOut.push(`${kind}: ${words} of them; at most ${most} objects of a side are compared`)
      continue
    }
    taken.left.push(...one.objects)
    taken.right.push(...other.objects)
  }
  return { ...taken, leftOut }
}
