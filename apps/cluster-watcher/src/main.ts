/**
 * Follows every registered cluster and writes what it sees into the inventory. lease.ts decides which clusters this
 * process watches, cluster-watch.ts runs one of them; the work itself is in packages/inventory/src/watch-cluster.ts.
 */
import crypto from 'node:crypto'
import os from 'node:os'
import v8 from 'node:v8'
import { messageOf } from '@fairlead/contracts/errors'
import { openDatabase } from '@fairlead/db/database'
import { openFastSql } from '@fairlead/db/fast-sql'
import { createClusterConnections } from '@fairlead/inventory/connections'
import { pruneEvents } from '@fairlead/inventory/ingest-events'
import { sourceSettings } from '@fairlead/inventory/source-settings'
import { pruneUsage } from '@fairlead/inventory/usage/write-usage'
import { createCipher } from '@fairlead/kernel/cipher'
import { createQueues } from '@fairlead/queue/queues'
import { startWorker } from '@fairlead/queue/worker'
import { queueOptionsOf } from '@fairlead/queue/process-env'
import { stopOnSignal } from '@fairlead/queue/worker-process'
import { pino } from 'pino'
import { startClusterWatch } from './cluster-watch'
import { readEnv } from './env'
import { startLeaseKeeper } from './lease'

// This process has to stay small beside 10,000 objects.
v8.setFlagsFromString('--optimize-for-size')

const env = readEnv()
const log = pino({ name: 'cluster-watcher', level: env.LOG_LEVEL, base: { pid: process.pid } })
const clock = (): Date => new Date()
const db = openDatabase({ url: env.DATABASE_URL, poolSize: 4 })
const sql = openFastSql({ url: env.DATABASE_URL, poolSize: 8 })
const queueOptions = queueOptionsOf(env)
const queues = createQueues(queueOptions)
const connections = createClusterConnections({
  db,
  cipher: createCipher(env.FAIRLEAD_ENCRYPTION_KEY),
  allowedCidrs: env.FAIRLEAD_ALLOWED_CIDRS,
  sources: sourceSettings(env),
  userAgent: 'fairlead-cluster-watcher',
})

const keeper = startLeaseKeeper({
  db,
  holder: `${os.hostname()}/${process.pid}/${crypto.randomBytes(4).toString('hex')}`,
  start: (lease, cluster) => startClusterWatch({ db, sql, connections, queues, clock, log }, lease, cluster),
  onLease: (event, { clusterId, epoch }) => log.info({ clusterId, epoch: Number(epoch) }, `lease ${event}`),
  onError: (error, clusterId) =>
    log.warn({ clusterId, reason: messageOf(error) }, 'leases will be tried again'),
})

const worker = startWorker({
  ...queueOptions,
  application: 'cluster-watcher',
  clock,
  handlers: {
    cluster: async (clusterId) => {
      await keeper.look(clusterId)
      return { settled: true }
    },
  },
  onError: (doorbell, key, error) =>
    log.warn({ doorbell, key, reason: messageOf(error) }, 'a bell was not answered'),
})

const hourMs = 3_600_000
const pruning = setInterval(() => {
  Promise.all([pruneEvents(db, clock()), pruneUsage(db, clock())]).then(
    ([events, usage]) => log.debug({ events, usage }, 'what is too old was dropped'),
    (error: unknown) => log.warn({ reason: messageOf(error) }, 'what is too old could not be dropped'),
  )
}, hourMs)

stopOnSignal(log, async () => {
  clearInterval(pruning)
  await keeper.close()
  await worker.close()
  await queues.close()
  await db.$disconnect()
  await sql.close()
})
log.info('started')
