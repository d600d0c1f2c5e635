import { isDeepStrictEqual } from 'node:util'
import { airflowState, type DagRunRow } from '@fairlead/contracts/airflow'
import { airflowPlace, placeName } from '@fairlead/contracts/airflow-place'
import type { Clock } from '@fairlead/contracts/decision'
import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import type { DagGate, DagOrder, GateAnswer, GateRefusal } from '@fairlead/contracts/gates'
import type { RunState } from '@fairlead/contracts/workflow-states'
import { runLink } from './links'
import { dagRunVerdict } from './task-runner/dag-run-verdict'
import { failedTasks } from './task-runner/failed-tasks'
import { openByName, type OpenAirflow, type OpenDeps } from './task-runner/open-by-name'

export interface DagGateDeps extends OpenDeps {
  readonly clock: Clock
}

/** One DAG run per key, told from those of tasks and people by its beginning. Airflow allows no slash in it. */
export const gateRunId = (key: string): string => `fairlead-gate__${key.replaceAll('/', '.')}`

/** DAG runs for the stages of rollouts. What does not answer keeps a stage waiting; it does not fail it. */
export function dagGate(deps: DagGateDeps): DagGate {
  const asking = async <T>(
    { connection }: DagOrder,
    ask: (airflow: OpenAirflow) => Promise<T>,
  ): Promise<T | GateAnswer> => {
    try {
      return await ask(await openByName(deps, connection))
    } catch (error) {
      return unanswered(error, deps.clock())
    }
  }
  return {
    runOf: async ({ projectId, order, key, requester }) => {
      if (!(await isGiven(deps, projectId, order))) return refused(foreignWords(order))
      return asking(order, async (airflow) => {
        const { dag, conf } = order
        const note = `Started by Fairlead for ${requester.name}`
        const { run } = await airflow.client.trigger({ dag, run: gateRunId(key), conf, note })
        return standing(airflow, order, run, deps.clock())
      })
    },
    standingOf: ({ order, key }) =>
      asking(order, async (airflow) => {
        const run = await airflow.client
          .run({ dag: order.dag, run: gateRunId(key) })
          .catch((error: unknown) => {
            if (isFairleadError(error) && error.code === 'not_found') return null
            throw error
          })
        return run === null ? null : standing(airflow, order, run, deps.clock())
      }),
    problemOf: async ({ projectId, order }) => {
      if (!(await isGiven(deps, projectId, order))) return foreignWords(order)
      const found = await asking(order, ({ client }) => client.standing(order.dag))
      if ('kind' in found) return found.kind === 'refused' ? found.reason : null
      return found.gone ? `There is no DAG ${order.dag} in ${nameOf(order)}.` : null
    },
  }
}

const nameOf = ({ connection }: DagOrder): string => placeName(airflowPlace(connection))
const refused = (reason: string): GateRefusal => ({ kind: 'refused', reason })
const foreignWords = (order: DagOrder): string =>
  `The project may not use ${nameOf(order)}: there is no such connection, or an administrator has yet to give it to the project.`

const isGiven = async ({ db }: DagGateDeps, projectId: string, { connection }: DagOrder): Promise<boolean> =>
  (await db.airflowConnection.count({ where: { name: connection, grants: { some: { projectId } } } })) > 0

const silent = new Set(['airflow_unreachable', 'airflow_unauthorized', 'rate_limited'])

function unanswered(error: unknown, at: Date): GateAnswer {
  if (isFairleadError(error) && silent.has(error.code)) return { kind: 'silent', reason: error.message, at }
  if (isFairleadError(error)) return refused(messageOf(error))
  throw error
}

const stateOf = { pending: 'queued', running: 'running', succeeded: 'succeeded', failed: 'failed' } as const

/** Only what a rollout ordered counts: a run under its name with other parameters lets no release through. */
async function standing(
  { client, site }: OpenAirflow,
  { connection, dag, conf }: DagOrder,
  run: DagRunRow,
  now: Date,
): Promise<GateAnswer> {
  if (!isDeepStrictEqual(run.conf, conf))
    return refused(`The DAG run ${run.run} has its name, but other parameters: no rollout started it.`)
  const ref = { dag, run: run.run }
  const url = runLink(site, ref)
  const ended = airflowState(run.state).terminal
  const verdict = dagRunVerdict(
    {
      key: run.run,
      connection,
      run,
      url,
      phase: null,
      dag: ended ? null : await client.standing(dag).catch(() => null),
      failedTasks: run.state === 'failed' ? await failedTasks(client, ref) : [],
    },
    now,
  )
  const state: RunState = stateOf[verdict.phase]
  return { kind: 'run', id: run.run, number: null, state, reason: verdict.reason, url }
}
