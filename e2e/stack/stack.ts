import { createDevclusters, type Devclusters } from '@fairlead/devcluster/devcluster'
import { freePort } from '@fairlead/devservices/free-port'
import { spawn, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')
export const clusterNames = ['staging', 'production'] as const
export type ClusterName = (typeof clusterNames)[number]

/** What the stories need to know of the running stack. */
export interface StackFile {
  readonly url: string
  readonly home: string
  readonly clusters: string
  readonly firstLink: string
  readonly pid: number
  readonly kubeconfigs: Readonly<Record<string, { readonly console: string; readonly admin: string }>>
}

const say = (text: string): void => void process.stderr.write(`  stack: ${text}\n`)

export interface RunningStack {
  readonly file: string
  readonly stack: StackFile
  readonly stop: () => Promise<void>
}

/** `fairlead up` without clusters beside real clusters: the stories register those through the screen. */
export async function startStack(names: readonly ClusterName[] = clusterNames): Promise<RunningStack> {
  const home = fs.mkdtempSync(path.join('/var/tmp', 'fairlead-e2e-'))
  fs.chmodSync(home, 0o755)
  const clustersHome = path.join(home, 'e2e-clusters')
  const devclusters = createDevclusters({ home: clustersHome, onProgress: ({ message }) => say(message) })
  const port = await freePort()
  const up = spawnUp(home, port)
  const stop = async (): Promise<void> => {
    await end(up)
    for (const name of names) await devclusters.delete(name)
    fs.rmSync(home, { recursive: true, force: true })
  }
  try {
    const [firstLink, kubeconfigs] = await Promise.all([firstLinkOf(up), createClusters(devclusters, names)])
    const stack: StackFile = {
      url: `http://127.0.0.1:${port}`,
      home,
      clusters: clustersHome,
      firstLink,
      pid: up.pid ?? 0,
      kubeconfigs,
    }
    const file = path.join(home, 'e2e-stack.json')
    fs.writeFileSync(file, JSON.stringify(stack))
    return { file, stack, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function spawnUp(home: string, port: number): ChildProcess {
  const args = [
    '--optimize-for-size',
    path.join(root, 'apps/cli/bin/fairlead.mjs'),
    'up',
    '--no-clusters',
    '--home',
    home,
    '--port',
    String(port),
  ]
  return spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'pipe'], detached: true })
}

function firstLinkOf(up: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    up.stderr?.on('data', (data: Buffer) => {
      process.stderr.write(data)
      text += data.toString()
      const link = /http:\S+\/invitation\/\S+/.exec(text)?.[0]
      if (link !== undefined) resolve(link)
    })
    up.once('exit', (code) =>
      reject(new Error(`fairlead up ended with ${String(code)}: ${text.slice(-2_000)}`)),
    )
  })
}

async function createClusters(
  devclusters: Devclusters,
  names: readonly ClusterName[],
): Promise<StackFile['kubeconfigs']> {
  if (names.length === 0) return {}
  await devclusters.ensurePrerequisites('real')
  await devclusters.ensureBinaries('real')
  const kubeconfigs: Record<string, { console: string; admin: string }> = {}
  for (const name of names) {
    const info = await devclusters.create(name, { nodes: 'real' })
    kubeconfigs[name] = { console: info.consoleKubeconfig, admin: info.adminKubeconfig }
  }
  return kubeconfigs
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await exited
}
