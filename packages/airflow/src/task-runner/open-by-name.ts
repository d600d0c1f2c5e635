import type { AirflowDb } from '@fairlead/db/views'
import { notFound } from '@fairlead/kernel/authorise'
import type { AirflowClient } from '../client/airflow-client'
import type { AirflowConnections } from '../connections'
import type { FoundConnection } from '../find-connection'

export interface OpenAirflow {
  readonly client: AirflowClient
  readonly site: Pick<FoundConnection, 'address' | 'version'>
}

export interface OpenDeps {
  readonly db: Pick<AirflowDb, 'airflowConnection'>
  readonly connections: AirflowConnections
}

/** For engines, which have been told already that their project may: connections of all projects. */
export async function openByName({ db, connections }: OpenDeps, name: string): Promise<OpenAirflow> {
  const found = await db.airflowConnection.findUnique({
    where: { name },
    select: { id: true, address: true, version: true },
  })
  if (found === null) throw notFound(`Airflow connection ${name}`)
  const { client } = await connections.clientOf(found.id)
  return { client, site: { address: found.address, version: found.version } }
}
