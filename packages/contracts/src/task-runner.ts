/**
 * The port between workflow orchestration, which decides what happens when, and whatever does the work: containers on
 * a cluster, or DAG runs of a connected Airflow, which counts as a place like a cluster (airflow-place.ts).
 * Nothing but queue, run, observe, adopt goes through it. An attempt is named by its key alone, so starting it twice
 * is starting it once; every implementation passes testkit's one conformance suite.
 */

/** Why an attempt did not succeed. Retry budgets are kept by cause. */
export const failureCauses = {
  exit_code: { word: 'Exit code', budget: 'max' },
  dag_run: { word: 'DAG run failed', budget: 'max' },
  oom: { word: 'Out of memory', budget: 'max' },
  disruption: { word: 'Disrupted', budget: 'disruption' },
  image_pull: { word: 'Image not pulled', budget: 'imagePull' },
  quota: { word: 'Quota exceeded', budget: 'quota' },
  api_error: { word: 'API server refused', budget: 'apiError' },
  lost: { word: 'Lost', budget: 'lost' },
  start_timeout: { word: 'Did not start in time', budget: 'max' },
  timeout: { word: 'Timed out', budget: 'max' },
  outputs: { word: 'Outputs not usable', budget: 'max' },
  invalid: { word: 'Not valid', budget: null },
  cancelled: { word: 'Cancelled', budget: null },
} as const satisfies Record<string, { word: string; budget: string | null }>
export type FailureCause = keyof typeof failureCauses

/** A container to be run once, everything rendered: no expression is left. */
export interface TaskSpec {
  readonly namespace: string
  readonly image: string
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly resources: {
    readonly requests: Readonly<Record<string, string>>
    readonly limits: Readonly<Record<string, string>>
  }
  readonly serviceAccount: string | null
  /** A pod template as its document gave it, for what the short form lacks; JSON text. */
  readonly podTemplate: string | null
}

/** A run of a DAG of a connected Airflow, everything rendered. */
export interface DagRunSpec {
  readonly dag: string
  readonly conf: Readonly<Record<string, unknown>>
}

export type AttemptSpec = TaskSpec | DagRunSpec
export const isDagRun = (spec: AttemptSpec): spec is DagRunSpec => 'dag' in spec

export interface AttemptStart<Spec extends AttemptSpec = TaskSpec> {
  /** f(run, task, index, attempt): at most 63 characters of a DNS label, 80 bits or more of them hash. */
  readonly key: string
  readonly run: string
  readonly project: string
  readonly workflow: string
  readonly task: string
  readonly index: number
  readonly attempt: number
  /** The container's proof of which attempt it is. */
  readonly token: string
  /** SHA-256 of the spec: what exists under our key with another hash or another owner is never adopted. */
  readonly specHash: string
  readonly spec: Spec
}

/** What an engine may ask for; a runner of containers takes nothing else. */
export type AnyStart = AttemptStart<AttemptSpec>
export const isContainer = (attempt: AnyStart): attempt is AttemptStart => !isDagRun(attempt.spec)

export type StartResult =
  | { readonly kind: 'accepted' }
  /** Exists with our key, hash and owner: adopted. */
  | { readonly kind: 'already_exists' }
  | {
      readonly kind: 'rejected'
      /** permanent: asking again can't help; transient: it may. */
      readonly permanence: 'permanent' | 'transient'
      readonly cause: FailureCause
      readonly reason: string
    }

export const notContainer: StartResult = {
  kind: 'rejected',
  permanence: 'permanent',
  cause: 'invalid',
  reason: 'Only containers run here, and this is none.',
}

export type AttemptPhase = 'pending' | 'running' | 'succeeded' | 'failed'

/** What was seen of one attempt. Terminal ones are final: the first that is recorded stays. */
export interface AttemptObservation {
  readonly key: string
  readonly phase: AttemptPhase
  /** Of the thing that runs it; changes when somebody replaced it. */
  readonly uid: string
  /** One sentence: why it is pending, why it failed. */
  readonly reason: string
  readonly cause: FailureCause | null
  readonly exitCode: number | null
  /** What the container wrote to FAIRLEAD_OUTPUT, raw; null when nothing, or not known yet. */
  readonly output: string | null
  /** Where it runs, for people: namespace/pod on node, or the address of Airflow's own page. */
  readonly place: string | null
  readonly at: Date
}

/** What an observer hears of one cluster, in order. */
export type RunnerEvent =
  | { readonly kind: 'observed'; readonly observations: readonly AttemptObservation[] }
  /**
   * After every full list: these and no others exist. An attempt that was accepted before `listedFrom` and isn't among
   * them has vanished: absence is information.
   */
  | { readonly kind: 'synced'; readonly keys: ReadonlySet<string>; readonly listedFrom: Date }
  /** Nothing is known until the next `synced`; it isn't a failure of any task. */
  | { readonly kind: 'unreachable'; readonly reason: string; readonly at: Date }

export type StopResult =
  /** Nothing of it runs any more. */
  | { readonly kind: 'gone' }
  /** Asked to stop; ask again. */
  | { readonly kind: 'stopping' }
  | { readonly kind: 'unreachable'; readonly reason: string }

export interface AttemptLogs {
  readonly lines: readonly { readonly at: string | null; readonly text: string }[]
  /** Where to go on; null when nothing more will come. */
  readonly cursor: string | null
}

export interface ClusterCapacity {
  /** Attempts that may run at once, as far as the runner knows; null when it sets no limit. */
  readonly slots: number | null
}

export interface TaskRunner {
  start(attempt: AnyStart, cluster: string): Promise<StartResult>
  /** Endless until `signal` aborts; reconnects by itself, lists fully on every connect. */
  observe(cluster: string, signal: AbortSignal): AsyncIterable<RunnerEvent>
  cancel(key: string, cluster: string): Promise<StopResult>
  /** After outcome, outputs and logs are recorded: nothing of it need stay. */
  cleanup(key: string, cluster: string): Promise<StopResult>
  logs(key: string, cluster: string, cursor: string | null): Promise<AttemptLogs>
  capacity(cluster: string): Promise<ClusterCapacity>
}
