import { createDevclusters, type Devclusters } from '@fairlead/devcluster/devcluster'
import type { ClusterInfo } from '@fairlead/devcluster/cluster-types'
import { messageOf } from '@fairlead/contracts/errors'
import fs from 'node:fs'
import type { Installation } from './installation'

export const localClusters = [
  { name: 'staging', environment: 'staging', labels: { region: 'local-1' } },
  { name: 'production', environment: 'production', labels: { region: 'local-2' } },
] as const

export interface LocalClusterOptions {
  readonly folder: string
  readonly installation: Installation
  readonly say: (detail: string) => void
  readonly signal: AbortSignal
}

export interface LocalClusters {
  /** Names of the clusters that this run created or started: what Ctrl-C stops. */
  readonly started: readonly string[]
  stop(): Promise<void>
}

/** Brings up the local clusters one after the other and registers each as soon as it answers. */
export async function bringUpClusters(options: LocalClusterOptions): Promise<LocalClusters> {
  const { installation, say } = options
  const devclusters = createDevclusters({
    home: options.folder,
    signal: options.signal,
    onProgress: ({ cluster, step, message, percent }) => {
      say(`${cluster === undefined ? '' : `${cluster}: `}${message}`)
      const names = cluster === undefined ? localClusters.map((row) => row.name) : [cluster]
      for (const name of names)
        void installation.provisionProgress({ name, step, message, percent: percent ?? null })
    },
  })
  const started: string[] = []
  try {
    await devclusters.ensurePrerequisites('real')
    await devclusters.ensureBinaries('real')
    for (const cluster of localClusters) {
      const wasRunning = await isRunning(devclusters, cluster.name)
      if (!wasRunning) started.push(cluster.name)
      const info = await devclusters.create(cluster.name, { nodes: 'real' })
      await register(installation, cluster, info)
    }
  } catch (error) {
    for (const { name } of localClusters)
      await installation.provisionProgress({ name, step: 'failed', message: messageOf(error), percent: null })
    await stopAll(devclusters, started)
    throw error
  }
  return { started, stop: () => stopAll(devclusters, started) }
}

/** Takes those of the system where there are some, and minutes where there are none. */
export async function buildRenderers(
  folder: string,
  say: (detail: string) => void,
  signal: AbortSignal,
): Promise<void> {
  await createDevclusters({
    home: folder,
    signal,
    onProgress: ({ message }) => say(message),
  }).ensureRenderers()
}

async function isRunning(devclusters: Devclusters, name: string): Promise<boolean> {
  return (await devclusters.list()).some((cluster) => cluster.name === name && cluster.state === 'running')
}

const stopAll = async (devclusters: Devclusters, names: readonly string[]): Promise<void> =>
  void (await Promise.allSettled(names.map((name) => devclusters.stop(name))))

async function register(
  installation: Installation,
  cluster: (typeof localClusters)[number],
  info: ClusterInfo,
): Promise<void> {
  const kubeconfig = fs.readFileSync(info.consoleKubeconfig, 'utf8')
  await installation.registerCluster({
    name: cluster.name,
    environment: cluster.environment,
    labels: { ...cluster.labels },
    kubeconfig,
  })
  await installation.provisionDone(cluster.name)
}
