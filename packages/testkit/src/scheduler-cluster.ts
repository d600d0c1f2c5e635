import { createDevclusters } from '@fairlead/devcluster/devcluster'
import fs from 'node:fs'
import path from 'node:path'

export interface SchedulerCluster {
  /** The rights of infra/rbac, and no more. */
  readonly consoleKubeconfig: string
  readonly adminKubeconfig: string
  close(): Promise<void>
}

/**
 * A cluster of one's own with a real scheduler, real controllers and one simulated node: what other tests do with pods
 * and nodes changes nothing that the scheduler says here. Both kubeconfigs are texts.
 */
export async function openSchedulerCluster(): Promise<SchedulerCluster> {
  const home = fs.mkdtempSync(path.join('/var/tmp', 'fl-sched-'))
  const devclusters = createDevclusters({
    home,
    onProgress: ({ message }) => void process.stderr.write(`  scheduler cluster: ${message}\n`),
  })
  const info = await devclusters.create('sched', { nodes: 'simulated', simulatedNodes: 1 })
  return {
    consoleKubeconfig: fs.readFileSync(info.consoleKubeconfig, 'utf8'),
    adminKubeconfig: fs.readFileSync(info.adminKubeconfig, 'utf8'),
    async close() {
      await devclusters.delete('sched')
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}
