// Local Kubernetes clusters, several at once, without Docker: etcd, control plane, containerd, kubelet and kube-proxy as
// processes of this machine, built from their Go modules and cached by version; or kwok's simulated nodes, without root.
// Main path: devcluster.ts (the factory) -> prerequisites.ts, build-binaries.ts -> machine-index.ts and network-plan.ts
// (one number per cluster, from which ports, addresses and names follow) -> native-cluster.ts -> bring-up.ts, which
// repairs whatever it finds: pki.ts, node-network.ts, real-node.ts, components.ts, image-loader.ts,
// bootstrap-manifests.ts. main.ts is the same for a terminal; kind-cluster.ts is for machines with Docker.
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  ensureBinaries,
  ensureProgram,
  ensureRenderers,
  rendererPaths,
  type Renderers,
} from './build-binaries'
import {
  clusterPaths,
  listRecords,
  readRecord,
  writeRecord,
  type Backend,
  type ClusterRecord,
} from './cluster-record'
import type {
  ClusterInfo,
  ComponentName,
  CreateOptions,
  DevImage,
  MissingPrerequisite,
  NodesKind,
  Progress,
} from './cluster-types'
import { DevclusterError } from './devcluster-error'
import { defaultCacheDir, isRoot, machineStateDir } from './env'
import { withFileLock } from './file-lock'
import { isIndexFree } from './index-availability'
import { createKindCluster, isKindUsable } from './kind-cluster'
import { createMachineIndexes } from './machine-index'
import { createNativeCluster, type Cluster } from './native-cluster'
import { MAX_REAL_NODES, planNetwork, ROOT_INDEXES, USER_INDEXES } from './network-plan'
import { ensurePrerequisites, missingPrerequisites } from './prerequisites'

