import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApiClient, type ApiClient } from './api-client'
import type { BringUpDeps } from './bring-up-deps'
import { consoleManifests, corednsManifests, kubeletAccess } from './bootstrap-manifests'
import { prepareFolders } from './cluster-record'
import type { ComponentName } from './cluster-types'
import { clusterComponents } from './components'
import { apiServerUrl, certificateRequests, type ClusterContext } from './control-plane'
import { runningPid, startDetached } from './detached-process'
import { isRoot } from './env'
import { loadDefaultImages } from './image-loader'
import { writeCertificateKubeconfig, writeKubeconfig } from './kubeconfig'
import { blackholeRanges, ensureNetwork } from './node-network'
import { ensurePki } from './pki'
import { bindKubeletRoot, clearNode, writeNodeFiles } from './real-node'
import { assertAlive, nodesReady } from './cluster-readiness'
import { ensureSimulatedNodes } from './simulated-nodes'
import { waitUntil } from './wait-until'

/** Makes the cluster run, from whatever state it is in: new, stopped, half killed, or after a reboot. */
export async function bringUp(context: ClusterContext, deps: BringUpDeps): Promise<void> {
  const { record, paths, plan } = context
  deps.report({ step: 'prepare', message: 'certificates and networks', percent: 5 })
  prepareFolders(paths)
  await ensurePki(paths.pki, certificateRequests(context))
  writeKubeconfigs(context)
  await prepareNodes(context, deps)

  deps.report({ step: 'control-plane', message: 'starting etcd and the API server', percent: 20 })
  await start(context, deps, ['etcd', 'apiserver'])
  const api = createApiClient(apiServerUrl(plan), paths.pki)
  try {
    await apiServerReady(context, api, deps)
    deps.report({ step: 'nodes', message: 'starting controllers and nodes', percent: 40 })
    await start(context, deps, ['controller-manager', 'scheduler', 'kwok', 'containerd'])
    if (record.nodes === 'real') await loadDefaultImages(context, deps.cacheDir)
    await bootstrap(context, api)
    const restartedAt = Date.now()
    const restarted = await start(context, deps, ['kubelet', 'proxy'])
    await writeConsoleKubeconfig(context, api, deps)
    deps.report({ step: 'ready', message: 'waiting for nodes and cluster DNS', percent: 80 })
    await nodesReady(context, { api, deps, reportedSince: restarted ? restartedAt : 0 })
    deps.report({
      step: 'ready',
      message: `${record.name} is running at ${apiServerUrl(plan)}`,
      percent: 100,
    })
  } finally {
    api.close()
  }
}

async function prepareNodes(context: ClusterContext, deps: BringUpDeps): Promise<void> {
  if (context.record.nodes === 'simulated') {
    if (isRoot()) await blackholeRanges(context.plan)
    return
  }
  const components = clusterComponents(context, deps.cacheDir)
  const containerdOf = (name: string) =>
    components.find((c) => c.name === 'containerd' && c.node?.name === name)
  for (const node of context.plan.nodes) {
    const containerd = containerdOf(node.name)
    const untouched = containerd && runningPid(containerd.process.pidFile) !== undefined
    if (!untouched) await clearNode(context, node)
  }
  await ensureNetwork(context.plan)
  for (const node of context.plan.nodes) {
    writeNodeFiles(context, node)
    await bindKubeletRoot(context, node)
  }
}

/** Whether any of them had to be started. */
async function start(
  context: ClusterContext,
  deps: BringUpDeps,
  names: readonly ComponentName[],
): Promise<boolean> {
  const idle = clusterComponents(context, deps.cacheDir).filter(
    ({ name, process }) => names.includes(name) && runningPid(process.pidFile) === undefined,
  )
  for (const { process } of idle) await startDetached(process)
  return idle.length > 0
}

function writeKubeconfigs({ record, paths, plan }: ClusterContext): void {
  const write = (file: string, user: string, host?: string) =>
    writeCertificateKubeconfig(file, {
      cluster: record.name,
      server: apiServerUrl(plan, host),
      pki: paths.pki,
      user,
    })
  write(paths.adminKubeconfig, 'admin')
  const local = record.nodes === 'simulated' ? ['kwok'] : []
  for (const user of ['controller-manager', 'scheduler', ...local]) {
    write(join(paths.config, `${user}.kubeconfig`), user)
  }
  if (record.nodes === 'real') write(join(paths.config, 'proxy.kubeconfig'), 'proxy', plan.hostAddress)
  for (const { ordinal } of plan.nodes) {
    write(join(paths.config, `kubelet-${ordinal}.kubeconfig`), `kubelet-${ordinal}`, plan.hostAddress)
  }
}

async function apiServerReady(context: ClusterContext, api: ApiClient, deps: BringUpDeps): Promise<void> {
  const watched = clusterComponents(context, deps.cacheDir).filter(
    ({ name }) => name === 'etcd' || name === 'apiserver',
  )
  await waitUntil(
    async () => {
      assertAlive(watched)
      const { status, text } = await api.send('GET', '/readyz')
      return status === 200 && text === 'ok' ? true : undefined
    },
    { what: `the API server of ${context.record.name}`, timeoutMs: 120_000, signal: deps.signal },
  )
}

async function bootstrap(context: ClusterContext, api: ApiClient): Promise<void> {
  for (const document of consoleManifests()) await api.apply(document)
  if (context.record.nodes === 'simulated') {
    await ensureSimulatedNodes(api, context.record.simulatedNodes)
    return
  }
  await api.apply(kubeletAccess())
  for (const document of corednsManifests(context.plan)) await api.apply(document)
}

async function writeConsoleKubeconfig(
  context: ClusterContext,
  api: ApiClient,
  deps: BringUpDeps,
): Promise<void> {
  const { record, paths, plan } = context
  const token = await waitUntil(
    async () => {
      const secret = (await api.get('/api/v1/namespaces/fairlead-system/secrets/fairlead-console-token')) as {
        data?: { token?: string }
      }
      return secret.data?.token
    },
    { what: "the console's token", timeoutMs: 60_000, signal: deps.signal },
  )
  writeKubeconfig(paths.consoleKubeconfig, {
    cluster: record.name,
    server: apiServerUrl(plan),
    caPem: readFileSync(join(paths.pki, 'ca.crt'), 'utf8'),
    user: 'fairlead-console',
    credentials: { token: Buffer.from(token, 'base64').toString('utf8') },
  })
}
