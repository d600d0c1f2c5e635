import { airflowState, type DagRunRow } from '@fairlead/contracts/airflow'
import { airflowPlace, placeName } from '@fairlead/contracts/airflow-place'
import type { AttemptObservation } from '@fairlead/contracts/task-runner'
import type { DagStanding } from '../client/airflow-client'

/** What is known of the DAG run of one attempt. */
export interface SeenDagRun {
  readonly key: string
  readonly connection: string
  readonly run: DagRunRow
  /** Airflow's own page of it. */
  readonly url: string | null
  /** Heard of last. */
  readonly phase: string | null
  /** Null: not asked for, or not answered. */
  readonly dag: DagStanding | null
  readonly failedTasks: readonly string[]
}

const shown = 5

/** A DAG run's state → an attempt's. What Airflow forgot, paused or began anew is said; only an end ends it. Pure. */
export function dagRunVerdict(seen: SeenDagRun, now: Date): AttemptObservation {
  const { run, url } = seen
  const base = { key: seen.key, uid: seen.key, place: url, exitCode: null, cause: null, output: null }
  const endedAt = timeOf(run.endedAt) ?? now
  if (run.state === 'success') {
    const output = JSON.stringify({ dagRunId: run.run, state: run.state, url })
    return { ...base, phase: 'succeeded', reason: '', output, at: endedAt }
  }
  if (airflowState(run.state).terminal)
    return { ...base, phase: 'failed', cause: 'dag_run', reason: failureWords(seen), at: endedAt }
  const began = run.state !== 'queued' || seen.phase === 'running'
  return {
    ...base,
    phase: began ? 'running' : 'pending',
    reason: openWords(seen),
    at: (began ? timeOf(run.startedAt) : timeOf(run.queuedAt)) ?? now,
  }
}

function failureWords({ connection, run, failedTasks }: SeenDagRun): string {
  const more = failedTasks.length > shown ? ` and ${failedTasks.length - shown} more` : ''
  const tasks =
    failedTasks.length === 0 ? '' : ` What failed in it: ${failedTasks.slice(0, shown).join(', ')}${more}.`
  const state = run.state === 'failed' ? 'failed' : `ended as ${run.state}`
  return `The DAG run ${run.run} of ${run.dag} ${state} in ${placeName(airflowPlace(connection))}.${tasks}`
}

function openWords({ connection, run, phase, dag }: SeenDagRun): string {
  const where = placeName(airflowPlace(connection))
  if (dag?.gone === true)
    return `The DAG ${run.dag} is gone from ${where}: its run is kept there as ${run.state}, and nothing moves it until the DAG is back.`
  if (dag?.paused === true)
    return run.state === 'queued'
      ? `The DAG ${run.dag} is paused in ${where}: its run does not start until somebody unpauses it.`
      : `The DAG ${run.dag} was paused in ${where} while it ran: no further task of it starts until somebody unpauses it.`
  if (run.state !== 'queued')
    return `Its DAG run is ${airflowState(run.state).word.toLowerCase()} in ${where}.`
  return phase === 'running'
    ? `Its DAG run was cleared in ${where}, and is queued there again.`
    : `Its DAG run is queued in ${where}.`
}

function timeOf(text: string | null): Date | null {
  const at = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? null : new Date(at)
}
