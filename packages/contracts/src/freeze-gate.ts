import type { FrozenAction } from './freeze-actions'

/**
 * What whoever is about to change a cluster asks first. The room `freeze` answers; workload and hands ask through this
 * port, which apps wire, at the moment of acting.
 */
export interface FreezeGate {
  ask(question: FreezeQuestion, now: Date): Promise<FreezeAnswer>
}

export interface FreezeQuestion {
  readonly action: FrozenAction
  readonly clusterId: string
  /** null: the cluster as a whole, which carries everybody's pods. */
  readonly namespace: string | null
  /**
   * Whose objects: an application that is known; the label of an object, which names one of a project that may use the
   * place; or null for whatever lies there.
   */
  readonly application:
    { readonly projectId: string; readonly name: string } | { readonly label: string } | null
  readonly rollout?: string
}

/** One window that keeps it closed. */
export interface ClosedBy {
  readonly window: string
  /** `deny`: it lasts now. `allow`: none of those that allow it lasts now; this is the next. */
  readonly mode: 'deny' | 'allow'
  readonly reason: string
}

/** Two people's word that a window does not hold for something until then. */
export interface HeldOpen {
  readonly exception: string
  readonly requester: string
  readonly confirmer: string
  readonly reason: string
  readonly expiresAt: string
  /** What would hold it otherwise. */
  readonly closedBy: readonly ClosedBy[]
}

export interface FreezeOpen {
  readonly open: true
  /** Until when, and which window closes it then; null when none does within a year. */
  readonly until: string | null
  readonly closes: string | null
  readonly heldOpen: HeldOpen | null
}

export interface FreezeClosed {
  readonly open: false
  readonly closedBy: readonly ClosedBy[]
  /** What becomes of what was begun before: `pause` when any of the windows says so. */
  readonly running: 'finish' | 'pause'
  /** null: not within a year. */
  readonly opensAt: string | null
  readonly opensBecause: string
}

export type FreezeAnswer = FreezeOpen | FreezeClosed

export const alwaysOpen: FreezeOpen = { open: true, until: null, closes: null, heldOpen: null }

/** `weekend (Nobody is on call)`. */
export const closedByWords = (closedBy: readonly ClosedBy[]): string =>
  closedBy
    .map(({ window, mode, reason }) =>
      mode === 'deny' ? `${window} (${reason})` : `outside of ${window} (${reason})`,
    )
    .join(', ')

/** `2026-11-30 08:00 UTC`. */
const utcText = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`

export const opensWords = ({ opensAt, opensBecause }: FreezeClosed): string =>
  opensAt === null ? opensBecause : `Opens ${utcText(opensAt)}: ${opensBecause}`

/** Why it may not be done now, and when it may. */
export const frozenWords = (closed: FreezeClosed): string =>
  `Frozen: ${closedByWords(closed.closedBy)}. ${opensWords(closed)}`

/** Of several places that are changed together: closed where any is, and no longer open than the first that closes. */
export function together(answers: readonly FreezeAnswer[]): FreezeAnswer {
  const closed = answers.filter((answer) => !answer.open)
  const [first] = closed.toSorted((a, b) => byTime(b.opensAt, a.opensAt))
  if (first !== undefined)
    return { ...first, running: closed.some(({ running }) => running === 'pause') ? 'pause' : 'finish' }
  const open = answers.filter((answer) => answer.open).toSorted((a, b) => byTime(a.until, b.until))
  const heldOpen = open.find((answer) => answer.heldOpen !== null)?.heldOpen ?? null
  return { ...(open[0] ?? alwaysOpen), heldOpen }
}

/** null is later than any time. */
const byTime = (left: string | null, right: string | null): number =>
  (left === null ? Number.POSITIVE_INFINITY : Date.parse(left)) -
    (right === null ? Number.POSITIVE_INFINITY : Date.parse(right)) || 0
