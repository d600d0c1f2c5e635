import type { FreezeAnswer } from '@fairlead/contracts/freeze-gate'
import type { StageSpec } from '@fairlead/contracts/application'
import type { StagePlan, WorkloadProgress } from '@fairlead/contracts/rollout'
import type { RolloutState, StageState, TargetState } from '@fairlead/contracts/rollout-states'
import type { TrialSplit, Measurement } from '@fairlead/contracts/strategy'
import type { Evidence } from '@fairlead/contracts/verdict'
import type { Steps } from '../trial/steps'
import type { ObjectIdentity } from '../manifest/object-key'
import type { Applied } from './applied'
import type { GateNote, GateObservation } from './gates'
import type { Marks } from './progress'

/** Everything that one decision is made from; what wasn't needed in the current state is null. */
export interface Observation {
  readonly rollout: {
    readonly id: string
    readonly number: number
    readonly kind: 'deploy' | 'rollback'
    readonly state: RolloutState
    readonly paused: boolean
    readonly releaseId: string
    readonly releaseNumber: number
    readonly applicationId: string
    readonly application: string
    readonly projectId: string
    readonly requesterId: string
    /** What its plans delete was confirmed at the request, for every stage. */
    readonly confirmedPrune: boolean
  }
  readonly stages: readonly StageObservation[]
}

/** Back to an earlier release, by itself or because somebody asked: what ran once does not run again. */
export const isWayBack = (
  rollout: Pick<Observation['rollout'], 'kind' | 'releaseId'>,
  releaseId: string,
): boolean => rollout.kind === 'rollback' || releaseId !== rollout.releaseId

export interface StageObservation {
  readonly id: string
  readonly position: number
  readonly spec: StageSpec
  readonly state: StageState
  readonly plan: StagePlan | null
  readonly planDigest: string | null
  readonly planRequestedAt: Date | null
  readonly baseReleaseId: string | null
  readonly startedAt: Date | null
  readonly progressAt: Date | null
  readonly totalAt: Date | null
  /** Since when a window that pauses what runs holds it. */
  readonly heldAt: Date | null
  /** The release is tried in a canary before it is applied. */
  readonly triesFirst: boolean
  /** How far its canary is; null before it began. */
  readonly steps: Steps | null
  /** The last step that a person promoted; −1 for none. */
  readonly promotedStep: number
  /** A person's word that the canary is to end. */
  readonly abortReason: string | null
  /** What was measured in this look; null where nothing was due. */
  readonly measured: Measurement | null
  /** Whether its clusters may be changed now; asked last of all that is observed. */
  readonly window: FreezeAnswer
  /** What the stage last proved to work, now. */
  readonly verifiedReleaseId: string | null
  /** Distinct people whose approval of the current plan counts now. */
  readonly approvals: number
  readonly fresh: FreshPlan | null
  /** Its workflows, `before` first. */
  readonly gates: readonly GateObservation[]
  /** What of them is written down. */
  readonly notes: readonly GateNote[]
  readonly targets: readonly TargetObservation[]
}

export type FreshPlan =
  | { readonly kind: 'plan'; readonly plan: StagePlan }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'refused'; readonly reason: string }

export interface TargetObservation {
  readonly id: string
  readonly clusterId: string
  readonly cluster: string
  readonly namespace: string
  readonly state: TargetState
  readonly message: string
  /** Hash of what screens show of it: an unchanged observation writes no change row. */
  readonly shown: string
  readonly applied: Applied
  readonly marks: Marks
  /** By workload: since when it shows early evidence, ISO. */
  readonly earlySince: Readonly<Record<string, string>>
  /** Why the API server refused a part of the release; the rest of it is applied. */
  readonly refused: string | null
  /** Of what is tried here: the share that is wanted and the one that is. */
  readonly splits: readonly TrialSplit[]
  /** The weight that the traffic of a trial has to be moved to now. */
  readonly trafficAt: number
  readonly live: TargetLive | null
  /** From 1; 0 in a stage without waves, of which the rest says nothing either. */
  readonly wave: number
  readonly startedAt: Date | null
  readonly progressAt: Date | null
  readonly convergedAt: Date | null
  readonly unreachableAt: Date | null
  readonly askAt: Date | null
  /** Whether it can take the release, where it is its turn. */
  readonly turn: TurnAnswer | null
}

export type TurnAnswer =
  | { readonly kind: 'ready' }
  | {
      /** blocked: its cluster would refuse. changed: it is not what was approved. */
      readonly kind: 'unreachable' | 'blocked' | 'changed'
      readonly reason: string
    }

export type TargetLive =
  | { readonly reachable: false; readonly reason: string }
  | {
      readonly reachable: true
      readonly workloads: readonly ObservedWorkload[]
      /** Objects that aren't there, or that don't carry this rollout's labels: someone else was faster. */
      readonly adrift: readonly string[]
      /** What earlier releases left and this one doesn't hold; asked only once everything else is done. */
      readonly prunable: readonly ObjectIdentity[]
      /** Whether any object carries this rollout's label already. */
      readonly begun: boolean
      /** Services that still lead to the side that was tried. */
      readonly away?: readonly string[]
    }

export interface ObservedWorkload extends WorkloadProgress {
  readonly key: string
  /** Fairlead itself holds spec.paused. */
  readonly held: boolean
  /** Evidence that waiting won't cure. */
  readonly early: readonly Evidence[]
  /** The pod that holds an OrderedReady StatefulSet up for ever; `hopeless` when waiting can't cure it. */
  readonly stuck: (StuckPod & { readonly hopeless: boolean }) | null
}

/** As it was seen: a pod that changed since is another case. */
export interface StuckPod {
  readonly name: string
  readonly uid: string
  readonly resourceVersion: string
}
