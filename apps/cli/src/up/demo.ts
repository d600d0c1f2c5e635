import { localClusters } from './local-clusters'
import type { Installation } from './installation'
import fs from 'node:fs'
import path from 'node:path'

const project = 'shop'
const namespace = 'checkout'

/** The demo that makes a first look worthwhile: an application whose production stage waits for an approval, and a workflow. */
export async function applyDemo(installation: Installation, root: string): Promise<void> {
  const read = (file: string): string => fs.readFileSync(path.join(root, 'demo', file), 'utf8')
  await installation.ensureProject(project, 'The demo of Fairlead')
  await installation.setDestinations(
    project,
    localClusters.map(({ name }) => ({ cluster: name, namespace })),
  )
  await installation.applyWorkflow(read('workflow.yaml'))
  const created = await installation.applyApplication(read('application.yaml'))
  if (created)
    await installation.deploy({
      project,
      application: 'checkout',
      manifests: read('manifests.yaml'),
      reason: 'The demo',
    })
}
