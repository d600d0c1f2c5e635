import { existsSync, rmSync } from 'node:fs'
import { createApiClient } from './api-client'
import { bringUp } from './bring-up'
import type { BringUpDeps } from './bring-up-deps'
import type { ClusterInfo, ClusterState, ComponentName, DevImage } from './cluster-types'
import { clusterComponents, componentStatus, type Component } from './components'
import { apiServerUrl, type ClusterContext } from './control-plane'
import { startDetached, stopDetached } from './detached-process'
import { DevclusterError } from './devcluster-error'
import { isRoot } from './env'
import { loadImages } from './image-loader'
import { removeBlackholes, removeNetwork } from './node-network'
import { clearNode } from './real-node'
import { unmountBelow } from './mounts'
import { KUBERNETES_VERSION } from './versions'

/** What can be done with one cluster, however it is made. */
export interface Cluster {
  info(): Promise<ClusterInfo>
  start(): Promise<void>
  stop(): Promise<void>
  remove(): Promise<void>
  loadImage(image: DevImage): Promise<void>
  stopComponent(component: ComponentName, signal?: NodeJS.Signals): Promise<void>
  startComponent(component: ComponentName): Promise<void>
  deleteNode(node: string): Promise<void>
}

const STOP_GRACE_MS = 2_000

/** A cluster of processes on this machine. */
export function createNativeCluster(context: ClusterContext, deps: BringUpDeps): Cluster {
  const { record, paths, plan } = context
  const components = () => clusterComponents(context, deps.cacheDir)
  const named = (name: ComponentName): Component[] => {
    const found = components().filter((component) => component.name === name)
    if (found.length > 0) return found
    throw new DevclusterError(
      'INVALID_ARGUMENT',
      `${record.name} has ${record.nodes} nodes and so no ${name}`,
    )
  }

  const stopAll = async (names: readonly ComponentName[]) => {
    const group = components().filter(({ name }) => names.includes(name))
    await Promise.all(group.map(({ process }) => stopDetached(process.pidFile, { graceMs: STOP_GRACE_MS })))
  }

  const assertRights = () => {
    if (record.nodes === 'simulated' || isRoot()) return
    throw new DevclusterError(
      'PREREQUISITE_MISSING',
      `${record.name} has real nodes: only root can change it`,
    )
  }

  const stop = async () => {
    assertRights()
    // Nodes first, so that the control plane still hears of nothing going wrong; etcd last, when nobody writes.
    await stopAll(['kubelet', 'proxy', 'kwok'])
    await stopAll(['containerd'])
    await Promise.all(plan.nodes.map((node) => clearNode(context, node)))
    await stopAll(['scheduler', 'controller-manager'])
    await stopAll(['apiserver'])
    await stopAll(['etcd'])
    if (record.nodes === 'real') await removeNetwork(plan)
  }

  return {
    info: () => Promise.resolve(describe(context, components())),
    start: () => bringUp(context, deps),
    stop,
    remove: async () => {
      await stop()
      if (isRoot()) await removeBlackholes(plan)
      if (record.nodes === 'real') {
        await unmountBelow(paths.root)
        rmSync(plan.runDir, { recursive: true, force: true })
      }
      rmSync(paths.root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
    loadImage: ({ files, ...image }) => {
      if (record.nodes === 'simulated') return Promise.resolve()
      return loadImages(context, [{ ...image, layers: [files] }])
    },
    stopComponent: async (name, signal = 'SIGTERM') => {
      await Promise.all(
        named(name).map(({ process }) => stopDetached(process.pidFile, { signal, graceMs: STOP_GRACE_MS })),
      )
    },
    startComponent: async (name) => {
      assertRights()
      if (!existsSync(paths.adminKubeconfig)) {
        throw new DevclusterError('NOT_FOUND', `${record.name} was never started: start it first`)
      }
      for (const { process } of named(name)) await startDetached(process)
    },
    deleteNode: async (nodeName) => {
      const node = plan.nodes.find(({ name }) => name === nodeName)
      if (node) await failNode(context, components(), nodeName)
      const api = createApiClient(apiServerUrl(plan), paths.pki)
      try {
        const { status } = await api.send('DELETE', `/api/v1/nodes/${encodeURIComponent(nodeName)}`)
        if (status === 404) throw new DevclusterError('NOT_FOUND', `${record.name} has no node ${nodeName}`)
        if (status >= 300) throw new DevclusterError('API_REFUSED', `deleting ${nodeName} answered ${status}`)
      } finally {
        api.close()
      }
    },
  }
}

/** As if the machine were pulled from the rack: its processes and pods go, `start` brings it back. */
async function failNode(
  context: ClusterContext,
  components: readonly Component[],
  nodeName: string,
): Promise<void> {
  const own = components.filter(({ node }) => node?.name === nodeName)
  for (const { process } of own) await stopDetached(process.pidFile, { signal: 'SIGKILL' })
  for (const node of context.plan.nodes) if (node.name === nodeName) await clearNode(context, node)
}

function describe({ record, paths, plan }: ClusterContext, components: readonly Component[]): ClusterInfo {
  const statuses = components.map(componentStatus)
  const running = statuses.filter((status) => status.running).length
  const networkGone = record.nodes === 'real' && !existsSync(`/sys/class/net/${plan.bridge}`)
  const state: ClusterState =
    running === 0 ? 'stopped' : running === statuses.length && !networkGone ? 'running' : 'partial'
  return {
    name: record.name,
    index: record.index,
    nodes: record.nodes,
    state,
    apiServer: apiServerUrl(plan),
    adminKubeconfig: paths.adminKubeconfig,
    consoleKubeconfig: paths.consoleKubeconfig,
    version: KUBERNETES_VERSION,
    components: statuses,
    serviceCidr: plan.serviceCidr,
    podCidr: plan.podCidr,
  }
}
