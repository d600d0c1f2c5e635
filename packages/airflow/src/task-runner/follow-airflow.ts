import { setTimeout as sleep } from 'node:timers/promises'
import { airflowState } from '@fairlead/contracts/airflow'
import { dagRunId } from '@fairlead/contracts/airflow-place'
import type { Clock } from '@fairlead/contracts/decision'
import { isFairleadError, messageOf, type FairleadError } from '@fairlead/contracts/errors'
import type { AttemptObservation, RunnerEvent } from '@fairlead/contracts/task-runner'
import type { AirflowClient, DagStanding } from '../client/airflow-client'
import { runLink } from '../links'
import { dagRunVerdict } from './dag-run-verdict'
import { failedTasks } from './failed-tasks'
import type { OpenAirflow } from './open-by-name'

export interface OpenRun {
  readonly key: string
  readonly dag: string
  readonly phase: string | null
}

interface FollowDeps {
  readonly openRuns: (connection: string) => Promise<readonly OpenRun[]>
  readonly open: () => Promise<OpenAirflow>
  readonly clock: Clock
  readonly pollMs: number
}

/** Questions that one Airflow is asked at once: its API server is a single process as often as not. */
const width = 4

/**
 * What is heard of one Airflow, endless until `signal` aborts. It is asked about our open runs and nothing else, at most
 * half of the time; with nothing open it is left alone, once it has answered at all.
 */
export async function* followAirflow(
  deps: FollowDeps,
  connection: string,
  signal: AbortSignal,
): AsyncGenerator<RunnerEvent> {
  let silence: string | null = 'Nobody has asked yet.'
  while (!signal.aborted) {
    const startedAt = performance.now()
    const listedFrom = deps.clock()
    const runs = await deps.openRuns(connection)
    if (runs.length > 0 || silence !== null) {
      const events = await look(deps, { connection, runs, listedFrom })
      const [first] = events
      const said = first?.kind === 'unreachable' ? first.reason : null
      // Silence is told once, and again when it has another reason.
      if (said === null || said !== silence) yield* events
      silence = said
    }
    const pauseMs = Math.max(deps.pollMs, performance.now() - startedAt)
    await sleep(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

interface Look {
  readonly connection: string
  readonly runs: readonly OpenRun[]
  readonly listedFrom: Date
}

async function look(deps: FollowDeps, asked: Look): Promise<readonly RunnerEvent[]> {
  try {
    return await lookAt(await deps.open(), deps.clock, asked)
  } catch (error) {
    if (isNotFound(error)) return [lostWithConnection(asked, deps.clock())]
    return [{ kind: 'unreachable', reason: messageOf(error), at: deps.clock() }]
  }
}

async function lookAt(
  airflow: OpenAirflow,
  clock: Clock,
  { connection, runs, listedFrom }: Look,
): Promise<readonly RunnerEvent[]> {
  const standingOf = standings(airflow.client)
  if (runs.length === 0) await airflow.client.assertLogin()
  const waiting = [...runs]
  const observations: AttemptObservation[] = []
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const seen = await seeRun({ airflow, connection, standingOf }, next, clock)
      if (seen !== null) observations.push(seen)
    }
  }
  await Promise.all(Array.from({ length: width }, lane))
  return [
    { kind: 'observed', observations },
    { kind: 'synced', keys: new Set(observations.map(({ key }) => key)), listedFrom },
  ]
}

interface Scene {
  readonly airflow: OpenAirflow
  readonly connection: string
  readonly standingOf: (dag: string) => Promise<DagStanding | null>
}

/** Null: there is no such run. Throws when nothing is known of it. */
async function seeRun(
  { airflow, connection, standingOf }: Scene,
  { key, dag, phase }: OpenRun,
  clock: Clock,
): Promise<AttemptObservation | null> {
  const ref = { dag, run: dagRunId(key) }
  const base = { key, connection, phase, url: runLink(airflow.site, ref) }
  try {
    const run = await airflow.client.run(ref)
    const ended = airflowState(run.state).terminal
    const failed = ended && run.state !== 'success'
    const seen = {
      ...base,
      run,
      dag: ended ? null : await standingOf(dag),
      failedTasks: failed ? await failedTasks(airflow.client, ref) : [],
    }
    return dagRunVerdict(seen, clock())
  } catch (error) {
    if (isNotFound(error)) return null
    if (!isFairleadError(error) || isSilence(error)) throw error
    return refusedLook({ key, phase, url: base.url }, error.message, clock())
  }
}

/** Of that Airflow as a whole, not of one run. */
const isSilence = ({ code }: FairleadError): boolean =>
  code === 'airflow_unreachable' || code === 'airflow_unauthorized'

/** It is there, as far as anybody knows, but is not shown: a right on one DAG says nothing of the others. */
const refusedLook = (
  { key, phase, url }: { readonly key: string; readonly phase: string | null; readonly url: string | null },
  message: string,
  at: Date,
): AttemptObservation => ({
  key,
  uid: key,
  phase: phase === 'running' ? 'running' : 'pending',
  reason: `How its DAG run stands is not known: ${message}`,
  cause: null,
  exitCode: null,
  output: null,
  place: url,
  at,
})

const isNotFound = (error: unknown): boolean => isFairleadError(error) && error.code === 'not_found'

/** Each DAG is asked about once in a look; what could not be learnt of it keeps nobody from the run itself. */
function standings(client: AirflowClient): Scene['standingOf'] {
  const known = new Map<string, Promise<DagStanding | null>>()
  return (dag) => {
    const answer = known.get(dag) ?? client.standing(dag).catch(() => null)
    known.set(dag, answer)
    return answer
  }
}

/** Nobody can ask that Airflow any more. */
function lostWithConnection({ connection, runs }: Look, at: Date): RunnerEvent {
  const reason = `The connection ${connection} was removed from Fairlead: what became of its DAG run is not known.`
  const lost = {
    phase: 'failed',
    cause: 'lost',
    reason,
    exitCode: null,
    output: null,
    place: null,
    at,
  } as const
  return { kind: 'observed', observations: runs.map(({ key }) => ({ ...lost, key, uid: key })) }
}
