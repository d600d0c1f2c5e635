import { startAirflow, type RunningAirflow } from '@fairlead/devairflow/airflow'
import { freePort } from '@fairlead/devservices/free-port'
import os from 'node:os'
import path from 'node:path'
import { root } from '../stack/stack'
import type { Api } from './api'
import { expect, readStack } from './world'

/** A real Airflow beside the stack, with the DAGs that the tests of packages/airflow use. */
export const airflowRuns = async (): Promise<RunningAirflow> =>
  startAirflow({
    folder: path.join(readStack().home, `airflow-${process.pid}`),
    dagsFolder: path.join(root, 'packages/airflow/src/testing/dags'),
    port: await freePort(),
    cacheFolder: path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'fairlead'),
    announce: (message) => process.stderr.write(`  airflow: ${message}\n`),
  })

/** Its DAG processor reads the files some time after the start. */
export const itsDagsAreRead = (api: Api, connection: string): Promise<void> =>
  expect
    .poll(async () => (await api.airflow.dags.query({ connection })).dags.map(({ dag }) => dag), {
      timeout: 240_000,
      message: `the DAGs of ${connection} are read`,
    })
    .toEqual(['asks', 'fails', 'greets', 'lasts', 'orders'])

export const theDagRunReaches = (
  api: Api,
  ref: { readonly connection: string; readonly dag: string; readonly run: string },
  state: string,
): Promise<void> =>
  expect
    .poll(async () => (await api.airflow.run.query(ref)).run.state, {
      timeout: 240_000,
      message: `run ${ref.run} of ${ref.dag} reaches ${state}`,
    })
    .toBe(state)