export interface DevclustersOptions {
  /** State folder, for instance CHECKOUT/.fairlead/clusters. */
  readonly home: string
  readonly cacheDir?: string
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

export interface Devclusters {
  prerequisites(kind?: NodesKind): Promise<{ ok: boolean; missing: MissingPrerequisite[] }>
  ensurePrerequisites(kind: NodesKind): Promise<void>
  /** Builds what `kind` needs; without it, everything. */
  ensureBinaries(kind?: NodesKind): Promise<void>
  /** Path of a kubectl of the clusters' version, built on the first call. */
  kubectl(): Promise<string>
  /** Path of an OCI registry that keeps what it holds in memory, built on the first call. */
  registry(): Promise<string>
  /** Programs that render charts and kustomizations, and meet no cluster: where they are, or will be once they are built. */
  renderers(): Promise<Renderers>
  ensureRenderers(): Promise<Renderers>
  /** Creates, starts or simply returns the cluster, depending on what there is. */
  create(name: string, options: CreateOptions): Promise<ClusterInfo>
  list(): Promise<ClusterInfo[]>
  start(name: string): Promise<ClusterInfo>
  stop(name: string): Promise<void>
  /** Leaves nothing behind; a cluster that doesn't exist is already deleted. */
  delete(name: string): Promise<void>
  loadImage(name: string, image: DevImage): Promise<void>
  stopComponent(name: string, component: ComponentName, signal?: NodeJS.Signals): Promise<void>
  startComponent(name: string, component: ComponentName): Promise<void>
  deleteNode(name: string, node: string): Promise<void>
}

export function createDevclusters(options: DevclustersOptions): Devclusters {
  const home = resolve(options.home)
  const cacheDir = resolve(options.cacheDir ?? defaultCacheDir())
  const report = options.onProgress ?? (() => undefined)
  const { signal } = options
  const announce = (message: string) => report({ step: 'prerequisites', message })
  const indexes = createMachineIndexes({
    stateDir: machineStateDir(),
    range: isRoot() ? ROOT_INDEXES : USER_INDEXES,
    indexOf: (owner) => readRecord(owner.home, owner.name)?.index,
    isFree: isIndexFree,
  })

  const open = (record: ClusterRecord): Cluster => {
    const context = {
      record,
      paths: clusterPaths(home, record.name),
      plan: planNetwork(record.name, record.index, record.realNodes),
    }
    if (record.backend === 'kind') return createKindCluster(context)
    const forCluster = (progress: Omit<Progress, 'cluster'>) => report({ cluster: record.name, ...progress })
    return createNativeCluster(context, { cacheDir, report: forCluster, signal })
  }
  const existing = (name: string): ClusterRecord => {
    clusterPaths(home, name)
    const record = readRecord(home, name)
    if (!record) throw new DevclusterError('NOT_FOUND', `there is no cluster ${name} in ${home}`)
    return record
  }
  const locked = <T>(name: string, body: () => Promise<T>) => {
    clusterPaths(home, name)
    const onWait = (pid: number) =>
      report({ cluster: name, step: 'wait', message: `process ${pid} is at work on it` })
    return withFileLock(join(home, `.${name}.lock`), body, { signal, onWait })
  }

  const allocate = async (name: string, wanted: CreateOptions): Promise<ClusterRecord> => {
    const count = { real: wanted.realNodes ?? 1, simulated: wanted.simulatedNodes ?? 10 }
    assertCounts(count)
    const real = wanted.nodes === 'real'
    const backend: Backend = real && (await isKindUsable()) ? 'kind' : 'native'
    // Before anything is written: a machine that can't run the cluster keeps no trace of it.
    if (backend === 'native') await ensurePrerequisites(wanted.nodes, { cacheDir, announce, signal })
    const record = {
      name,
      backend,
      nodes: wanted.nodes,
      realNodes: real ? count.real : 0,
      simulatedNodes: real ? 0 : count.simulated,
      ...(wanted.tokenWebhook === undefined ? {} : { tokenWebhook: wanted.tokenWebhook }),
      createdAt: new Date().toISOString(),
    }
    const index = await indexes.claim({ home, name }, (claimed) =>
      writeRecord(home, { ...record, index: claimed }),
    )
    return { ...record, index }
  }

  const startRecord = async (record: ClusterRecord): Promise<ClusterInfo> => {
    const cluster = open(record)
    if ((await cluster.info()).state === 'running') return cluster.info()
    if (record.backend === 'native') {
      await ensurePrerequisites(record.nodes, { cacheDir, announce, signal })
      await ensureBinaries(record.nodes, { cacheDir, report, signal })
    }
    if (!(await indexes.reclaim({ home, name: record.name }, record.index))) {
      throw new DevclusterError(
        'NO_FREE_INDEX',
        `another cluster took the addresses of ${record.name}: delete and create it`,
      )
    }
    await cluster.start()
    return cluster.info()
  }

  return {
    prerequisites: async (kind = 'real') => {
      const missing =
        kind === 'real' && (await isKindUsable()) ? [] : await missingPrerequisites(kind, cacheDir)
      return { ok: missing.length === 0, missing }
    },
    ensurePrerequisites: async (kind) => {
      if (kind === 'real' && (await isKindUsable())) return
      await ensurePrerequisites(kind, { cacheDir, announce, signal })
    },
    ensureBinaries: (kind) => ensureBinaries(kind, { cacheDir, report, signal }),
    kubectl: () => ensureProgram('kubectl', { cacheDir, report, signal }),
    registry: () => ensureProgram('registry', { cacheDir, report, signal }),
    renderers: () => rendererPaths(cacheDir),
    ensureRenderers: () => ensureRenderers({ cacheDir, report, signal }),
    create: (name, wanted) =>
      locked(name, async () => {
        const record = readRecord(home, name)
        if (record && record.nodes !== wanted.nodes) {
          throw new DevclusterError(
            'ALREADY_EXISTS',
            `${name} exists with ${record.nodes} nodes: delete it first`,
          )
        }
        return startRecord(record ?? (await allocate(name, wanted)))
      }),
    list: () => Promise.all(listRecords(home).map((record) => open(record).info())),
    start: (name) => locked(name, () => startRecord(existing(name))),
    stop: (name) => locked(name, () => open(existing(name)).stop()),
    delete: (name) =>
      locked(name, async () => {
        const record = readRecord(home, name)
        if (!record) return rmSync(clusterPaths(home, name).root, { recursive: true, force: true })
        await open(record).remove()
        await indexes.release({ home, name }, record.index)
      }),
    loadImage: (name, image) => open(existing(name)).loadImage(image),
    stopComponent: (name, component, how) => open(existing(name)).stopComponent(component, how),
    startComponent: (name, component) => open(existing(name)).startComponent(component),
    deleteNode: (name, node) => open(existing(name)).deleteNode(node),
  }
}

function assertCounts({ real, simulated }: { real: number; simulated: number }): void {
  if (!Number.isInteger(real) || real < 1 || real > MAX_REAL_NODES) {
    throw new DevclusterError(
      'INVALID_ARGUMENT',
      `a cluster has 1 to ${MAX_REAL_NODES} real nodes, not ${real}`,
    )
  }
  if (!Number.isInteger(simulated) || simulated < 0 || simulated > 5_000) {
    throw new DevclusterError('INVALID_ARGUMENT', `a cluster has 0 to 5000 simulated nodes, not ${simulated}`)
  }
}
