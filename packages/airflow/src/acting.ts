import type { AirflowDb } from '@fairlead/db/views'
import type { PrepareContext, QueryContext } from '@fairlead/kernel/context'
import type { AirflowDeps } from './airflow-deps'
import type { AirflowClient } from './client/airflow-client'
import { findConnection } from './find-connection'

/** Opens the connection; what was read before is asked anew after whatever `act` does. */
export async function acting<T>(
  { connections }: AirflowDeps,
  context: QueryContext<AirflowDb>,
  act: { readonly connection: string; run(client: AirflowClient): Promise<T> },
): Promise<T> {
  const { id } = await findConnection(context.db, context.actor, act.connection)
  const { client, key } = await connections.clientOf(id)
  try {
    return await act.run(client)
  } finally {
    connections.cache.drop(key)
  }
}

export const nameDag = (
  context: PrepareContext<AirflowDb>,
  { connection, dag }: { connection: string; dag: string },
) => context.subject({ kind: 'dag', id: `${connection}/${dag}`, name: `${connection}/${dag}` })
