import { createDevclusters } from '@fairlead/devcluster/devcluster'
import type { ComponentName } from '@fairlead/devcluster/cluster-types'
import { planNetwork } from '@fairlead/devcluster/network-plan'
import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { compactEtcd } from './compact-etcd'

export interface OwnCluster {
  /** Kubeconfigs as text: the rights of infra/rbac, and an administrator's. */
  readonly consoleKubeconfig: string
  readonly adminKubeconfig: string
  stop(component: ComponentName): Promise<void>
  start(component: ComponentName): Promise<void>
  /** kubectl of the cluster's version with an administrator's rights; a code that isn't 0 is an answer, no error. */
  kubectl(...args: readonly string[]): Promise<Said>
  /** etcd forgets every version but the present one. */
  compact(): Promise<void>
  /** The API server starts again with this certificate, which the kubeconfigs do not trust. */
  serveWith(certificate: { readonly certPem: string; readonly keyPem: string }): Promise<void>
  close(): Promise<void>
}

export interface Said {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
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
    kubectl: async (...args) => {
      const cache = path.join(home, 'kubectl-cache')
      const all = ['--kubeconfig', info.adminKubeconfig, '--cache-dir', cache, ...args]
      return said(await devclusters.kubectl(), all)
    },
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

const said = (command: string, args: readonly string[]): Promise<Said> =>
  new Promise((resolve, reject) =>
    execFile(command, args, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      if (typeof code === 'number') resolve({ code, stdout, stderr })
      else reject(error ?? new Error(`${command} ended without a code`))
    }),
  )
