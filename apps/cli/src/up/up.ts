/**
 * `fairlead up`: databases → migrations → build → processes → address, and only then local clusters, which
 * join the running console one by one. home.ts keeps the state, services.ts the databases, child-process.ts the
 * processes, local-clusters.ts the clusters, demo.ts the demo. Whatever was started here is stopped here.
 */
import { messageOf } from '@fairlead/contracts/errors'
import { migrate } from '@fairlead/db/migrate'
import { isPortFree } from '@fairlead/devservices/free-port'
import { createDevclusters } from '@fairlead/devcluster/devcluster'
import fs from 'node:fs'
import path from 'node:path'
import { loopbackOnly } from './allowed-endpoints'
import { buildApplications } from './build-applications'
import { startChild, type Child } from './child-process'
import { applyDemo } from './demo'
import { lockHome, openHome, type Home } from './home'
import { openInstallation, type Installation } from './installation'
import { bringUpClusters, buildRenderers } from './local-clusters'
import { terminalProgress, type Progress } from './progress'
import { startServices, type Services } from './services'
import type { UpOptions } from './up-options'

/** Runs until it is interrupted or fails; resolves when everything that it started has stopped. */
export async function up(options: UpOptions): Promise<void> {
  const progress = terminalProgress(process.stderr)
  const url = `http://127.0.0.1:${options.port}`
  const interrupted = interruption(progress)
  if (options.fresh) await forget(options, progress)
  const home = openHome(options.home)
  const unlock = lockHome(home, url)
  const stops: (() => Promise<void>)[] = [async () => unlock()]
  try {
    if (!(await isPortFree(options.port)))
      throw new Error(`Port ${options.port} is busy. Choose another with --port, or stop what listens there.`)
    const services = await progress.step('PostgreSQL and Redis', () => startServices(home, options))
    stops.push(services.stop)
    await progress.step('Database migrations', async (say) =>
      say(`${(await migrate(services.databaseUrl)).length} applied`),
    )
    await progress.step('Build', (say) => buildApplications(options.root, say))
    const installation = await openInstallation({ services, home })
    stops.push(installation.close)
    stops.push(
      await progress.step('Console, watcher and worker', () =>
        startProcesses({ options, home, services, progress, url }),
      ),
    )
    await announce(installation, progress, url)
    if (options.clusters) {
      await joinClusters({ options, home, installation, progress, interrupted, stops })
      await prepareRenderers(home, progress, interrupted)
    }
    await interrupted.promise
  } finally {
    await progress.step('Stopping', async () => {
      for (const stop of stops.reverse())
        await stop().catch((error: unknown) => progress.line(messageOf(error)))
    })
  }
}

interface Interruption {
  readonly signal: AbortSignal
  readonly promise: Promise<void>
}

