import { z } from 'zod'
import type { ClusterIdentity } from './cluster'

export const convergenceSchema = z.object({
  days: z.number().int().min(1).max(90).default(7),
  by: z.enum(['application', 'cluster']).default('application'),
})

/** Times from departing from what is wanted to having it, in milliseconds. */
export interface EpisodeTimes {
  /** Ended spans that were watched from end to end: what the percentiles are of. */
  readonly episodes: number
  readonly p50Ms: number | null
  readonly p90Ms: number | null
  readonly p99Ms: number | null
  readonly slowestMs: number | null
  /** Ended while nobody looked for a part of it: their length is not known, and they are in no percentile. */
  readonly unobserved: number
}

export interface ConvergenceRow extends EpisodeTimes {
  /** Application, or the workload itself where Fairlead did not apply it; null where rows are clusters. */
  readonly application: string | null
  readonly cluster: ClusterIdentity
  /** Going on now. */
  readonly open: number
}

export interface ConvergenceView {
  readonly rows: readonly ConvergenceRow[]
  readonly days: number
}

/** A workload that departed from what is wanted of it, and why. */
export interface FleetChange {
  readonly cluster: ClusterIdentity
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  readonly application: string | null
  readonly reason: string
  readonly openedAt: string
  readonly closedAt: string | null
}
export interface FleetChangesView {
  readonly changes: readonly FleetChange[]
  readonly total: number
}
