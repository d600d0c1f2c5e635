import { createDevclusters } from '@fairlead/devcluster/devcluster'
import type { ComponentName } from '@fairlead/devcluster/cluster-types'
import fs from 'node:fs'
import path from 'node:path'

export interface OwnCluster {
  /** Kubeconfigs as text: the rights of infra/rbac, and an administrator's. */
  readonly consoleKubeconfig: string
  readonly adminKubeconfig: string
  stop(component: ComponentName): Promise<void>
  start(component: ComponentName): Promise<void>
  close(): Promise<void>
}

/** A control plane with simulated nodes for one test file, which may take it apart. */
export async function openOwnCluster(simulatedNodes = 2): Promise<OwnCluster> {
  const name = 'own'
  const home = fs.mkdtempSync(path.join('/var/tmp', 'fl-own-'))
  const devclusters = createDevclusters({
    home,
    onProgress: ({ message }) => void process.stderr.write(`  own cluster: ${message}\n`),
  })
  const info = await devclusters.create(name, { nodes: 'simulated', simulatedNodes })
  return {
    consoleKubeconfig: fs.readFileSync(info.consoleKubeconfig, 'utf8'),
    adminKubeconfig: fs.readFileSync(info.adminKubeconfig, 'utf8'),
    stop: (component) => devclusters.stopComponent(name, component),
    start: (component) => devclusters.startComponent(name, component),
    async close() {
      await devclusters.delete(name)
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}