function interruption(progress: Progress): Interruption {
  const controller = new AbortController()
  const promise = new Promise<void>((resolve) => controller.signal.addEventListener('abort', () => resolve()))
  const onSignal = (): void => {
    if (!controller.signal.aborted) progress.line('\nStopping everything that was started here …')
    controller.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return { signal: controller.signal, promise }
}

async function forget(options: UpOptions, progress: Progress): Promise<void> {
  if (!fs.existsSync(options.home)) return
  const unlock = lockHome(openHome(options.home), '')
  await progress.step('Forgetting earlier state', async (say) => {
    const devclusters = createDevclusters({
      home: path.join(options.home, 'clusters'),
      onProgress: ({ message }) => say(message),
    })
    for (const cluster of await devclusters.list()) await devclusters.delete(cluster.name)
    fs.rmSync(options.home, { recursive: true, force: true })
  })
  unlock()
}

interface Started {
  readonly options: UpOptions
  readonly home: Home
  readonly services: Services
  readonly progress: Progress
  readonly url: string
}

async function startProcesses({
  options,
  home,
  services,
  progress,
  url,
}: Started): Promise<() => Promise<void>> {
  const renderers = await createDevclusters({ home: home.clusters }).renderers()
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: services.databaseUrl,
    REDIS_URL: services.redisUrl,
    FAIRLEAD_URL: url,
    FAIRLEAD_SECRET: home.secrets.sessionSecret,
    FAIRLEAD_ENCRYPTION_KEY: home.secrets.encryptionKey,
    FAIRLEAD_ALLOWED_CIDRS: loopbackOnly.join(','),
    FAIRLEAD_AIRFLOW_CIDRS: loopbackOnly.join(','),
    FAIRLEAD_METRICS_CIDRS: loopbackOnly.join(','),
    FAIRLEAD_SOURCE_CIDRS: loopbackOnly.join(','),
    FAIRLEAD_HELM: renderers.helm,
    FAIRLEAD_KUBECTL: renderers.kubectl,
    PORT: String(options.port),
    HOSTNAME: '127.0.0.1',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  const child = (name: string, folder: string, args: readonly string[]): Child =>
    startChild({
      name,
      args,
      cwd: path.join(options.root, folder),
      env,
      logs: home.logs,
      onRestart: (which, reason) =>
        progress.line(
          `  ! ${which} ended (${reason}); starting it again. See ${path.join(home.logs, `${which}.log`)}`,
        ),
    })
  const next = path.join(options.root, 'node_modules/next/dist/bin/next')
  const children = [
    child('console', 'apps/console', [
      next,
      'start',
      '--port',
      String(options.port),
      '--hostname',
      '127.0.0.1',
    ]),
    child('cluster-watcher', 'apps/cluster-watcher', ['dist/main.js']),
    child('workload-worker', 'apps/workload-worker', ['dist/main.js']),
    child('workflow-worker', 'apps/workflow-worker', ['dist/main.js']),
  ]
  const stop = async (): Promise<void> => void (await Promise.all(children.map((one) => one.stop())))
  const giveUpAt = Date.now() + 60_000
  while (!(await answers(`${url}/api/health`))) {
    if (Date.now() > giveUpAt) {
      await stop()
      throw new Error(
        `The console did not answer within a minute. Its log: ${path.join(home.logs, 'console.log')}`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return stop
}

const answers = async (url: string): Promise<boolean> =>
  fetch(url).then(
    (answer) => answer.ok,
    () => false,
  )

async function announce(installation: Installation, progress: Progress, url: string): Promise<void> {
  const secret = await installation.firstInvitation()
  progress.line(`\n  Fairlead is at ${url}`)
  if (secret !== null)
    progress.line(`  Become its first administrator (this link works once): ${url}/invitation/${secret}`)
  progress.line('  Ctrl-C stops everything that was started here.\n')
}

interface Joining {
  readonly options: UpOptions
  readonly home: Home
  readonly installation: Installation
  readonly progress: Progress
  readonly interrupted: Interruption
  readonly stops: (() => Promise<void>)[]
}

/** A cluster that doesn't come up must not take the console with it: the reason is shown, and up goes on. */
async function joinClusters({
  options,
  home,
  installation,
  progress,
  interrupted,
  stops,
}: Joining): Promise<void> {
  try {
    const clusters = await progress.step('Local clusters staging and production', (say) =>
      bringUpClusters({ folder: home.clusters, installation, say, signal: interrupted.signal }),
    )
    stops.push(clusters.stop)
    if (options.demo) await progress.step('Demo application', () => applyDemo(installation, options.root))
    progress.line('\n  Ready. Try: npx fairlead login, then npx fairlead get pods -A\n')
  } catch (error) {
    if (interrupted.signal.aborted) return
    progress.line(
      `  The local clusters are not available: ${messageOf(error)}\n  The console goes on without them; register others with npx fairlead cluster add.`,
    )
  }
}

/** Nothing waits for them: without them, sources that need one say so, and others go on. */
async function prepareRenderers(home: Home, progress: Progress, { signal }: Interruption): Promise<void> {
  if (signal.aborted) return
  try {
    await progress.step('Helm and Kustomize, for sources', (say) =>
      buildRenderers(home.clusters, say, signal),
    )
  } catch (error) {
    if (!signal.aborted) progress.line(`  Charts and kustomizations can't be rendered: ${messageOf(error)}`)
  }
}
