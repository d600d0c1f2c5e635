import type { EpisodeSegment, EpisodeStage, ObservationGap } from '@fairlead/contracts/reconciliation'

interface Span {
  readonly from: number
  readonly to: number
  readonly stage: EpisodeSegment['stage']
}

interface Drawn {
  readonly openedAt: string
  readonly closedAt: string | null
  readonly stages: readonly EpisodeStage[]
  readonly gaps: readonly ObservationGap[]
}

/** Kubernetes counts whole seconds: a stage may seem to be over before the episode began, or before the one before it. */
const between = (time: number, from: number, to: number): number => Math.min(Math.max(time, from), to)

/** From one known moment to the next; a stretch in which a stage of unknown time lies belongs to none. */
function spansOf({ stages }: Drawn, from: number, to: number): readonly Span[] {
  const spans: Span[] = []
  let at = from
  let isKnown = true
  for (const { stage, state, at: time } of stages) {
    if (state === 'none') continue
    if (state === 'unknown') isKnown = false
    if (state === 'waiting') return [...spans, { from: at, to, stage: isKnown ? stage : null }]
    if (time === null) continue
    const end = between(Date.parse(time), at, to)
    spans.push({ from: at, to: end, stage: isKnown ? stage : null })
    at = end
    isKnown = true
  }
  return [...spans, { from: at, to, stage: isKnown ? 'converged' : null }]
}

/** What nobody watched is unknown, whatever it is between. */
function cut(span: Span, gaps: readonly { readonly from: number; readonly to: number }[]): readonly Span[] {
  if (span.to <= span.from) return []
  const gap = gaps.find(({ from, to }) => from < span.to && to > span.from)
  if (gap === undefined || span.stage === null) return [span]
  const [from, to] = [between(gap.from, span.from, span.to), between(gap.to, span.from, span.to)]
  return [
    ...cut({ ...span, to: from }, gaps),
    { from, to, stage: null },
    ...cut({ ...span, from: to }, gaps),
  ].filter((part) => part.to > part.from)
}

/** The episode in stretches, in order and without holes; `now` ends one that is open. */
export function segmentsOf(drawn: Drawn, now: Date): readonly EpisodeSegment[] {
  const from = Date.parse(drawn.openedAt)
  const to = Math.max(from, drawn.closedAt === null ? now.getTime() : Date.parse(drawn.closedAt))
  const gaps = drawn.gaps.map((gap) => ({ from: Date.parse(gap.from), to: Date.parse(gap.to) }))
  const joined: Span[] = []
  for (const span of spansOf(drawn, from, to).flatMap((one) => cut(one, gaps))) {
    if (span.to <= span.from) continue
    const last = joined.at(-1)
    if (last?.stage === span.stage) joined[joined.length - 1] = { ...last, to: span.to }
    else joined.push(span)
  }
  return joined.map((span) => ({
    stage: span.stage,
    from: new Date(span.from).toISOString(),
    to: new Date(span.to).toISOString(),
  }))
}
