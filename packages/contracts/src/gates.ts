/**
 * Where the kinds of orchestration meet: a task that waits for a rollout, and a stage of a rollout that waits for a
 * workflow of ours or a DAG of a connected Airflow, each ask through one of these. Apps wire them; neither room imports the other.
 */
import type { RunState } from './workflow-states'

export interface RolloutGate {
  /** How the newest rollout of an application stands, or one of its stages. */
  stateOf(wanted: {
    readonly projectId: string
    readonly application: string
    readonly stage: string | null
  }): Promise<
    | { readonly kind: 'rollout'; readonly state: 'moving' | 'converged' | 'failed'; readonly reason: string }
    | { readonly kind: 'refused'; readonly reason: string }
  >
}

interface WantedRun {
  readonly projectId: string
  readonly workflow: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface GateRun {
  readonly kind: 'run'
  readonly id: string
  /** Null: it has none, being a DAG run. */
  readonly number: number | null
  readonly state: RunState
  readonly reason: string
  /** Of its page elsewhere. */
  readonly url?: string | null
}
export interface GateRefusal {
  readonly kind: 'refused'
  readonly reason: string
}

/** Nothing is known of it now, which is no failure of it. */
export interface GateSilence {
  readonly kind: 'silent'
  readonly reason: string
  readonly at: Date
}
export type GateAnswer = GateRun | GateRefusal | GateSilence

export interface WorkflowGate {
  /** Starts a run, once per key, and says how it stands. */
  runOf(
    wanted: WantedRun & {
      readonly key: string
      readonly requester: { readonly id: string; readonly name: string }
    },
  ): Promise<GateRun | GateRefusal>
  /** How the run of a key stands; null when none was started under it. Starts nothing. */
  standingOf(wanted: {
    readonly projectId: string
    readonly workflow: string
    readonly key: string
  }): Promise<GateRun | GateRefusal | null>
  /** Why such a run could not be started now; null when it could. */
  problemOf(wanted: WantedRun): Promise<string | null>
}

export interface DagOrder {
  readonly connection: string
  readonly dag: string
  readonly conf: Readonly<Record<string, unknown>>
}

/** The same for DAG runs of a connected Airflow: one per key, whose id says so. */
export interface DagGate {
  runOf(wanted: {
    readonly projectId: string
    readonly order: DagOrder
    readonly key: string
    readonly requester: { readonly id: string; readonly name: string }
  }): Promise<GateAnswer>
  standingOf(wanted: { readonly order: DagOrder; readonly key: string }): Promise<GateAnswer | null>
  problemOf(wanted: { readonly projectId: string; readonly order: DagOrder }): Promise<string | null>
}
