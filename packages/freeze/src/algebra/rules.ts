/**
 * WHEN IT IS OPEN. Windows of mode `deny` close for as long as they last. Where windows of mode `allow` are meant for
 * something, it is closed outside of them: of each group of them at least one must last. Deny wins. Without any window
 * it is open.
 * All questions walk from one edge to the next: between two edges nothing changes, so none is missed and nothing is
 * sampled. A walk ends after a year, or after so many edges that a person would call it closed for good.
 */
import { nextSpan, runEnd, spanAt, type Span, type Times } from './times'

export interface Rule {
  readonly name: string
  readonly mode: 'deny' | 'allow'
  readonly reason: string
  readonly running: 'finish' | 'pause'
  readonly times: Times
}

export interface Rules {
  readonly denies: readonly Rule[]
  /** One group for each party that has any: each must have one that lasts. */
  readonly allows: readonly (readonly Rule[])[]
}

export const horizonMs = 366 * 24 * 60 * 60_000
const maxEdges = 500
const maxClosed = 5_000

const lasting = (rules: readonly Rule[], at: number): readonly Rule[] =>
  rules.filter((rule) => spanAt(rule.times, at) !== null)

/** Of those that last at `at`, the one that does for longest, joined spans and all. */
function endsLast(
  rules: readonly Rule[],
  at: number,
  horizon: number,
): { readonly rule: Rule; readonly at: number } | null {
  const ends = rules.flatMap((rule) => {
    const end = runEnd(rule.times, at, horizon)
    return end === null ? [] : [{ rule, at: end }]
  })
  return ends.reduce<(typeof ends)[number] | null>(
    (best, one) => (best === null || one.at > best.at ? one : best),
    null,
  )
}

/** The rule of the group that begins first after `at`. */
function opener(group: readonly Rule[], at: number): { readonly rule: Rule; readonly at: number } | null {
  const starts = group.flatMap((rule) => {
    const span = nextSpan(rule.times, at)
    return span === null ? [] : [{ rule, at: span.from }]
  })
  return starts.reduce<(typeof starts)[number] | null>(
    (best, one) => (best === null || one.at < best.at ? one : best),
    null,
  )
}

const shutGroups = ({ allows }: Rules, at: number): (readonly Rule[])[] =>
  allows.filter((group) => lasting(group, at).length === 0)

export const isOpen = (rules: Rules, at: number): boolean =>
  lasting(rules.denies, at).length === 0 && shutGroups(rules, at).length === 0

/** What keeps it closed: each deny that lasts, and of each group that allows nothing now the next, or its first. */
export function closing(rules: Rules, at: number): readonly Rule[] {
  const shut = shutGroups(rules, at).flatMap((group) => opener(group, at)?.rule ?? group.slice(0, 1))
  return [...new Set([...lasting(rules.denies, at), ...shut])]
}

/** Those whose end or whose span decides about what was begun before: of a group all that could have let it begin. */
export const closingAll = (rules: Rules, at: number): readonly Rule[] => [
  ...lasting(rules.denies, at),
  ...shutGroups(rules, at).flat(),
]

export interface Edge {
  readonly at: number
  readonly because: string
}

/** The first moment from `at` on at which it is open, and what opens it; null when there is none within the horizon. */
export function nextOpening(rules: Rules, from: number): Edge | null {
  const horizon = from + horizonMs
  let edge: Edge = { at: from, because: 'Nothing closes it' }
  for (let step = 0; step < maxEdges && edge.at <= horizon; step++) {
    const deny = endsLast(rules.denies, edge.at, horizon)
    if (deny !== null) {
      edge = { at: deny.at, because: `${deny.rule.name} ends` }
      continue
    }
    const [shut] = shutGroups(rules, edge.at)
    if (shut === undefined) return edge
    const next = opener(shut, edge.at)
    if (next === null) return null
    edge = { at: next.at, because: `${next.rule.name} begins` }
  }
  return null
}

/** Of what is open at `from`: the first moment at which it is not, and the window that closes it. */
export function nextClosing(rules: Rules, from: number): { readonly at: number; readonly by: Rule } | null {
  const denied = opener(rules.denies, from)
  const ends = rules.allows.flatMap((group) => coverEnd(group, from) ?? [])
  const all = [...(denied === null ? [] : [{ at: denied.at, by: denied.rule }]), ...ends]
  const first = all.reduce<(typeof all)[number] | null>(
    (best, one) => (best === null || one.at < best.at ? one : best),
    null,
  )
  return first === null || first.at - from > horizonMs ? null : first
}

/** Where a group that lasts at `from` first has none that lasts. */
function coverEnd(group: readonly Rule[], from: number): { readonly at: number; readonly by: Rule } | null {
  const horizon = from + horizonMs
  let end: { at: number; by: Rule } | null = null
  for (let step = 0; step < maxEdges && (end?.at ?? from) <= horizon; step++) {
    const last = endsLast(group, end?.at ?? from, horizon)
    if (last === null) return end
    end = { at: last.at, by: last.rule }
  }
  return null
}

/** When it is closed within [from, until), in order. */
export function closedSpans(rules: Rules, { from, until }: Span): Span[] {
  const spans: Span[] = []
  let at = from
  while (at < until && spans.length < maxClosed) {
    const opens = nextOpening(rules, at)
    if (opens === null) return [...spans, { from: at, until }]
    if (opens.at > at) spans.push({ from: at, until: Math.min(opens.at, until) })
    const closes = opens.at < until ? nextClosing(rules, opens.at) : null
    if (closes === null) break
    at = closes.at
  }
  return spans
}
