import { startAirflow, type RunningAirflow } from '@fairlead/devairflow/airflow'
import { freePort } from '@fairlead/devservices/free-port'
import crypto from 'node:crypto'
import os from 'node:os'
import path from 'node:path'
import { root } from '../stack/stack'
import type { Api } from './api'
import { expect, readStack } from './world'

/** A real Airflow beside the stack, with the DAGs that the tests of packages/airflow use. */
export const airflowRuns = async (): Promise<RunningAirflow> =>
  startAirflow({
    folder: path.join(readStack().home, `airflow-${process.pid}`),
    env: {
      PYTHONPATH: path.join(root, 'infra/airflow-provider'),
      FAIRLEAD_TEST_ADMIN_KUBECONFIG: readStack().kubeconfigs['staging']?.admin ?? '',
    },
    dagsFolder: path.join(root, 'packages/airflow/src/testing/dags'),
    port: await freePort(),
    cacheFolder: path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'fairlead'),
    announce: (message) => process.stderr.write(`  airflow: ${message}\n`),
  })

/** A busy Airflow on SQLite may give no answer within the time that one question has: it is asked again. */
const asked = <T>(answer: Promise<T>): Promise<T | null> => answer.catch(() => null)

/** Its DAG processor reads the files some time after the start. */
export const itsDagsAreRead = (api: Api, connection: string): Promise<void> =>
  expect
    .poll(async () => (await asked(api.airflow.dags.query({ connection })))?.dags.map(({ dag }) => dag), {
      timeout: 240_000,
      message: `the DAGs of ${connection} are read`,
    })
    .toEqual(['asks', 'confirms', 'crunches', 'fails', 'greets', 'lasts', 'orders', 'settles'])

/** Every page of Airflow's, with what a run of `greets` and one of `asks` leave in it. */
export function airflowPages(connection: string, runs: { readonly greets: string; readonly asks: string }) {
  const home = `/airflow/${connection}`
  const run = `${home}/greets/${runs.greets}`
  const question = encodeURIComponent(`${connection}:asks:${runs.asks}:approve:-1`)
  const addresses = {
    'airflow-settings': '/settings/airflow',
    airflow: '/airflow',
    'airflow-dags': home,
    'airflow-dag': `${home}/greets`,
    'airflow-grid': `${home}/greets?tab=grid`,
    'airflow-details': `${home}/orders?tab=details`,
    'airflow-run': run,
    'airflow-task': `${run}?task=hello`,
    'airflow-tries': `${run}?task=hello&tab=tries`,
    'airflow-pods': `${run}?task=hello&tab=pods`,
    'airflow-question': `/approvals?item=${question}`,
  }
  return Object.entries(addresses).map(([name, address]) => [name, () => Promise.resolve(address)] as const)
}

interface DagRef {
  readonly connection: string
  readonly dag: string
}
type RunRef = DagRef & { readonly run: string }

/** One run: the key is one, however often it is sent. */
export async function triggers(api: Api, ref: DagRef): Promise<string> {
  const key = crypto.randomUUID()
  let run = ''
  await expect(async () => {
    ;({ run } = await api.airflow.trigger.mutate({ ...ref, key }))
  }).toPass({ timeout: 240_000 })
  return run
}

export const theDagRunReaches = (api: Api, ref: RunRef, state: string): Promise<void> =>
  expect
    .poll(async () => (await asked(api.airflow.run.query(ref)))?.run.state, {
      timeout: 240_000,
      message: `run ${ref.run} of ${ref.dag} reaches ${state}`,
    })
    .toBe(state)

export const theTaskReaches = (api: Api, ref: RunRef, task: string, state: string): Promise<void> =>
  expect
    .poll(
      async () => (await asked(api.airflow.run.query(ref)))?.tasks.find((each) => each.task === task)?.state,
      { timeout: 240_000, message: `${task} of ${ref.run} reaches ${state}` },
    )
    .toBe(state)

export const itAsks = (api: Api, connection: string, run: string): Promise<void> =>
  expect
    .poll(
      async () => {
        const list = await asked(api.airflow.humanTasks.query({ connection }))
        return list?.tasks.flatMap((each) => (each.run === run ? [each.task] : [])).sort()
      },
      { timeout: 240_000, message: `the tasks of ${run} ask` },
    )
    .toEqual(['approve', 'choose'])
