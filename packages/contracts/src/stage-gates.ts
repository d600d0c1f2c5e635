import type { DagGate, DagOrder, GateAnswer, WorkflowGate } from './gates'

/** What a stage wants to run beside its objects. */
export type GateOrder =
  | { readonly workflow: string; readonly parameters: Readonly<Record<string, unknown>> }
  | { readonly airflow: DagOrder }

export const orderName = (order: GateOrder): string =>
  'airflow' in order ? `${order.airflow.dag} in Airflow ${order.airflow.connection}` : order.workflow

interface Wanted {
  readonly projectId: string
  readonly order: GateOrder
}
interface Keyed extends Wanted {
  readonly key: string
}

/** One port for both: a stage waits for whatever it ordered in the same way. */
export interface StageGates {
  readonly runOf: (
    wanted: Keyed & { readonly requester: { readonly id: string; readonly name: string } },
  ) => Promise<GateAnswer>
  readonly standingOf: (wanted: Keyed) => Promise<GateAnswer | null>
  readonly problemOf: (wanted: Wanted) => Promise<string | null>
}
export type StageStandings = Omit<StageGates, 'runOf'>

export const stageStandings = (
  workflows: Omit<WorkflowGate, 'runOf'>,
  dags: Omit<DagGate, 'runOf'>,
): StageStandings => ({
  standingOf: async ({ order, ...wanted }) =>
    'airflow' in order
      ? dags.standingOf({ order: order.airflow, ...wanted })
      : workflows.standingOf({ workflow: order.workflow, ...wanted }),
  problemOf: async ({ order, ...wanted }) =>
    'airflow' in order
      ? dags.problemOf({ order: order.airflow, ...wanted })
      : workflows.problemOf({ ...order, ...wanted }),
})

export const stageGates = (workflows: WorkflowGate, dags: DagGate): StageGates => ({
  ...stageStandings(workflows, dags),
  runOf: async ({ order, ...wanted }) =>
    'airflow' in order
      ? dags.runOf({ order: order.airflow, ...wanted })
      : workflows.runOf({ ...order, ...wanted }),
})

const unasked = 'No Airflow is asked from here.'
/** For processes that know of no Airflow. */
export const noDags: DagGate = {
  runOf: () => Promise.resolve({ kind: 'refused', reason: unasked }),
  standingOf: () => Promise.resolve(null),
  problemOf: () => Promise.resolve(unasked),
}
