import type { DriftMode, DriftState } from '@fairlead/contracts/drift-states'
import type { DriftedObject } from '@fairlead/contracts/drift'
import { frozenWords, type FreezeAnswer } from '@fairlead/contracts/freeze-gate'
import { after } from '../rollout/decision'
import { isPersonsTool } from './authors'
import type { Wanted } from './stored'

/** A look costs two questions for each object, so what nobody rang for is looked at rarely. */
const everyMs = 5 * 60_000
/** While it is not as it should be, or can't be told. */
const soonMs = 30_000
/** What was put back so often within that time comes back by itself: two controllers would fight for ever. */
const maxHeals = 3
const healWindowMs = 30 * 60_000

export interface DriftSeen {
  readonly mode: DriftMode
  /** As it was stored. */
  readonly since: Date | null
  readonly wanted: Wanted | null
  readonly heals: readonly Date[]
  readonly objects: readonly DriftedObject[]
  readonly window: FreezeAnswer
}

export interface DriftDecision {
  readonly state: DriftState
  readonly reason: string
  readonly since: Date | null
  readonly checkAt: Date
  /** What is applied again, and whose fields are taken for it; null: nothing now. */
  readonly putBack: {
    readonly objects: readonly DriftedObject[]
    readonly takesFrom: readonly string[]
    readonly by: 'person' | 'itself'
  } | null
}

/** What follows from one comparison: pure, so that every case of it can be tried. */
export function planDrift(seen: DriftSeen, now: Date): DriftDecision {
  const { objects, wanted, mode } = seen
  const differing = objects.filter(({ change }) => change !== 'unreadable')
  const unreadable = objects.filter(({ change }) => change === 'unreadable')
  if (differing.length === 0 && unreadable.length === 0)
    return { state: 'in_sync', reason: '', since: null, checkAt: after(now, everyMs), putBack: null }
  if (differing.length === 0)
    return {
      state: 'unknown',
      reason: unreadable.flatMap(({ notes }) => notes).join(' '),
      since: null,
      checkAt: after(now, everyMs),
      putBack: null,
    }
  const base = { state: 'drifted', since: seen.since ?? now, checkAt: after(now, soonMs) } as const
  if (wanted === null && mode === 'detect') return { ...base, reason: '', putBack: null }
  if (!seen.window.open) return { ...base, reason: frozenWords(seen.window), putBack: null }
  if (wanted !== null)
    return {
      ...base,
      reason: '',
      putBack: {
        objects: differing,
        takesFrom: [...new Set([...wanted.managers, ...toolsOf(differing)])],
        by: 'person',
      },
    }
  const recent = seen.heals.filter((at) => now.getTime() - at.getTime() < healWindowMs)
  if (recent.length >= maxHeals)
    return {
      ...base,
      reason: `It was put back ${recent.length} times within ${healWindowMs / 60_000} minutes and differs again; now a person has to decide.`,
      putBack: null,
    }
  const healable = differing.filter((object) => ownersBesidePeople(object).length === 0)
  const others = [...new Set(differing.flatMap(ownersBesidePeople))]
  return {
    ...base,
    reason: others.length === 0 ? '' : `${others.join(', ')} may write it again: a person has to decide.`,
    putBack: healable.length === 0 ? null : { objects: healable, takesFrom: toolsOf(healable), by: 'itself' },
  }
}

/** Whoever owns a field of it and may be a controller. */
const ownersBesidePeople = ({ authors }: DriftedObject): readonly string[] =>
  authors.flatMap(({ manager, fields }) => (fields.length > 0 && !isPersonsTool(manager) ? [manager] : []))

const toolsOf = (objects: readonly DriftedObject[]): readonly string[] => [
  ...new Set(
    objects.flatMap(({ authors }) =>
      authors.map(({ manager }) => manager).filter((name) => isPersonsTool(name)),
    ),
  ),
]
