import type { TaskRunner } from '@fairlead/contracts/task-runner'
import { openDatabase, type Database } from '@fairlead/db/database'
import { openFastSql, type FastSql, type RawSql } from '@fairlead/db/fast-sql'
import { migrate } from '@fairlead/db/migrate'
import { freePort } from '@fairlead/devservices/free-port'
import { startPostgres } from '@fairlead/devservices/postgres'
import { startRedis } from '@fairlead/devservices/redis'
import { createQueues } from '@fairlead/queue/queues'
import { startSweep } from '@fairlead/queue/sweep'
import { startWorker } from '@fairlead/queue/worker'
import { createEngine } from '@fairlead/workflow/engine'
import type { EngineSql } from '@fairlead/workflow/run/engine-deps'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { cpuMs, processIn } from './cpu'

export interface EngineBench {
  readonly db: Database
  /** While held, nothing but a bell starts a run: what is queued waits for its measurement. */
  hold(held: boolean): void
  ring(runs: readonly string[]): Promise<void>
  /** Of engine and database, in milliseconds, so far. */
  cpu(): number
  /** SQL statements that the engine has sent, so far. */
  statements(): number
  close(): Promise<void>
}

export const benchCluster = 'one'

/**
 * One engine as apps/workflow-worker binds it, in this process, with a PostgreSQL that really flushes and a Redis of its
 * own; in place of clusters, the runner that is given, which is heard at `places`.
 */
export async function openEngine(
  given: TaskRunner | ((db: Database) => TaskRunner),
  places: readonly string[] = [benchCluster],
): Promise<EngineBench> {
  const home = fs.mkdtempSync(path.join('/var/tmp', 'fairlead-bench-engine-'))
  fs.chmodSync(home, 0o755)
  const folder = path.join(home, 'postgres')
  const postgres = await startPostgres({ folder, port: await freePort() })
  const cacheFolder = path.join(os.homedir(), '.cache/fairlead')
  const redis = await startRedis({ port: await freePort(), cacheFolder })
  await migrate(postgres.url)
  const db = openDatabase({ url: postgres.url, poolSize: 6 })
  const fast = openFastSql({ url: postgres.url, poolSize: 12 })
  const counted = countStatements(fast)
  const runner = typeof given === 'function' ? given(db) : given
  const queues = createQueues({ redisUrl: redis.url })
  const engine = createEngine({
    db,
    sql: counted.sql,
    runner,
    rollouts: { stateOf: async () => ({ kind: 'refused', reason: 'There are no rollouts.' }) },
    destinationsOf: async () => places.map((cluster) => ({ cluster, namespace: '*' })),
    ring: queues.ring,
  })
  const clock = (): Date => new Date()
  const fail = (error: unknown): void => void process.stderr.write(`  ${String(error)}\n`)
  let held = false
  const worker = startWorker({
    redisUrl: redis.url,
    application: 'workflow-worker',
    concurrency: 8,
    clock,
    handlers: { run: engine.reconcile },
    onError: (_, __, error) => fail(error),
  })
  const sweep = startSweep({
    queues,
    doorbell: 'run',
    due: async (now) => (held ? [] : engine.due(now)),
    clock,
    onError: fail,
  })
  const stop = new AbortController()
  const observing = places.map(async (place) => {
    for await (const event of runner.observe(place, stop.signal)) await engine.hear(place, event, clock())
  })
  const upkeep = setInterval(() => void engine.keepHouse(clock()).catch(fail), 250)
  const server = processIn(folder)
  return {
    db,
    hold: (next) => void (held = next),
    ring: (runs) => queues.ring(runs.map((key) => ({ doorbell: 'run', key }))),
    cpu: () => {
      const { user, system } = process.cpuUsage()
      return (user + system) / 1000 + cpuMs(server)
    },
    statements: counted.count,
    close: async () => {
      clearInterval(upkeep)
      stop.abort()
      await Promise.allSettled([sweep.close(), worker.close(), ...observing])
      await queues.close()
      await fast.close()
      await db.$disconnect()
      await redis.stop()
      await postgres.stop()
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}

/** BEGIN and COMMIT count: PostgreSQL answers them as well. */
function countStatements(fast: FastSql): { readonly sql: EngineSql; readonly count: () => number } {
  let count = 0
  const over = (raw: RawSql): RawSql => ({
    $queryRaw: (query) => {
      count += 1
      return raw.$queryRaw(query)
    },
    $executeRaw: (query) => {
      count += 1
      return raw.$executeRaw(query)
    },
  })
  const sql: EngineSql = {
    ...over(fast),
    $transaction: (run) => {
      count += 2
      return fast.$transaction((tx) => run(over(tx)))
    },
  }
  return { sql, count: () => count }
}
