import * as given from '../story/given'
import { kubectl } from '../story/kubectl'
import { opens } from '../story/pages'
import { expect, story, type World } from '../story/world'

const namespace = 'explained'
const admin = (world: World, ...args: readonly string[]) =>
  kubectl(world, 'staging', '-n', namespace, ...args)

/** Again until the watcher has seen what kubectl made. */
const opensObject = async (page: Parameters<typeof opens>[0], address: string, name: string): Promise<void> =>
  expect(async () => {
    await opens(page, address)
    await expect(page.getByRole('heading', { name })).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 120_000 })

story('a pod that fits nowhere says on which nodes, why, and what the scheduler said', async ({ world }) => {
  const { page } = await world.browserOf('Ada')
  await given.namespace(world, 'staging', namespace)
  const spec = JSON.stringify({ spec: { nodeSelector: { disk: 'none' } } })
  await admin(world, 'delete', 'pod', 'stuck', '--ignore-not-found', '--now')
  await admin(world, 'run', 'stuck', '--image=localhost/busybox:1', `--overrides=${spec}`)
  await opensObject(page, `/workloads/staging/pods/${namespace}/stuck`, 'stuck')
  await expect(page.getByRole('main')).toContainText('disk=none')
  await expect(page.getByRole('main')).toContainText(/0\/\d+ nodes are available/)
})

story('a Service whose selector finds no pod says so on its path', async ({ world }) => {
  const { page } = await world.browserOf('Ada')
  await given.namespace(world, 'staging', namespace)
  await admin(world, 'delete', 'service', 'nowhere', '--ignore-not-found')
  await admin(world, 'create', 'service', 'clusterip', 'nowhere', '--tcp=80')
  await opensObject(page, `/network/staging/Service/${namespace}/nowhere`, 'nowhere')
  await expect(page.getByRole('main')).toContainText(/app=nowhere/)
  await expect(page.getByRole('main')).toContainText(/no pod/i)
})
