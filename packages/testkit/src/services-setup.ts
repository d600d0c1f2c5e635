/**
 * Real parts for tests: services-setup.ts starts one PostgreSQL and one Redis per test run and migrates a template
 * database, database.ts clones it for each test file, queue.ts gives a Redis prefix of one's own, cluster-setup.ts
 * brings up a real API server with simulated nodes, clock.ts is a clock that tests turn by hand.
 */
import { migrate } from '@fairlead/db/migrate'
import { freePort } from '@fairlead/devservices/free-port'
import { startPostgres } from '@fairlead/devservices/postgres'
import { startRedis } from '@fairlead/devservices/redis'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const cacheFolder = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'fairlead')

/** Vitest's global set-up: returns the tear-down. Honours DATABASE_URL_TEST and REDIS_URL_TEST. */
export default async function setup(): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = []
  const folder = fs.mkdtempSync(
    path.join(fs.existsSync('/var/tmp') ? '/var/tmp' : os.tmpdir(), 'fairlead-test-'),
  )
  fs.chmodSync(folder, 0o755)
  if (process.env['DATABASE_URL_TEST'] === undefined) {
    const postgres = await startPostgres({
      folder: path.join(folder, 'pg'),
      port: await freePort(),
      fast: true,
    })
    process.env['DATABASE_URL_TEST'] = postgres.url
    stops.push(postgres.stop)
  }
  if (process.env['REDIS_URL_TEST'] === undefined) {
    const redis = await startRedis({ port: await freePort(), cacheFolder })
    process.env['REDIS_URL_TEST'] = redis.url
    stops.push(redis.stop)
  }
  await migrate(process.env['DATABASE_URL_TEST'])
  return async () => {
    for (const stop of stops) await stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
