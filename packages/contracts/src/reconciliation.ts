import type { EpisodeTimes } from './convergence'
/** What a workload goes through from being changed to serving, in this order. */
export const episodeStageNames = ['accepted', 'scheduled', 'pulled', 'started', 'ready', 'endpoint'] as const
export type EpisodeStageName = (typeof episodeStageNames)[number]

/** `none`: this episode had no such thing to do. `unknown`: it may have happened; nobody can say when. */
export type EpisodeStageState = 'reached' | 'waiting' | 'unknown' | 'none'

export interface EpisodeStage {
  readonly stage: EpisodeStageName
  readonly state: EpisodeStageState
  /** When the last of what had to get there did; only where it was reached. */
  readonly at: string | null
  readonly reason: string
}

/** Nobody looked at the cluster. */
export interface ObservationGap {
  readonly from: string
  readonly to: string
}

/** A stretch of an episode, in order and without holes: what was being waited for, or null where that is not known. */
export interface EpisodeSegment {
  readonly from: string
  readonly to: string
  readonly stage: EpisodeStageName | 'converged' | null
}

export interface EpisodeTimeline {
  readonly openedAt: string
  readonly closedAt: string | null
  readonly reason: string
  readonly gaps: readonly ObservationGap[]
  /** Milliseconds; null while it is open, and where nobody looked for a part of it. */
  readonly durationMs: number | null
  readonly stages: readonly EpisodeStage[]
  readonly segments: readonly EpisodeSegment[]
}

export interface WorkloadTimeline {
  /** Newest first. */
  readonly episodes: readonly EpisodeTimeline[]
  readonly times: EpisodeTimes
}
