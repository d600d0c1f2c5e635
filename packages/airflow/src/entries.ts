/**
 * Apache Airflow beside our own workflows. client/ speaks REST v2 (Airflow 3) and v1 (2.x): dial.ts asks one guarded
 * address, session.ts detects the version and signs in, airflow-client.ts is the API in the forms of contracts/airflow,
 * airflow-error.ts says what failed. connections.ts is the only opener of passwords; check.ts tries a connection step by
 * step. verbs/ are the entries behind the door: connections.ts, read-through.ts and read-many.ts (a cache of seconds, with
 * its age), hands.ts, and human-tasks.ts, which answers what a task asks people. task-runner/ is the TaskRunner port with
 * DAG runs, dag-gate.ts lets stages of rollouts wait for them; pods/ joins pods that Airflow made to their tasks, by a port.
 * Decision: nothing of Airflow's state is stored. A change violates this when a screen shows an Airflow that does not
 * answer as it was.
 */
import type { EntryName } from '@fairlead/contracts/surface'
import type { Entries } from '@fairlead/kernel/door'
import type { AirflowDeps } from './airflow-deps'
import * as connection from './verbs/connections'
import * as hands from './verbs/hands'
import * as human from './verbs/human-tasks'
import * as pods from './verbs/pods'
import * as many from './verbs/read-many'
import * as read from './verbs/read-through'

const airflowEntryNames = [
  'airflow.list',
  'airflow.health',
  'airflow.check',
  'airflow.register',
  'airflow.rotate',
  'airflow.setProjects',
  'airflow.setPodPlaces',
  'airflow.remove',
  'airflow.dags',
  'airflow.lastRuns',
  'airflow.dag',
  'airflow.runs',
  'airflow.grid',
  'airflow.run',
  'airflow.task',
  'airflow.tries',
  'airflow.pods',
  'airflow.podOrigin',
  'airflow.logs',
  'airflow.importErrors',
  'airflow.trigger',
  'airflow.setPaused',
  'airflow.planClear',
  'airflow.clear',
  'airflow.markFailed',
  'airflow.humanTasks',
  'airflow.answer',
] as const satisfies readonly EntryName[]
export type AirflowEntryName = (typeof airflowEntryNames)[number]

/** Every entry of this room, for an application's composition root. */
export function airflowEntries(deps: AirflowDeps): Entries<AirflowEntryName> {
  return {
    'airflow.list': connection.airflowList(deps),
    'airflow.health': read.airflowHealth(deps),
    'airflow.check': connection.airflowCheck(deps),
    'airflow.register': connection.airflowRegister(deps),
    'airflow.rotate': connection.airflowRotate(deps),
    'airflow.setProjects': connection.airflowSetProjects(deps),
    'airflow.setPodPlaces': connection.airflowSetPodPlaces(deps),
    'airflow.remove': connection.airflowRemove(deps),
    'airflow.dags': read.airflowDags(deps),
    'airflow.lastRuns': many.airflowLastRuns(deps),
    'airflow.dag': read.airflowDag(deps),
    'airflow.runs': read.airflowRuns(deps),
    'airflow.grid': many.airflowGrid(deps),
    'airflow.run': read.airflowRun(deps),
    'airflow.task': read.airflowTask(deps),
    'airflow.tries': many.airflowTries(deps),
    'airflow.pods': pods.airflowPods(deps),
    'airflow.podOrigin': pods.airflowPodOrigin(deps),
    'airflow.logs': read.airflowLogs(deps),
    'airflow.importErrors': read.airflowImportErrors(deps),
    'airflow.trigger': hands.airflowTrigger(deps),
    'airflow.setPaused': hands.airflowSetPaused(deps),
    'airflow.planClear': hands.airflowPlanClear(deps),
    'airflow.clear': hands.airflowClear(deps),
    'airflow.markFailed': hands.airflowMarkFailed(deps),
    'airflow.humanTasks': human.airflowHumanTasks(deps),
    'airflow.answer': human.airflowAnswer(deps),
  }
}
