import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeImageArchive } from './image-archive'
import type { ClusterInfo, ComponentName } from './cluster-types'
import type { ClusterContext } from './control-plane'
import { DevclusterError } from './devcluster-error'
import type { Cluster } from './native-cluster'
import { prepareFolders } from './cluster-record'
import { runCommand, tryCommand } from './run-command'
import { KUBERNETES_VERSION } from './versions'

export async function isKindUsable(): Promise<boolean> {
  const [kind, docker] = await Promise.all([
    tryCommand('kind', ['version']).catch(() => undefined),
    tryCommand('docker', ['info', '--format', '{{.ServerVersion}}']).catch(() => undefined),
  ])
  return kind?.code === 0 && docker?.code === 0
}

/**
 * For machines with Docker and kind. Written from kind's documentation and never run by this project's own tests,
 * whose machines have no Docker: kept to a thin layer over kind's commands. The console gets kind's own kubeconfig, and
 * single components can't be stopped.
 */
export function createKindCluster({ record, paths, plan }: ClusterContext): Cluster {
  const kindName = `fairlead-${record.name}`
  const container = `${kindName}-control-plane`
  const unsupported = (component: ComponentName) =>
    Promise.reject(
      new DevclusterError('INVALID_ARGUMENT', `a kind cluster's ${component} can't be stopped on its own`),
    )
  const isRunning = async () => {
    const result = await tryCommand('docker', ['inspect', '--format', '{{.State.Running}}', container])
    return result.code === 0 ? result.stdout.trim() === 'true' : undefined
  }

  return {
    info: async (): Promise<ClusterInfo> => ({
      name: record.name,
      index: record.index,
      nodes: 'real',
      state: (await isRunning()) ? 'running' : 'stopped',
      apiServer: `https://127.0.0.1:${plan.ports.apiserver}`,
      adminKubeconfig: paths.adminKubeconfig,
      consoleKubeconfig: paths.consoleKubeconfig,
      version: KUBERNETES_VERSION,
      components: [],
      serviceCidr: plan.serviceCidr,
      podCidr: plan.podCidr,
    }),
    start: async () => {
      prepareFolders(paths)
      const running = await isRunning()
      if (running === false) await runCommand('docker', ['start', container])
      if (running !== undefined) return
      const config = {
        kind: 'Cluster',
        apiVersion: 'kind.x-k8s.io/v1alpha4',
        networking: {
          apiServerAddress: '127.0.0.1',
          apiServerPort: plan.ports.apiserver,
          podSubnet: plan.podCidr,
          serviceSubnet: plan.serviceCidr,
        },
      }
      const args = [
        'create',
        'cluster',
        '--name',
        kindName,
        '--kubeconfig',
        paths.adminKubeconfig,
        '--wait',
        '120s',
      ]
      await runCommand('kind', [...args, '--config', '-'], { input: JSON.stringify(config) })
      await runCommand('kind', [
        'export',
        'kubeconfig',
        '--name',
        kindName,
        '--kubeconfig',
        paths.consoleKubeconfig,
      ])
    },
    stop: async () => {
      await tryCommand('docker', ['stop', container])
    },
    remove: async () => {
      await runCommand('kind', [
        'delete',
        'cluster',
        '--name',
        kindName,
        '--kubeconfig',
        paths.adminKubeconfig,
      ])
      rmSync(paths.root, { recursive: true, force: true })
    },
    loadImage: async ({ files, ...image }) => {
      const archive = join(paths.root, `image-${process.pid}.tar`)
      writeImageArchive(archive, [{ ...image, layers: [files] }])
      await runCommand('kind', ['load', 'image-archive', archive, '--name', kindName])
      rmSync(archive, { force: true })
    },
    stopComponent: unsupported,
    startComponent: unsupported,
    deleteNode: async (node) => {
      await runCommand('kubectl', ['--kubeconfig', paths.adminKubeconfig, 'delete', 'node', node])
    },
  }
}
