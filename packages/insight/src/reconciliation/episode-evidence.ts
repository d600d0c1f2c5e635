import type { ObservationGap } from '@fairlead/contracts/reconciliation'

/** Times are ISO. */
export interface SeenEpisode {
  readonly openedAt: string
  readonly closedAt: string | null
  readonly gaps: readonly ObservationGap[]
  /** No later one is known: its pods may still be there. */
  readonly isNewest: boolean
}

/** A pod that is still there, with the conditions that it reports. */
export interface SeenPod {
  readonly name: string
  readonly createdAt: string
  /** Since when each condition is true; those that aren't are left out. */
  readonly trueSince: Readonly<Record<string, string>>
  /** Since when an EndpointSlice offers it, as far as it was seen; null where none does. */
  readonly offeredSince: string | null
}

/** What an event said, once. */
export interface SeenEvent {
  readonly reason: string
  readonly kind: string
  readonly name: string
  readonly at: string
}

export interface EpisodeEvidence {
  readonly pods: readonly SeenPod[]
  /** Of the workload, its ReplicaSets and its pods, those of pods that are gone included. */
  readonly events: readonly SeenEvent[]
  /** Whether any Service selects its pods; null: that is not known. */
  readonly hasService: boolean | null
}

/** Kubernetes counts whole seconds: what happened in the second of an opening belongs to it. */
const secondMs = 1_000

/** Whether a moment lies in the episode. */
export function isWithin(episode: Pick<SeenEpisode, 'openedAt' | 'closedAt'>, at: string): boolean {
  const time = Date.parse(at)
  if (!(time >= Date.parse(episode.openedAt) - secondMs)) return false
  return episode.closedAt === null || time <= Date.parse(episode.closedAt) + secondMs
}

export const eventsWithin = (
  episode: SeenEpisode,
  { events }: EpisodeEvidence,
  wanted: { readonly kind?: string; readonly reasons: readonly string[] },
): readonly SeenEvent[] =>
  events.filter(
    ({ kind, reason, at }) =>
      (wanted.kind === undefined || kind === wanted.kind) &&
      wanted.reasons.includes(reason) &&
      isWithin(episode, at),
  )

/** Pods that were made in the episode: those that are there, and those that only events still name. */
export function podsMadeIn(episode: SeenEpisode, evidence: EpisodeEvidence): readonly string[] {
  const live = evidence.pods.filter(({ createdAt }) => isWithin(episode, createdAt)).map(({ name }) => name)
  const told = eventsWithin(episode, evidence, { kind: 'Pod', reasons: ['Scheduled', 'Started'] })
  const older = new Set(
    evidence.pods.filter(({ createdAt }) => !isWithin(episode, createdAt)).map(({ name }) => name),
  )
  return [...new Set([...live, ...told.map(({ name }) => name)])].filter((name) => !older.has(name))
}
