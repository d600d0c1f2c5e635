import { fairlead } from '../story/command-line'
import * as given from '../story/given'
import { kubectl } from '../story/kubectl'
import { opens } from '../story/pages'
import { deploys, itReaches } from '../story/when'
import { expect, story, type World } from '../story/world'

const project = 'swell'
const application = 'swell'

/** One stage over both clusters, the first of them by name first; short where a version never comes up. */
const document = (progress: string): string => `apiVersion: fairlead.dev/v1
kind: Application
metadata: { name: ${application}, project: ${project} }
spec:
  stages:
    - name: fleet
      targets: { clusters: [staging, production], namespace: ${application} }
      deadline: { progress: ${progress}, total: 15m }
      onFailure: hold
      waves:
        order: [{ label: environment, values: [staging, production] }]
        bake: 5s
        failureBudget: 0
`

const image = 'jsonpath={.spec.template.spec.containers[0].image}'
const imageOn = (world: World, cluster: 'staging' | 'production') =>
  kubectl(world, cluster, '-n', application, 'get', 'deploy', 'web', '-o', image)

story(
  'a wave is halted by its failure budget: the next cluster keeps what it has, and a person takes the wave back',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
    await api.application.apply.mutate({ document: document('4m') })
    const first = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    await opens(page, `/rollouts/${first.rollout}`)
    const lanes = page.getByRole('list', { name: 'Waves of fleet' })
    await expect(lanes.getByRole('heading')).toHaveText(['Wave 1', 'Wave 2'])
    await itReaches(api, first.rollout, ['succeeded'])
    await expect(lanes.getByText('Through')).toHaveCount(2)

    await api.application.apply.mutate({ document: document('45s') })
    const broken = await deploys(api, { project, application, version: '2.0.0-broken' })
    await opens(page, `/rollouts/${broken.rollout}`)
    await expect(page.getByText(/The failure budget is spent: 1 of 2 targets failed/).first()).toBeVisible({
      timeout: 300_000,
    })
    await expect(page.getByText('1 of 0 used')).toBeVisible()
    await expect(page.getByRole('list', { name: 'Targets of wave 1' })).toContainText('failed')
    await expect(page.getByRole('list', { name: 'Targets of wave 2' })).toContainText('not started')
    await expect(lanes.getByText('Halted', { exact: true })).toBeVisible()
    await expect(lanes.getByText('Failed: staging')).toBeVisible()
    await expect(lanes.getByText('Through')).toHaveCount(0)

    await page.getByRole('button', { name: 'Roll back waves' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').fill('The first cluster never came up')
    await dialog.getByRole('button', { name: 'Roll back the waves' }).click()
    await itReaches(api, broken.rollout, ['rolled_back'])
    for (const cluster of ['staging', 'production'] as const)
      expect(await imageOn(world, cluster)).toBe('localhost/demo-web:1.0.0')
  },
)

story('the command line shows the waves, and halts them for good', async ({ world }) => {
  const { api } = await world.browserOf('Ada')
  await api.application.apply.mutate({ document: document('4m').replace('bake: 5s', 'bake: 1h') })
  const next = await deploys(api, { project, application, version: '1.1.0' })
  const { secret: token } = await api.token.create.mutate({
    name: 'swell',
    project,
    role: 'deployer',
    expires: '1d',
  })
  const reader = { url: world.stack.url, token }
  await expect(async () => {
    const shown = await fairlead(reader, 'rollout', 'show', next.rollout)
    expect(shown.stdout).toMatch(/wave 1 baking 0\/1, wave 2 waits 0\/1; failed 0 of 0 that may/)
    expect(shown.stdout).toMatch(/waiting: Wave 1 bakes/)
  }).toPass({ timeout: 240_000 })
  const halted = await fairlead(reader, 'rollout', 'halt', next.rollout, '--reason', 'Enough')
  expect([halted.exitCode, halted.stdout]).toEqual([0, expect.stringContaining('Halted.')])
  const again = await fairlead(reader, 'rollout', 'halt', next.rollout, '--reason', 'Enough')
  expect(again.exitCode).not.toBe(0)
  const back = await fairlead(reader, 'rollout', 'rollback-waves', next.rollout, '--reason', 'Enough')
  expect([back.exitCode, back.stdout]).toEqual([0, expect.stringContaining('Rolling back 1 target.')])
  await itReaches(api, next.rollout, ['rolled_back'])
  expect(await imageOn(world, 'staging')).toBe('localhost/demo-web:1.0.0')
})
