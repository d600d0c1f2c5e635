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
  /** For its processes, beside what is set here. */
  readonly env?: Readonly<Record<string, string>>
}

export interface RunningAirflow {
  readonly url: string
  readonly username: string
  readonly password: string
  stop(): Promise<void>
}

const username = 'admin'
const readyWithinMs = 240_000
const components = ['api-server', 'dag-processor', 'scheduler --skip-serve-logs']

export async function startAirflow(options: AirflowOptions): Promise<RunningAirflow> {
  const environment = await installAirflow(options)
  const password = crypto.randomBytes(12).toString('hex')
  const env = settings(options, environment)
  fs.mkdirSync(options.folder, { recursive: true })
  fs.writeFileSync(path.join(options.folder, 'passwords.json'), JSON.stringify({ [username]: password }))
  const program = path.join(environment, 'bin/airflow')
  await promisify(execFile)(program, ['db', 'migrate'], { env, maxBuffer: 64 * 1024 * 1024 })
  const children = components.map((words) => startComponent(program, words, { env, folder: options.folder }))
  const groups = children.flatMap(({ pid }) => (pid === undefined ? [] : [pid]))
  fs.writeFileSync(pidFile(options.folder), groups.join(' '))
  const stop = () => endLeftovers(options.folder)
  const killAll = (): void => groups.forEach((group) => signalGroup(group, 'SIGKILL'))
  process.once('exit', killAll)
  const url = `http://127.0.0.1:${options.port}`
  try {
    await untilHealthy(url, children)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url,
    username,
    password,
    stop: async () => {
      await stop()
      process.off('exit', killAll)
    },
  }
}

function settings(
  { folder, dagsFolder, port, env = {} }: AirflowOptions,
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
    ...env,
    // A developer's own Airflow, proxies and credentials decide nothing here.
    PATH: `${path.join(environment, 'bin')}:${process.env['PATH'] ?? ''}`,
    HOME: folder,
    AIRFLOW_HOME: folder,
    NO_PROXY: '127.0.0.1',
    ...Object.fromEntries(Object.entries(core).map(([name, value]) => [`AIRFLOW__CORE__${name}`, value])),
    // SQLite lets one write at a time: who finds it locked on a busy machine waits, instead of failing a task.
    AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: `sqlite:///${path.join(folder, 'airflow.db')}?timeout=60`,
    AIRFLOW__API__HOST: '127.0.0.1',
    AIRFLOW__API__PORT: String(port),
    AIRFLOW__API__BASE_URL: url,
    AIRFLOW__API__SECRET_KEY: secret,
    AIRFLOW__API_AUTH__JWT_SECRET: secret,
    AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME: '0.2',
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED: 'False',
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
  if (!fs.existsSync(pidFile(folder))) return
  const groups = fs.readFileSync(pidFile(folder), 'utf8').split(' ').map(Number)
  await Promise.all(groups.filter((group) => group > 1).map(endGroup))
  fs.rmSync(pidFile(folder), { force: true })
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
