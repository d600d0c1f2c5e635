import crypto from 'node:crypto'
import fs from 'node:fs'
import type { Bell } from '@fairlead/contracts/doorbells'
import type { Membership } from '@fairlead/contracts/permissions'
import type { EntryName, InputOf, OutputOf } from '@fairlead/contracts/surface'
import type { Database } from '@fairlead/db/database'
import { openFastSql, type FastSql } from '@fairlead/db/fast-sql'
import { createCipher } from '@fairlead/kernel/cipher'
import type { Call, Services } from '@fairlead/kernel/context'
import type { SourceSettings } from '@fairlead/kube/auth/credential-sources'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { createClusterConnections, type ClusterConnections } from '../connections'
import { inventoryEntries, type InventoryEntryName } from '../entries'

/** Loopback, where test clusters live. */
export const loopback = ['127.0.0.0/8']

/** What the testkit gives a test file. */
interface TestDatabase {
  readonly url: string
  readonly db: Database
  drop(): Promise<void>
}

/** A room of one's own on a database of one's own, and what went in and out of it. */
export interface InventoryFixture {
  readonly database: TestDatabase
  readonly sql: FastSql
  readonly connections: ClusterConnections
  readonly encryptionKey: string
  readonly rung: Bell[]
  /** Every answer and every error that any entry gave, as text. */
  readonly said: string[]
  ask<K extends InventoryEntryName>(name: K, input: InputOf<K>, call?: Call): Promise<OutputOf<K>>
  close(): Promise<void>
}

export const callAs = (memberships: readonly Membership[]): Call => ({
  actor: { kind: 'user', id: 'ada', name: 'Ada', email: 'ada@example.org', memberships },
  via: 'cli',
  address: null,
})
export const administrator = callAs([{ projectId: null, role: 'administrator' }])

export function inventoryFixture(database: TestDatabase, sources: SourceSettings = {}): InventoryFixture {
  const encryptionKey = crypto.randomBytes(32).toString('base64')
  const cipher = createCipher(encryptionKey)
  const connections = createClusterConnections({ db: database.db, cipher, allowedCidrs: loopback, sources })
  const entries = inventoryEntries({ db: database.db, cipher, connections })
  const sql = openFastSql({ url: database.url, poolSize: 8 })
  const rung: Bell[] = []
  const said: string[] = []
  const services: Services = {
    db: database.db,
    queues: { ring: async (bells) => void rung.push(...bells) },
    clock: () => new Date(),
    onInternalError: (error) => void said.push(String(error), JSON.stringify(error) ?? ''),
  }
  return {
    database,
    sql,
    connections,
    encryptionKey,
    rung,
    said,
    async ask<K extends InventoryEntryName>(name: K, input: InputOf<K>, call = administrator) {
      const entry: { invoke(services: Services, call: Call, input: unknown): Promise<OutputOf<EntryName>> } =
        entries[name]
      try {
        const answer = await entry.invoke(services, call, input)
        said.push(JSON.stringify(answer))
        return answer as OutputOf<K>
      } catch (error) {
        said.push(String(error), JSON.stringify(error))
        throw error
      }
    },
    close: async () => {
      connections.close()
      await sql.close()
      await database.drop()
    },
  }
}

/** A cluster row without a cluster behind it, for what needs only Postgres. */
export async function plantCluster({ database }: InventoryFixture, name: string): Promise<string> {
  const cluster = await database.db.cluster.create({
    data: {
      name,
      uid: crypto.randomUUID(),
      environment: 'staging',
      colour: 0,
      server: 'https://127.0.0.1:1',
      credential: { create: { kind: 'token', version: 1, sealed: new Uint8Array([1]) } },
    },
  })
  return cluster.id
}

/** The kubeconfig that this variable of the test run names; there is no test of a cluster without one. */
export function testKubeconfig(
  env: NodeJS.ProcessEnv,
  variable: 'FAIRLEAD_TEST_KUBECONFIG' | 'FAIRLEAD_TEST_ADMIN_KUBECONFIG',
): string {
  const file = env[variable]
  if (file === undefined || file === '')
    throw new Error(
      `${variable} is unset: run integration tests with the testkit set-up, which starts an API server`,
    )
  return fs.readFileSync(file, 'utf8')
}

/** An administrator's client: what people do with kubectl beside Fairlead. */
export const adminClient = (env: NodeJS.ProcessEnv): KubeClient =>
  connect(parseKubeconfig(testKubeconfig(env, 'FAIRLEAD_TEST_ADMIN_KUBECONFIG'), { development: true }), {
    allow: { cidrs: loopback },
  })

/** Asks again and again until `look` gives something; no timing is asserted, only that it happens at all. */
export async function eventually<T>(
  what: string,
  look: () => Promise<T | null | undefined | false>,
): Promise<T> {
  const giveUpAt = Date.now() + 150_000
  for (;;) {
    const found = await look()
    if (found !== null && found !== undefined && found !== false) return found
    if (Date.now() > giveUpAt) throw new Error(`${what} did not happen`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
