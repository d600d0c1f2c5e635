import type { AirflowClient } from '@fairlead/airflow/client/airflow-client'
import { createAirflowConnections, type AirflowConnections } from '@fairlead/airflow/connections'
import { airflowEntries, type AirflowEntryName } from '@fairlead/airflow/entries'
import type { InputOf, OutputOf } from '@fairlead/contracts/surface'
import type { Database } from '@fairlead/db/database'
import type { RunningAirflow } from '@fairlead/devairflow/airflow'
import { podSight } from '@fairlead/inventory/pod-sight'
import { createCipher } from '@fairlead/kernel/cipher'
import type { Call, Services } from '@fairlead/kernel/context'

export const connectionName = 'bench'
const cipher = createCipher(Buffer.alloc(32, 1).toString('base64'))
const clock = (): Date => new Date()

export const openConnections = (db: Database): AirflowConnections =>
  createAirflowConnections({ db, cipher, allowedCidrs: ['127.0.0.0/8'], clock, timeoutMs: 60_000 })

/** An Airflow connected as people connect one, and the entries about it as the console's server asks them. */
export interface AirflowDoor {
  readonly client: AirflowClient
  ask<K extends AirflowEntryName>(name: K, input: InputOf<K>): Promise<OutputOf<K>>
}

const administrator: Call = {
  actor: {
    kind: 'user',
    id: 'ada',
    name: 'Ada',
    email: null,
    memberships: [{ projectId: null, role: 'administrator' }],
  },
  via: 'cli',
  address: null,
}

export async function openAirflowDoor(
  db: Database,
  { url: address, username, password }: RunningAirflow,
): Promise<AirflowDoor> {
  const connections = openConnections(db)
  const services: Services = {
    db,
    queues: { ring: () => Promise.resolve() },
    clock,
    onInternalError: (error) => void process.stderr.write(`  ${String(error)}\n`),
  }
  // No cluster is registered here, so none is ever opened.
  const noClusters = { clientOf: () => Promise.reject(new Error('There are no clusters here.')) }
  const entries = airflowEntries({ db, cipher, connections, pods: podSight(db, noClusters) })
  const ask: AirflowDoor['ask'] = (name, input) => {
    const entry: { invoke(services: Services, call: Call, input: unknown): Promise<unknown> } = entries[name]
    return entry.invoke(services, administrator, input) as Promise<OutputOf<typeof name>>
  }
  const { id } = await ask('airflow.register', { name: connectionName, address, username, password })
  return { ask, client: (await connections.clientOf(id)).client }
}
