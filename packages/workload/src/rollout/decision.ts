import type { RolloutState, StageState, TargetState } from '@fairlead/contracts/rollout-states'
import type { StagePlan } from '@fairlead/contracts/rollout'
import type { Steps } from '../trial/steps'
import type { ObjectIdentity } from '../manifest/object-key'
import type { GateTime } from './gates'
import type { StuckPod } from './observation'
import type { Marks } from './progress'

/** What act does in a cluster. Each may be done twice with the effect of once. */
export type Action =
  | {
      readonly kind: 'apply'
      readonly targetId: string
      readonly releaseId: string
      /** Its Services stay with the side that was tried, until everything else has arrived. */
      readonly away?: boolean
    }
  /** The release in pods of its own, so many by Deployment. */
  | {
      readonly kind: 'trial'
      readonly targetId: string
      readonly releaseId: string
      /** Of the traffic, now. */
      readonly weight: number
      readonly pods: Readonly<Record<string, number>>
    }
  | { readonly kind: 'prune'; readonly targetId: string; readonly objects: readonly ObjectIdentity[] }
  | { readonly kind: 'hold' | 'release'; readonly targetId: string; readonly workloads: readonly string[] }
  | {
      readonly kind: 'unstick'
      readonly targetId: string
      readonly pods: readonly StuckPod[]
    }

/** What puts a target right and leaves nothing there by which it could be told afterwards. */
export type Upkeep = Extract<Action, { kind: 'prune' | 'hold' | 'release' | 'unstick' }>

/** A workflow of a stage whose turn has come. */
export interface GateStart {
  readonly stageId: string
  readonly when: GateTime
  readonly position: number
}

export interface StageWrite {
  readonly id: string
  readonly from: StageState
  readonly state?: StageState
  readonly reason?: string
  readonly plan?: StagePlan
  readonly planRequestedAt?: Date
  readonly baseReleaseId?: string | null
  readonly startedAt?: Date
  readonly finishedAt?: Date
  readonly progressAt?: Date | null
  readonly totalAt?: Date | null
  readonly heldAt?: Date | null
  readonly steps?: Steps
  readonly evidence?: readonly string[]
}

export interface TargetWrite {
  readonly id: string
  readonly from: TargetState
  readonly state?: TargetState
  readonly message?: string
  readonly marks?: Marks
  readonly earlySince?: Readonly<Record<string, string>>
  readonly convergedAt?: Date
  readonly startedAt?: Date
  readonly progressAt?: Date | null
  readonly unreachableAt?: Date | null
  readonly askAt?: Date | null
}

/** For the timeline; `audit` puts it into the audit log as well. */
export interface TimelineEntry {
  readonly stage: string | null
  readonly cluster: string | null
  readonly kind: string
  readonly message: string
  readonly audit?: boolean
}

export interface Writes {
  readonly rollout?: { readonly state?: RolloutState; readonly paused?: false }
  readonly stages: readonly StageWrite[]
  readonly targets: readonly TargetWrite[]
  readonly standing?: {
    readonly stage: string
    readonly verified?: { readonly releaseId: string; readonly convergeMs: number | null }
    readonly hold?: { readonly reason: string; readonly expiresAt: Date }
  }
  readonly entries: readonly TimelineEntry[]
}

export interface Decision {
  readonly actions: readonly Action[]
  readonly starts: readonly GateStart[]
  readonly writes: Writes
  /** again: look at once; settled: nothing more to do; a date: look then. */
  readonly next: 'again' | 'settled' | Date
  readonly reason: string
}

export const nothingWritten: Writes = { stages: [], targets: [], entries: [] }

export const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)
export const earliest = (...dates: readonly (Date | null)[]): Date =>
  new Date(Math.min(...dates.map((date) => date?.getTime() ?? Number.POSITIVE_INFINITY)))

export const wait = (until: Date, reason: string, writes: Partial<Writes> = {}): Decision => ({
  actions: [],
  starts: [],
  writes: { ...nothingWritten, ...writes },
  next: until,
  reason,
})
export const move = (
  reason: string,
  writes: Partial<Writes>,
  next: 'again' | 'settled' = 'again',
): Decision => ({
  actions: [],
  starts: [],
  writes: { ...nothingWritten, ...writes },
  next,
  reason,
})
export const act = (actions: readonly Action[], reason: string, writes: Partial<Writes> = {}): Decision => ({
  actions,
  starts: [],
  writes: { ...nothingWritten, ...writes },
  next: 'again',
  reason,
})
export const begin = (starts: readonly GateStart[], reason: string): Decision => ({
  actions: [],
  starts,
  writes: nothingWritten,
  next: 'again',
  reason,
})
