/**
 * Where the two kinds of orchestration meet: a task that waits for a rollout, and a stage of a rollout that waits for
 * a workflow, each ask through one of these. Apps wire them; neither room imports the other.
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
  readonly number: number
  readonly state: RunState
  readonly reason: string
}
export interface GateRefusal {
  readonly kind: 'refused'
  readonly reason: string
}

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
