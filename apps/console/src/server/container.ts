import 'server-only'
/**
 * The composition root of the console: container.ts opens what a process has once, entries.ts joins the rooms, feed.ts
 * wires the live stream and shells.ts the terminals; request.ts makes a call out of an HTTP request and reader.ts one out
 * of a page.
 */
import { createAirflowConnections } from '@fairlead/airflow/connections'
import { createLiveFeed } from '@fairlead/api/live-feed'
import type { LiveFeed } from '@fairlead/api/trpc'
import { openDatabase, type Database } from '@fairlead/db/database'
import { openFastSql } from '@fairlead/db/fast-sql'
import { createIdentity, type Identity } from '@fairlead/identity/identity'
import { createClusterConnections } from '@fairlead/inventory/connections'
import { sourceSettings } from '@fairlead/inventory/source-settings'
import { createCipher } from '@fairlead/kernel/cipher'
import type { Services } from '@fairlead/kernel/context'
import type { Entries } from '@fairlead/kernel/door'
import { queueOptionsOf } from '@fairlead/queue/process-env'
import { createQueues } from '@fairlead/queue/queues'
import { env, origins } from '@/env'
import { composeEntries } from './entries'
import { feedDeps } from './feed'
import { log } from './log'
import { shellUpgrades } from './shells'
import { answerUpgrades } from './upgrades'

export interface Container {
  readonly db: Database
  readonly services: Services
  readonly identity: Identity
  readonly entries: Entries
  readonly live: LiveFeed
  readonly trustedOrigins: readonly string[]
}

function createContainer(): Container {
  const settings = env()
  const clock = () => new Date()
  const db = openDatabase({ url: settings.DATABASE_URL, poolSize: 20 })
  const sql = openFastSql({ url: settings.DATABASE_URL, poolSize: 2 })
  const cipher = createCipher(settings.FAIRLEAD_ENCRYPTION_KEY)
  const queues = createQueues(queueOptionsOf(settings))
  const trustedOrigins = origins(settings)
  const identity = createIdentity({
    db,
    kernel: db,
    baseUrl: settings.FAIRLEAD_URL,
    secret: settings.FAIRLEAD_SECRET,
    trustedOrigins,
    clock,
  })
  const connections = createClusterConnections({
    db,
    cipher,
    allowedCidrs: settings.FAIRLEAD_ALLOWED_CIDRS,
    sources: sourceSettings(settings),
  })
  const airflow = { db, cipher, allowedCidrs: settings.FAIRLEAD_AIRFLOW_CIDRS, clock }
  const airflows = createAirflowConnections(airflow)
  // A rollout's page shows what its worker wrote when an Airflow is slow: it does not wait for it.
  const gateAirflows = createAirflowConnections({ ...airflow, timeoutMs: 2_000 })
  answerUpgrades(shellUpgrades({ db, identity, connections, clock, trustedOrigins }))
  const onInternalError = (error: unknown, entry: string): void => log.error({ err: error, entry }, 'failed')
  return {
    db,
    services: { db, queues, clock, onInternalError },
    identity,
    entries: composeEntries({ db, cipher, connections, airflows, gateAirflows }),
    live: createLiveFeed(feedDeps({ db, sql, identity, url: settings.DATABASE_URL, clock })),
    trustedOrigins,
  }
}

/** Pages and route handlers are bundled apart, and a development reload loads modules anew: one process, one container. */
const store = globalThis as typeof globalThis & { fairleadContainer?: Container }
export const container = (): Container => (store.fairleadContainer ??= createContainer())
