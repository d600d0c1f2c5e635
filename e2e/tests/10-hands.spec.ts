import * as given from '../story/given'
import { kubectl } from '../story/kubectl'
import { deploys, itReaches } from '../story/when'
import { opens } from '../story/pages'
import { expect, story } from '../story/world'

const project = 'hands'
const application = 'hands'
const stages = 'staging' as const

story.describe.configure({ mode: 'serial' })

story(
  'an operator scales, restarts and edits a workload from its page, and reads what each means',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
    await api.application.apply.mutate({
      document: given.applicationDocument({ name: application, project, stages }),
    })
    const first = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    await itReaches(api, first.rollout, ['succeeded'])
    const live = (path: string) =>
      kubectl(world, 'staging', '-n', application, 'get', 'deploy', 'web', '-o', `jsonpath={${path}}`)

    await opens(page, `/workloads/staging/deployments/${application}/web`)
    await page.getByRole('button', { name: 'Scale', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('This is drift: the next rollout sets back')
    await dialog.getByLabel('Replicas').fill('1')
    await dialog.getByRole('button', { name: 'Scale', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => live('.spec.replicas')).toBe('1')

    await page.getByRole('button', { name: 'Restart', exact: true }).click()
    await dialog.getByRole('button', { name: 'Restart', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => live('.spec.template.metadata.annotations')).toContain('restartedAt')

    await page.keyboard.press('y')
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    const editor = page.getByRole('textbox', { name: 'YAML of web' })
    const text = await editor.inputValue()
    const mark = `at-${Date.now()}`
    const without = text.replace(/^ {4}looked-at: .*\n/m, '')
    await editor.fill(without.replace(/^ {2}labels:\n/m, `  labels:\n    looked-at: ${mark}\n`))
    await page.getByRole('button', { name: 'Show the change' }).click()
    await expect(page.getByRole('region', { name: /Your change/ })).toContainText(`looked-at: ${mark}`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => live('.metadata.labels')).toContain(mark)
  },
)

story('in production the typed name comes before a deletion', async ({ world }) => {
  const { page } = await world.browserOf('Ada')
  await given.namespace(world, 'production', application)
  const admin = (...args: readonly string[]) => kubectl(world, 'production', '-n', application, ...args)
  await admin('create', 'service', 'clusterip', 'spare', '--tcp=80')
  await expect(async () => {
    await opens(page, `/workloads/production/services/${application}/spare`)
    await expect(page.getByRole('heading', { name: 'spare' })).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 120_000 })
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog')
  const remove = dialog.getByRole('button', { name: 'Delete', exact: true })
  await expect(remove).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByLabel(/Type spare to go on/).fill('spare')
  await remove.click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => admin('get', 'service', 'spare', '--ignore-not-found', '-o', 'name')).toBe('')
})

story('a node is cordoned and uncordoned, and a drain first shows what would go', async ({ world }) => {
  const { page } = await world.browserOf('Ada')
  const admin = (...args: readonly string[]) => kubectl(world, 'staging', ...args)
  const node = await admin('get', 'node', '-o', 'jsonpath={.items[0].metadata.name}')
  const unschedulable = () => admin('get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}')
  await opens(page, `/workloads/staging/nodes/-/${node}`)
  const dialog = page.getByRole('dialog')
  for (const [hand, wanted] of [
    ['Cordon', 'true'],
    ['Uncordon', ''],
  ] as const) {
    await page.getByRole('button', { name: hand, exact: true }).click()
    await dialog.getByRole('button', { name: hand, exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(unschedulable).toBe(wanted)
  }
  await page.getByRole('button', { name: 'Drain', exact: true }).click()
  await expect(dialog.getByRole('list', { name: 'Pods of the node' })).toContainText('coredns')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect(await unschedulable()).toBe('')
})
