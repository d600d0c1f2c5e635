import { rolloutIdSchema, type RolloutId } from '@fairlead/contracts/ids'
import { root } from '@fairlead/e2e/stack'
import fs from 'node:fs'
import path from 'node:path'
import { clientOf, ensureNamespace } from './cluster'
import type { BenchStack } from './stack'
import { until } from './wait'

export const demo = { project: 'shop', application: 'checkout', namespace: 'checkout', workload: 'web' }

/** The demo of `npm run up` on both clusters, until its production stage waits for an approval. */
export async function installDemo({ api, ensureCluster }: BenchStack): Promise<RolloutId> {
  const { project, application, namespace } = demo
  for (const name of ['staging', 'production'] as const) {
    const client = clientOf((await ensureCluster(name)).adminKubeconfig)
    await ensureNamespace(client, namespace)
    client.close()
  }
  const read = (file: string): string => fs.readFileSync(path.join(root, 'demo', file), 'utf8')
  await api.project.create.mutate({ name: project, description: 'The demo' })
  const destinations = ['staging', 'production'].map((cluster) => ({ cluster, namespace }))
  await api.project.setDestinations.mutate({ project, destinations })
  await api.application.apply.mutate({ document: read('application.yaml') })
  const change = { manifests: read('manifests.yaml') }
  const { rollout } = await api.rollout.deploy.mutate({ project, application, change, reason: 'The bench' })
  const id = rolloutIdSchema.parse(rollout)
  await until({ what: 'approval to wait for', timeoutMs: 180_000, everyMs: 500 }, async () => {
    const view = await api.rollout.get.query({ rollout: id })
    return view.state === 'waiting' ? true : undefined
  })
  return id
}
