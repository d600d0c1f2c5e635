import { z } from 'zod'
import type { ClusterIdentity } from './cluster'
import type { ReleaseRef } from './application'
import { nameSchema, releaseIdSchema, rolloutIdSchema } from './ids'
import type { GateState, RolloutAction, RolloutState, StageState, TargetState } from './rollout-states'
import type { RevisionRow } from './inventory'
import type { FreezeAnswer } from './freeze-gate'
import type { StageFreeze } from './freeze'
import type { StageCheck } from './stage-checks'
import type { TrialSplit, TrialView, PlannedTrial } from './strategy'
import type { SurgePlan } from './surge'
import type { Verdict } from './verdict'
import type { WavesView } from './waves'

/** Bytes of one deploy's manifests. */
export const maxManifestBytes = 1024 * 1024

/** Either whole manifests, or images to change in the stage's last release. */
export const deployChangeSchema = z
  .strictObject({
    manifests: z.string().min(1).max(maxManifestBytes).optional(),
    /** container (or `workload/container`) → image reference */
    images: z.record(z.string().min(1), z.string().min(1).max(500)).optional(),
    /** An earlier release, as it was. */
    release: releaseIdSchema.optional(),
  })
  .refine(
    (change) =>
      [change.manifests, change.images, change.release].filter((part) => part !== undefined).length === 1,
    'expected exactly one of manifests, images or release',
  )

export const applicationRefSchema = z.object({ project: nameSchema.optional(), application: nameSchema })
export const planSchema = applicationRefSchema.extend({
  change: deployChangeSchema,
  to: nameSchema.optional(),
})
export const deploySchema = planSchema.extend({
  reason: z.string().max(500).default(''),
  /** The application's name, typed, where a plan's `confirm` asks for it. */
  confirmPrune: nameSchema.optional(),
})
export const rolloutRefSchema = z.object({ rollout: rolloutIdSchema })
export const reasonedRolloutSchema = rolloutRefSchema.extend({
  reason: z.string().min(1, 'a reason is required').max(500),
})
export const decideSchema = reasonedRolloutSchema.extend({
  stage: nameSchema,
  planDigest: z.string().length(64),
})
/** The step as it was seen: a word about one step never ends the next. */
export const promoteSchema = rolloutRefSchema.extend({
  stage: nameSchema,
  step: z.number().int().min(0).max(100),
})
export const rollbackSchema = applicationRefSchema.extend({
  stage: nameSchema,
  to: z.number().int().positive().optional(),
  reason: z.string().min(1).max(500),
})

export interface DiffLine {
  readonly kind: 'same' | 'add' | 'remove' | 'skip'
  readonly text: string
}

export interface ObjectPlan {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string | null
  readonly name: string
  readonly change: 'create' | 'change' | 'none' | 'prune' | 'unverifiable' | 'denied'
  /** Why it is unverifiable or denied, and admission warnings. */
  readonly notes: readonly string[]
  readonly conflicts: readonly {
    readonly field: string
    readonly manager: string
    readonly message: string
  }[]
  /** Pods that this change replaces; 0 when the template stays. */
  readonly restarts: number
  readonly diff: readonly DiffLine[]
  /** Of the live object and the dry-run result: what the plan's digest covers of this object. */
  readonly hash?: string
}

export interface TargetPlan {
  readonly cluster: ClusterIdentity
  readonly namespace: string
  readonly objects: readonly ObjectPlan[]
  /** null when no pod would be started; absent in plans that were stored before it was simulated. */
  readonly surge?: SurgePlan | null
  /** Present where the stage tries the release beside what runs first. */
  readonly trial?: readonly PlannedTrial[]
  /** In a stage with waves: which one, from 1. */
  readonly wave?: number
  /** Why its cluster could not be asked: it gets the release, unseen, once it answers. */
  readonly unreachable?: string
}

/** The plan of one stage. `digest` covers release, targets, live objects and results: approvals bind to it. */
export interface StagePlan {
  readonly stage: string
  readonly digest: string
  readonly computedAt: string
  readonly targets: readonly TargetPlan[]
  readonly checks: readonly StageCheck[]
  /** Reasons why it can't be applied; empty when it can. */
  readonly blockers: readonly string[]
  /** Deletions that are carried out only where somebody typed the application's name at the request. */
  readonly confirm?: readonly string[]
  /** What needs attention but does not block. */
  readonly warnings: readonly string[]
}

