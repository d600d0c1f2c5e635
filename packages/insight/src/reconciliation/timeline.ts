import type { EpisodeTimes } from '@fairlead/contracts/convergence'
import type { EpisodeTimeline, ObservationGap, WorkloadTimeline } from '@fairlead/contracts/reconciliation'
import type { EpisodeEvidence } from './episode-evidence'
import { stagesOf } from './episode-stages'
import { segmentsOf } from './segments'

/** As it is stored. */
export interface StoredEpisode {
  readonly openedAt: string
  readonly closedAt: string | null
  readonly reason: string
  readonly gaps: readonly ObservationGap[]
}

function timelineOf(
  stored: StoredEpisode & { readonly isNewest: boolean },
  evidence: EpisodeEvidence,
  now: Date,
): EpisodeTimeline {
  const { openedAt, closedAt, reason, gaps } = stored
  const stages = stagesOf(stored, evidence)
  const isWatched = closedAt !== null && gaps.length === 0
  return {
    openedAt,
    closedAt,
    reason,
    gaps,
    durationMs: isWatched ? Date.parse(closedAt) - Date.parse(openedAt) : null,
    stages,
    segments: segmentsOf({ openedAt, closedAt, stages, gaps }, now),
  }
}

/** As PostgreSQL's percentile_cont does it, which tells the times of the fleet. */
function percentile(sorted: readonly number[], part: number): number | null {
  const place = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below === undefined || above === undefined ? null : below + (above - below) * (place % 1)
}

export function timesOf(episodes: readonly Pick<EpisodeTimeline, 'closedAt' | 'durationMs'>[]): EpisodeTimes {
  const ended = episodes.filter(({ closedAt }) => closedAt !== null)
  const sorted = ended.flatMap(({ durationMs }) => durationMs ?? []).sort((left, right) => left - right)
  return {
    episodes: sorted.length,
    p50Ms: percentile(sorted, 0.5),
    p90Ms: percentile(sorted, 0.9),
    p99Ms: percentile(sorted, 0.99),
    slowestMs: sorted.at(-1) ?? null,
    unobserved: ended.length - sorted.length,
  }
}

/** `episodes`: newest first. */
export function workloadTimeline(
  episodes: readonly StoredEpisode[],
  evidence: EpisodeEvidence,
  now: Date,
): WorkloadTimeline {
  const told = episodes.map((episode, index) =>
    timelineOf({ ...episode, isNewest: index === 0 }, evidence, now),
  )
  return { episodes: told, times: timesOf(told) }
}
