import { messageOf } from '@fairlead/contracts/errors'
import { freePort, isPortFree } from '@fairlead/devservices/free-port'
import { startPostgres } from '@fairlead/devservices/postgres'
import { startRedis } from '@fairlead/devservices/redis'
import fs from 'node:fs'
import path from 'node:path'
import type { Home } from './home'
import type { UpOptions } from './up-options'

export interface Services {
  readonly databaseUrl: string
  readonly redisUrl: string
  stop(): Promise<void>
}

/** Starts what no URL was given for; external servers are used as they are and never stopped. */
export async function startServices(home: Home, options: UpOptions): Promise<Services> {
  const stops: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const one of stops.reverse()) await one()
  }
  const logTo = (name: string) => (text: string) =>
    fs.appendFileSync(path.join(home.logs, `${name}.log`), text)
  try {
    let { databaseUrl, redisUrl } = options
    if (databaseUrl === undefined) {
      const port = await steadyPort(home, 'postgres')
      const postgres = await startPostgres({
        folder: home.postgres,
        port,
        password: home.secrets.databasePassword,
        onLog: logTo('postgres'),
      })
      stops.push(postgres.stop)
      databaseUrl = postgres.url
    }
    if (redisUrl === undefined) {
      const redis = await startRedis({
        port: await steadyPort(home, 'redis'),
        cacheFolder: options.cache,
        onLog: logTo('redis'),
      })
      stops.push(redis.stop)
      redisUrl = redis.url
    }
    return { databaseUrl, redisUrl, stop }
  } catch (error) {
    await stop()
    throw new Error(messageOf(error), { cause: error })
  }
}

/** The port of the last run if it is free, so that tools keep working; else any free one. */
async function steadyPort(home: Home, name: string): Promise<number> {
  const file = path.join(home.folder, `${name}.port`)
  const last = fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0
  const port = last > 0 && (await isPortFree(last)) ? last : await freePort()
  fs.writeFileSync(file, String(port))
  return port
}