export interface PlanPreview {
  readonly application: string
  readonly project: string
  readonly releaseDigest: string
  readonly images: readonly string[]
  readonly stages: readonly StagePlan[]
  /** Whether each stage could be applied at this moment; no part of a plan, which stays the same while windows pass. */
  readonly windows: readonly StageFreeze[]
}

export interface ApprovalView {
  readonly user: string
  readonly decision: 'approved' | 'rejected'
  readonly reason: string
  readonly at: string
  readonly stale: boolean
}

export interface ApprovalRequirement {
  readonly quorum: number
  readonly roles: readonly string[]
  readonly excludeRequester: boolean
  readonly expiresAt: string | null
  readonly given: readonly ApprovalView[]
  readonly remaining: number
  /** Whether the viewer may decide, and if not, why. */
  readonly mine: { readonly passed: boolean; readonly reason: string | null }
}

/** One workload object of a target, seen live. */
export interface WorkloadProgress {
  readonly kind: string
  readonly name: string
  readonly verdict: Verdict
  /** New and old ReplicaSets, newest first. */
  readonly revisions: readonly RevisionRow[]
}

export interface TargetView {
  readonly id: string
  readonly cluster: ClusterIdentity
  readonly namespace: string
  readonly state: TargetState
  readonly message: string
  readonly appliedAt: string | null
  readonly convergedAt: string | null
  readonly workloads: readonly WorkloadProgress[]
  /** While it is on trial: each Deployment's share, wanted and actual. */
  readonly splits: readonly TrialSplit[]
  /** How fresh `workloads` is. */
  readonly observedAt: string | null
  /** From 1; 0 in a stage without waves. */
  readonly wave: number
  /** Of its own, in a stage with waves. */
  readonly progressAt: string | null
  readonly unreachableSince: string | null
}

/** A workflow, or a DAG of a connected Airflow, that runs before or after the objects of a stage, or judges a step of it. */
export interface StageGateView {
  readonly when: 'before' | 'step' | 'after'
  readonly workflow: string
  /** The connection that its DAG is of; null: it is a workflow of ours. */
  readonly airflow: string | null
  /** Airflow's own page of its run. */
  readonly url: string | null
  /** Null until its turn comes. */
  readonly run: string | null
  readonly number: number | null
  readonly state: GateState
  readonly reason: string
}

export interface StageView {
  readonly name: string
  readonly state: StageState
  readonly reason: string
  readonly plan: StagePlan | null
  readonly approval: ApprovalRequirement | null
  readonly targets: readonly TargetView[]
  readonly startedAt: string | null
  readonly finishedAt: string | null
  readonly deadlines: { readonly progressAt: string | null; readonly totalAt: string | null }
  /** The release that a rollback of this stage goes back to. */
  readonly base: ReleaseRef | null
  /** What triggered an automatic rollback. */
  readonly evidence: readonly string[]
  readonly convergeMs: number | null
  /** In the order in which they run. */
  readonly gates: readonly StageGateView[]
  /** Null where the stage tries nothing first, or has not begun to. */
  readonly trial: TrialView | null
  /** What freeze windows say of the stage that moves now; null of the others. */
  readonly freeze: FreezeAnswer | null
  readonly waves: WavesView | null
}

export interface Blocker {
  readonly what: string
  readonly owner: string
  readonly until: string | null
}

export interface RolloutSummary {
  readonly id: string
  readonly number: number
  readonly application: string
  readonly project: string
  readonly kind: 'deploy' | 'rollback'
  readonly state: RolloutState
  readonly paused: boolean
  readonly release: ReleaseRef
  readonly requester: string
  readonly reason: string
  readonly createdAt: string
  readonly finishedAt: string | null
  readonly stages: readonly { readonly name: string; readonly state: StageState; readonly reason: string }[]
}

export interface RolloutView extends Omit<RolloutSummary, 'stages'> {
  readonly applicationId: string
  readonly stages: readonly StageView[]
  readonly blockers: readonly Blocker[]
  readonly actions: Readonly<
    Record<RolloutAction, { readonly passed: boolean; readonly reason: string | null }>
  >
  readonly timeline: readonly {
    readonly at: string
    readonly stage: string | null
    readonly cluster: string | null
    readonly kind: string
    readonly message: string
  }[]
}

export interface ApprovalItem {
  readonly rollout: RolloutSummary
  readonly stage: string
  readonly plan: StagePlan
  readonly requirement: ApprovalRequirement
  readonly requestedAt: string
}
