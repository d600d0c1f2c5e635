/**
 * A real Apache Airflow on the loopback address: SQLite, LocalExecutor, simple auth, one user. install.ts keeps its
 * virtual environment in the cache, airflow.ts starts its three processes and stops them by their process groups.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { installAirflow, type InstallOptions } from './install'

export interface AirflowOptions extends InstallOptions {
  /** For its database, its logs and its configuration; made when missing. */
  readonly folder: string
  /** Python files; put in place before the start, for Airflow looks again only after minutes. */
  readonly dagsFolder: string
  readonly port: number
  /** SQLAlchemy's name of its database; without one it is a SQLite of its own, which lets one write at a time. */
  readonly database?: string
  /** For its processes, beside and before what is set here. */
  readonly env?: Readonly<Record<string, string>>
}

export interface RunningAirflow {
  readonly url: string
  readonly username: string
  readonly password: string
  /** Stops all of it and starts it on the same database, with other secrets: every token of before is refused. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const username = 'admin'
const readyWithinMs = 240_000
const components = ['api-server', 'dag-processor', 'scheduler --skip-serve-logs']

export async function startAirflow(options: AirflowOptions): Promise<RunningAirflow> {
  const environment = await installAirflow(options)
  const password = crypto.randomBytes(12).toString('hex')
  const { folder } = options
  fs.mkdirSync(folder, { recursive: true })
  fs.writeFileSync(path.join(folder, 'passwords.json'), JSON.stringify({ [username]: password }))
  const program = path.join(environment, 'bin/airflow')
  const url = `http://127.0.0.1:${options.port}`
  const env = settings(options, environment)
  await promisify(execFile)(program, ['db', 'migrate'], { env, maxBuffer: 64 * 1024 * 1024 })
  const killAll = (): void => groupsIn(folder).forEach((group) => signalGroup(group, 'SIGKILL'))
  process.once('exit', killAll)
  const begin = () => startComponents({ program, url, folder, env: settings(options, environment) })
  await begin()
  return {
    url,
    username,
    password,
    restart: async () => {
      await endLeftovers(folder)
      await begin()
    },
    stop: async () => {
      await endLeftovers(folder)
      process.off('exit', killAll)
    },
  }
}

interface Components {
  readonly program: string
  readonly url: string
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

async function startComponents({ program, url, folder, env }: Components): Promise<void> {
  const children = components.map((words) => startComponent(program, words, { env, folder }))
  const groups = children.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  fs.writeFileSync(pidFile(folder), groups.join(' '))
  try {
    await untilHealthy(url, children)
  } catch (error) {
    await endLeftovers(folder)
    throw error
  }
}

function settings(
  { folder, dagsFolder, port, database, env = {} }: AirflowOptions,
  environment: string,
): NodeJS.ProcessEnv {
  const url = `http://127.0.0.1:${port}`
  const core = {
    LOAD_EXAMPLES: 'False',
    DAGS_FOLDER: dagsFolder,
    DAGS_ARE_PAUSED_AT_CREATION: 'False',
    PARALLELISM: '2',
    SIMPLE_AUTH_MANAGER_USERS: `${username}:admin`,
    SIMPLE_AUTH_MANAGER_PASSWORDS_FILE: path.join(folder, 'passwords.json'),
    EXECUTION_API_SERVER_URL: `${url}/execution/`,
  }
  const secret = crypto.randomBytes(32).toString('hex')
  return {
    // A developer's own Airflow, proxies and credentials decide nothing here.
    PATH: `${path.join(environment, 'bin')}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    AIRFLOW_HOME: folder,
    NO_PROXY: '127.0.0.1',
    ...Object.fromEntries(Object.entries(core).map(([name, value]) => [`AIRFLOW__CORE__${name}`, value])),
    // SQLite lets one write at a time: who finds it locked on a busy machine waits, instead of failing a task.
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN:
      database ?? `sqlite:///${path.join(folder, 'airflow.db')}?timeout=60`,
    AIRFLOW__API__HOST: '127.0.0.1',
    AIRFLOW__API__PORT: String(port),
    AIRFLOW__API__BASE_URL: url,
    AIRFLOW__API__SECRET_KEY: secret,
    AIRFLOW__API_AUTH__JWT_SECRET: secret,
    AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME: '0.2',
    // A task that its API server answers after more than five seconds, on a busy machine, would fail before it began.
    AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT: '60',
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: 'False',
    ...env,
  }
}

function startComponent(
  program: string,
  words: string,
  { env, folder }: { env: NodeJS.ProcessEnv; folder: string },
): ChildProcess {
  const [name = ''] = words.split(' ')
  const log = fs.openSync(path.join(folder, `${name}.log`), 'a')
  // A group of its own: what it forks is ended with it.
  const child = spawn(program, words.split(' '), { env, detached: true, stdio: ['ignore', log, log] })
  fs.closeSync(log)
  return child
}

async function untilHealthy(url: string, children: readonly ChildProcess[]): Promise<void> {
  const giveUpAt = Date.now() + readyWithinMs
  for (;;) {
    const health = await fetch(`${url}/api/v2/monitor/health`).then(
      async (answer) => (answer.ok ? answer.text() : ''),
      () => '',
    )
    if (/"scheduler":\{"status":"healthy"/.test(health)) return
    if (children.some(({ exitCode }) => exitCode !== null))
      throw new Error('A component of Airflow ended while it was starting; its log is in its folder.')
    if (Date.now() > giveUpAt) throw new Error(`Airflow was not healthy within ${readyWithinMs / 1_000} s.`)
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

const pidFile = (folder: string): string => path.join(folder, 'process-groups')

/** Ends what was started in this folder and still runs, whoever started it. */
export async function endLeftovers(folder: string): Promise<void> {
  await Promise.all(groupsIn(folder).map(endGroup))
  fs.rmSync(pidFile(folder), { force: true })
}

function groupsIn(folder: string): readonly number[] {
  if (!fs.existsSync(pidFile(folder))) return []
  const groups = fs.readFileSync(pidFile(folder), 'utf8').split(' ').map(Number)
  return groups.filter((group) => group > 1)
}

function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal)
    return true
  } catch {
    return false
  }
}

/** The API server takes its time after SIGTERM; nothing here is worth waiting for it. */
async function endGroup(group: number): Promise<void> {
  signalGroup(group, 'SIGTERM')
  const killAt = Date.now() + 3_000
  while (signalGroup(group, 0)) {
    if (Date.now() > killAt) signalGroup(group, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
