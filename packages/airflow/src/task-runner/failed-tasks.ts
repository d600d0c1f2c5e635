import type { AirflowClient } from '../client/airflow-client'

/** What failed in a run, as far as it can be learnt. */
export const failedTasks = (
  client: AirflowClient,
  ref: { readonly dag: string; readonly run: string },
): Promise<readonly string[]> =>
  client.instances(ref).then(
    ({ items }) => items.filter(({ state }) => state === 'failed').map(({ task }) => task),
    () => [],
  )
