import { isDeepStrictEqual } from 'node:util'
import { airflowState } from '@fairlead/contracts/airflow'
import { connectionOf, dagRunId } from '@fairlead/contracts/airflow-place'
import type { Clock } from '@fairlead/contracts/decision'
import { isFairleadError, messageOf } from '@fairlead/contracts/errors'
import {
  isDagRun,
  type AnyStart,
  type DagRunSpec,
  type StartResult,
  type StopResult,
  type TaskRunner,
} from '@fairlead/contracts/task-runner'
import type { AirflowClient } from '../client/airflow-client'
import { runLink } from '../links'
import { createDoubtfulStarts } from './doubtful-starts'
import { followAirflow, type OpenRun } from './follow-airflow'
import { openByName, type OpenDeps } from './open-by-name'

export interface AirflowTaskRunnerDeps extends OpenDeps {
  /** What is to be asked about in one Airflow. */
  readonly openRuns: (connection: string) => Promise<readonly OpenRun[]>
  /** Of an attempt; null: it is none of Airflow's. */
  readonly dagOf: (key: string) => Promise<string | null>
  readonly clock?: Clock
  readonly pollMs?: number
}

const standardPollMs = 1_000

/**
 * The TaskRunner port with DAG runs. A run is named by its attempt's key, so whoever starts it again finds it; there is
 * no watch, so what is open is asked about again and again, and nothing else of that Airflow is.
 */
export function createAirflowTaskRunner(deps: AirflowTaskRunnerDeps): TaskRunner {
  const clock = deps.clock ?? (() => new Date())
  const doubtful = createDoubtfulStarts(clock)
  const open = (place: string) => openByName(deps, connectionOf(place) ?? place)
  return {
    start: async (attempt, place) => {
      if (!isDagRun(attempt.spec))
        return rejected('permanent', 'invalid', 'An Airflow runs DAGs, no containers.')
      try {
        const { client } = await open(place)
        const result = await trigger(client, attempt, attempt.spec)
        doubtful.remove(attempt.key)
        return result
      } catch (error) {
        const result = rejectionOf(error)
        if (result.permanence === 'transient') doubtful.add(attempt.key, place, attempt.spec.dag)
        return result
      }
    },
    observe: (place, signal) =>
      followAirflow(
        {
          clock,
          pollMs: deps.pollMs ?? standardPollMs,
          open: () => open(place),
          openRuns: async (connection) => doubtful.beside(place, await deps.openRuns(connection)),
        },
        connectionOf(place) ?? place,
        signal,
      ),
    cancel: async (key, place) => {
      try {
        const dag = await deps.dagOf(key)
        if (dag === null) return { kind: 'gone' }
        const { client } = await open(place)
        return await stop(client, { dag, run: dagRunId(key) })
      } catch (error) {
        // Gone from Airflow, or with its connection: there is nothing left that could be asked to stop it.
        if (isNotFound(error)) return { kind: 'gone' }
        return { kind: 'unreachable', reason: messageOf(error) }
      }
    },
    // Its runs are Airflow's history, not ours to delete.
    cleanup: () => Promise.resolve({ kind: 'gone' }),
    logs: async (key, place) => {
      const dag = await deps.dagOf(key)
      if (dag === null) return { lines: [], cursor: null }
      const { site } = await open(place)
      const text = `Airflow keeps the logs of this DAG run: ${runLink(site, { dag, run: dagRunId(key) }) ?? site.address}`
      return { lines: [{ at: null, text }], cursor: null }
    },
    capacity: () => Promise.resolve({ slots: null }),
  }
}

type Rejected = Extract<StartResult, { kind: 'rejected' }>
const rejected = (
  permanence: Rejected['permanence'],
  cause: Rejected['cause'],
  reason: string,
): Rejected => ({ kind: 'rejected', permanence, cause, reason })

const isNotFound = (error: unknown): boolean => isFairleadError(error) && error.code === 'not_found'

async function trigger(
  client: AirflowClient,
  attempt: AnyStart,
  { dag, conf }: DagRunSpec,
): Promise<StartResult> {
  const run = dagRunId(attempt.key)
  const index = attempt.index < 0 ? '' : `[${attempt.index}]`
  const note = `Started by Fairlead for ${attempt.project}/${attempt.workflow}, task ${attempt.task}${index}, attempt ${attempt.attempt}`
  // Once: a second request would be on its way when the engine has long given the first one up.
  const found = await client.trigger({ dag, run, conf, note }, { once: true })
  if (found.created) return { kind: 'accepted' }
  return isDeepStrictEqual(found.run.conf, conf)
    ? { kind: 'already_exists' }
    : rejected('permanent', 'invalid', `A DAG run ${run} exists with other parameters; it is not adopted.`)
}

/** Wrong names and parameters stay wrong; silence, rights and passwords may be mended. */
function rejectionOf(error: unknown): Rejected {
  if (!isFairleadError(error)) return rejected('transient', 'api_error', messageOf(error))
  return error.code === 'not_found' || error.code === 'invalid'
    ? rejected('permanent', 'invalid', error.message)
    : rejected('transient', 'api_error', error.message)
}

/** Airflow knows no cancelling: the run is marked failed, which ends its tasks. What has ended stays as it ended. */
async function stop(
  client: AirflowClient,
  ref: { readonly dag: string; readonly run: string },
): Promise<StopResult> {
  const { state } = await client.run(ref)
  if (airflowState(state).terminal) return { kind: 'gone' }
  await client.markFailed(ref)
  return { kind: 'stopping' }
}
