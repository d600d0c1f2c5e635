import { createDevclusters } from '@fairlead/devcluster/devcluster'
import type { ComponentName } from '@fairlead/devcluster/cluster-types'
import { planNetwork } from '@fairlead/devcluster/network-plan'
import fs from 'node:fs'
import path from 'node:path'
import { compactEtcd } from './compact-etcd'

export interface OwnCluster {
  /** Kubeconfigs as text: the rights of infra/rbac, and an administrator's. */
  readonly consoleKubeconfig: string
  readonly adminKubeconfig: string
  stop(component: ComponentName): Promise<void>
  start(component: ComponentName): Promise<void>
  /** etcd forgets every version but the present one. */
  compact(): Promise<void>
  /** The API server starts again with this certificate, which the kubeconfigs do not trust. */
  serveWith(certificate: { readonly certPem: string; readonly keyPem: string }): Promise<void>
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
  const pki = path.join(home, name, 'pki')
  return {
    consoleKubeconfig: fs.readFileSync(info.consoleKubeconfig, 'utf8'),
    adminKubeconfig: fs.readFileSync(info.adminKubeconfig, 'utf8'),
    stop: (component) => devclusters.stopComponent(name, component),
    start: (component) => devclusters.startComponent(name, component),
    compact: () => compactEtcd(pki, planNetwork(name, info.index, 0).ports.etcdClient),
    async serveWith({ certPem, keyPem }) {
      await devclusters.stopComponent(name, 'apiserver')
      fs.writeFileSync(path.join(pki, 'apiserver.crt'), certPem)
      fs.writeFileSync(path.join(pki, 'apiserver.key'), keyPem)
      await devclusters.startComponent(name, 'apiserver')
    },
    async close() {
      await devclusters.delete(name)
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}
