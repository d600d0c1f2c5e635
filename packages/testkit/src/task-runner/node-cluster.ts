import { createDevclusters, type Devclusters } from '@fairlead/devcluster/devcluster'
import fs from 'node:fs'
import path from 'node:path'

export interface NodeCluster {
  readonly name: string
  /** The rights of infra/rbac, and no more. */
  readonly consoleKubeconfig: string
  readonly adminKubeconfig: string
  /** Stops and starts components: faults on request. */
  readonly devclusters: Devclusters
  close(): Promise<void>
}

/**
 * A cluster of one's own whose node really runs containers: containerd, kubelet and kube-proxy, as root. A cluster
 * named `tasks` in the folder FAIRLEAD_TEST_NODE_CLUSTERS is used as it is, and left.
 */
export async function openNodeCluster(): Promise<NodeCluster> {
  const kept = process.env['FAIRLEAD_TEST_NODE_CLUSTERS']
  const home = kept ?? fs.mkdtempSync(path.join('/var/tmp', 'fl-tasks-'))
  const devclusters = createDevclusters({
    home,
    onProgress: ({ message }) => void process.stderr.write(`  node cluster: ${message}\n`),
  })
  const info = await devclusters.create('tasks', { nodes: 'real' })
  return {
    name: 'tasks',
    consoleKubeconfig: info.consoleKubeconfig,
    adminKubeconfig: info.adminKubeconfig,
    devclusters,
    async close() {
      if (kept !== undefined) return
      await devclusters.delete('tasks')
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}
