import { createDevclusters } from '@fairlead/devcluster/devcluster'
import fs from 'node:fs'
import path from 'node:path'

const name = 'test'

/**
 * Vitest's global set-up of a real API server with controllers, scheduler and simulated nodes. Tests find it by
 * FAIRLEAD_TEST_KUBECONFIG (the console's rights), FAIRLEAD_TEST_ADMIN_KUBECONFIG, and FAIRLEAD_TEST_CLUSTERS (the
 * folder from which createDevclusters stops and starts components). A set FAIRLEAD_TEST_KUBECONFIG is left alone.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env['FAIRLEAD_TEST_KUBECONFIG'] !== undefined) return async () => undefined
  const home = fs.mkdtempSync(path.join('/var/tmp', 'fairlead-cluster-'))
  const devclusters = createDevclusters({
    home,
    onProgress: ({ message }) => void process.stderr.write(`  cluster: ${message}\n`),
  })
  await devclusters.ensurePrerequisites('simulated')
  await devclusters.ensureBinaries('simulated')
  const info = await devclusters.create(name, { nodes: 'simulated', simulatedNodes: 4 })
  process.env['FAIRLEAD_TEST_KUBECONFIG'] = info.consoleKubeconfig
  process.env['FAIRLEAD_TEST_ADMIN_KUBECONFIG'] = info.adminKubeconfig
  process.env['FAIRLEAD_TEST_CLUSTERS'] = home
  return async () => {
    await devclusters.delete(name)
    fs.rmSync(home, { recursive: true, force: true })
  }
}
