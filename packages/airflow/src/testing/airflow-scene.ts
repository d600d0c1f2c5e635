import os from 'node:os'
import path from 'node:path'
import type { Role } from '@fairlead/contracts/permissions'
import type { InputOf, OutputOf } from '@fairlead/contracts/surface'
import { startAirflow, type RunningAirflow } from '@fairlead/devairflow/airflow'
import { freePort } from '@fairlead/devservices/free-port'
import { podSight } from '@fairlead/inventory/pod-sight'
import { inventoryFixture, type InventoryFixture } from '@fairlead/inventory/testing/inventory-fixture'
import { createCipher } from '@fairlead/kernel/cipher'
import type { Call, Services } from '@fairlead/kernel/context'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { tokenOf } from './fairlead-http'
import { createAirflowConnections, type AirflowConnections } from '../connections'
import { airflowEntries, type AirflowEntryName } from '../entries'

/** ada administers; dan and vic belong to the project that is given the connection, eve to another. */
const people = {
  ada: { role: 'administrator', project: null },
  dan: { role: 'deployer', project: 'shop' },
  vic: { role: 'viewer', project: 'shop' },
  eve: { role: 'deployer', project: 'elsewhere' },
} as const satisfies Record<string, { role: Role; project: 'shop' | 'elsewhere' | null }>
export type Person = keyof typeof people

export interface AirflowScene {
  readonly airflow: RunningAirflow
  readonly database: TestDatabase
  readonly connections: AirflowConnections
  /** The room of clusters, on the same database. */
  readonly inventory: InventoryFixture
  as(person: Person): Call
  /** The project that connections are given to. */
  readonly shop: string
  /** Where Airflow's own tasks look for Fairlead, which a story serves there. */
  readonly fairleadPort: number
  call<K extends AirflowEntryName>(person: Person, name: K, input: InputOf<K>): Promise<OutputOf<K>>
  audited(action: AirflowEntryName): Promise<AuditRow>
  /** Deletes a run behind everybody's back, as its owners can. */
  delete(dag: string, run: string): Promise<void>
  drop(): Promise<void>
}
type AuditRow = Awaited<ReturnType<TestDatabase['db']['auditEntry']['findFirstOrThrow']>>

/** A real Airflow with the DAGs of testing/dags, and the entries on a real database. */
export async function createAirflowScene(): Promise<AirflowScene> {
  const {
    FAIRLEAD_TEST_AIRFLOW_FOLDER: folder,
    FAIRLEAD_TEST_ADMIN_KUBECONFIG: kubeconfig,
    XDG_CACHE_HOME: cache,
    // oxlint-disable-next-line no-process-env
  } = process.env
  if (folder === undefined || kubeconfig === undefined)
    throw new Error('FAIRLEAD_TEST_AIRFLOW_FOLDER is unset: run with the testkit set-up')
  const database = await createTestDatabase()
  const { db } = database
  const ids = {
    shop: (await db.project.create({ data: { name: 'shop' } })).id,
    elsewhere: (await db.project.create({ data: { name: 'elsewhere' } })).id,
  }
  const fairleadPort = await freePort()
  const airflow = await startAirflow({
    folder,
    env: {
      FAIRLEAD_TEST_ADMIN_KUBECONFIG: kubeconfig,
      PYTHONPATH: path.resolve(import.meta.dirname, '../../../../infra/airflow-provider'),
      AIRFLOW_CONN_FAIRLEAD_DEFAULT: JSON.stringify({
        conn_type: 'http',
        host: `http://127.0.0.1:${fairleadPort}`,
        password: await tokenOf(db, ids.shop),
      }),
    },
    dagsFolder: path.join(import.meta.dirname, 'dags'),
    port: await freePort(),
    cacheFolder: path.join(cache ?? path.join(os.homedir(), '.cache'), 'fairlead'),
    announce: (message) => process.stderr.write(`${message}\n`),
  })
  const cipher = createCipher(Buffer.alloc(32, 7).toString('base64'))
  const clock = () => new Date()
  const connections = createAirflowConnections({
    db,
    cipher,
    allowedCidrs: ['127.0.0.0/8'],
    clock,
    // SQLite makes everybody wait for whoever writes, and a busy machine for longer.
    timeoutMs: 60_000,
  })
  const inventory = inventoryFixture(database)
  const entries = airflowEntries({ db, cipher, connections, pods: podSight(db, inventory.connections) })
  const services: Services = {
    db,
    queues: { ring: () => Promise.resolve() },
    clock,
    onInternalError: (error) =>
      process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`),
  }
  const as = (person: Person): Call => {
    const { role, project } = people[person]
    const memberships = [{ projectId: project === null ? null : ids[project], role }]
    return {
      actor: { kind: 'user', id: person, name: person, email: null, memberships },
      via: 'cli',
      address: null,
    }
  }
  return {
    airflow,
    database,
    connections,
    inventory,
    as,
    shop: ids.shop,
    fairleadPort,
    call: (person, name, input) => {
      const entry: { invoke(services: Services, call: Call, input: unknown): Promise<unknown> } =
        entries[name]
      return entry.invoke(services, as(person), input) as Promise<OutputOf<typeof name>>
    },
    audited: (action) => db.auditEntry.findFirstOrThrow({ where: { action }, orderBy: { sequence: 'desc' } }),
    delete: (dag, run) => deleteRun(airflow, `/dags/${dag}/dagRuns/${run}`),
    drop: async () => {
      await inventory.close()
      await airflow.stop()
    },
  }
}

async function deleteRun(airflow: RunningAirflow, path: string): Promise<void> {
  const answer = await askAirflow(airflow, path, { token: await signIn(airflow), method: 'DELETE' })
  if (!answer.ok) throw new Error(`The run is not deleted: ${answer.status} ${await answer.text()}`)
}

/** A token of Airflow's, as anybody with its password gets one. */
export async function signIn({ url, username, password }: RunningAirflow): Promise<string> {
  const token = await fetch(`${url}/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  return ((await token.json()) as { access_token: string }).access_token
}

export const askAirflow = (
  { url }: RunningAirflow,
  path: string,
  { token, method = 'GET' }: { readonly token: string; readonly method?: 'GET' | 'DELETE' },
): Promise<Response> =>
  fetch(`${url}/api/v2${path}`, { method, headers: { authorization: `Bearer ${token}` } })

/** Asks again and again until `look` gives something; no timing is asserted, only that it happens at all. */
export async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const giveUpAt = Date.now() + 120_000
  for (;;) {
    const found = await look()
    if (found !== null) return found
    if (Date.now() > giveUpAt) throw new Error(`${what} did not happen`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
