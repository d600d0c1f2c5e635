import { alwaysOpen, type FreezeAnswer, type FreezeClosed } from '@fairlead/contracts/freeze-gate'
import { closing, closingAll, isOpen, nextClosing, nextOpening, type Rules } from './rules'
import { rulesFor, type Party, type ScopedRule, type Subject } from './scope'

/** Somebody's things, with the exception that holds for them now. */
export interface ExceptedParty extends Party {
  readonly exception: {
    readonly id: string
    readonly requester: string
    readonly confirmer: string
    readonly reason: string
    readonly expiresAt: Date
  } | null
}

const iso = (at: number): string => new Date(at).toISOString()

/** May it be done at `now`, and if not, why not, and when; pure. */
export function answerAt(
  windows: readonly ScopedRule[],
  subject: Omit<Subject, 'parties'> & { readonly parties: readonly ExceptedParty[] },
  now: Date,
): FreezeAnswer {
  const at = now.getTime()
  const rules = rulesFor(windows, subject)
  if (isOpen(rules, at)) return opened(rules, at)
  const left = subject.parties.filter(({ exception }) => exception === null)
  if (left.length === subject.parties.length) return closed(rules, at)
  const rest = rulesFor(windows, { ...subject, parties: left })
  if (!isOpen(rest, at)) return closed(rest, at)
  const held = subject.parties
    .flatMap(({ exception }) => exception ?? [])
    .toSorted((a, b) => a.expiresAt.getTime() - b.expiresAt.getTime())[0]
  if (held === undefined) return closed(rules, at)
  const open = opened(rest, at)
  const ends = held.expiresAt.toISOString()
  return {
    ...open,
    ...(open.until === null || open.until > ends ? { until: ends, closes: 'the end of its exception' } : {}),
    heldOpen: {
      exception: held.id,
      requester: held.requester,
      confirmer: held.confirmer,
      reason: held.reason,
      expiresAt: ends,
      closedBy: closed(rules, at).closedBy,
    },
  }
}

function opened(rules: Rules, at: number) {
  const end = nextClosing(rules, at)
  return end === null ? alwaysOpen : { ...alwaysOpen, until: iso(end.at), closes: end.by.name }
}

function closed(rules: Rules, at: number): FreezeClosed {
  const opening = nextOpening(rules, at)
  return {
    open: false,
    closedBy: closing(rules, at).map(({ name, mode, reason }) => ({ window: name, mode, reason })),
    running: closingAll(rules, at).some(({ running }) => running === 'pause') ? 'pause' : 'finish',
    opensAt: opening === null ? null : iso(opening.at),
    opensBecause: opening === null ? 'No opening is in sight within a year.' : `${opening.because}.`,
  }
}
