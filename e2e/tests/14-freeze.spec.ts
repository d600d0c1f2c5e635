import { fairlead } from '../story/command-line'
import * as given from '../story/given'
import { imageOf, kubectl } from '../story/kubectl'
import { opens } from '../story/pages'
import { deploys, itReaches } from '../story/when'
import { expect, story, type World } from '../story/world'

const project = 'frost'
const application = 'frost'
const window = 'year-end'

const hours = (count: number): string => new Date(Date.now() + count * 3_600_000).toISOString()
/** Of this project alone: other stories go on beside it. */
const document = (): string => `apiVersion: fairlead.dev/v1
kind: FreezeWindow
metadata: { name: ${window} }
spec:
  mode: deny
  reason: The books are being closed.
  schedule: { from: "${hours(-1)}", until: "${hours(20)}", timezone: Europe/Kyiv }
  scope: { projects: [${project}] }
`
const replicas = (world: World) =>
  kubectl(world, 'staging', '-n', application, 'get', 'deploy', 'web', '-o', 'jsonpath={.spec.replicas}')
const image = (world: World) => imageOf(world, 'staging', { namespace: application, deployment: 'web' })

story.describe.configure({ mode: 'serial' })

story(
  'an administrator freezes a project on the screen, and sees the window in the calendar',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
    await given.person(world, api, 'Fay', 'deployer', project)
    await given.person(world, api, 'Gus', 'approver', project)
    await api.application.apply.mutate({
      document: given.applicationDocument({ name: application, project, stages: 'staging' }),
    })
    const known = await api.freeze.list.query({})
    if (known.some(({ name }) => name === window)) await api.freeze.delete.mutate({ window })
    const { rollout } = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    await itReaches(api, rollout, ['succeeded'])

    await opens(page, '/settings/freeze')
    await page.getByRole('button', { name: 'Create window' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Document').fill(document().replace(`[${project}]`, '[frots]'))
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await expect(dialog).toContainText('There is no project "frots"')
    await dialog.getByLabel('Document').fill(document())
    await dialog.getByRole('button', { name: 'Apply' }).click()
    await expect(dialog).toBeHidden()
    const weeks = page.getByRole('list', { name: 'Weeks' })
    await expect(weeks.getByText(window).first()).toBeVisible()
    await expect(weeks).toContainText('The books are being closed.')
    await expect(page.getByText('Closed').first()).toBeVisible()
  },
)

story(
  'the freeze refuses a scale and lets a deploy wait; with a second person the deploy passes, and a third reviews it',
  async ({ world }) => {
    const [ada, fay, gus] = [
      await world.browserOf('Ada'),
      await world.browserOf('Fay'),
      await world.browserOf('Gus'),
    ]
    const before = await replicas(world)
    await opens(fay.page, `/workloads/staging/deployments/${application}/web`)
    await fay.page.getByRole('button', { name: 'Scale', exact: true }).click()
    const dialog = fay.page.getByRole('dialog')
    await expect(dialog).toContainText('Frozen: year-end (The books are being closed.)')
    await dialog.getByLabel('Replicas').fill('3')
    await dialog.getByRole('button', { name: 'Scale', exact: true }).click()
    await expect(dialog.getByRole('alert')).toContainText('Frozen: year-end')
    expect(await replicas(world)).toBe(before)

    const { rollout } = await deploys(fay.api, { project, application, version: '1.1.0' })
    await opens(fay.page, `/rollouts/${rollout}`)
    await expect(fay.page.getByText('Waiting for a window').first()).toBeVisible({ timeout: 120_000 })
    await expect(fay.page.getByRole('region', { name: /moving/ })).toContainText('frozen by year-end')
    expect(await image(world)).toContain('1.0.0')

    await fay.page.getByRole('link', { name: 'Ask for an exception' }).click()
    await dialog.getByLabel('Reason').fill('Customers see errors since an hour')
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click()
    await expect(dialog).toBeHidden()
    const [asked] = await fay.api.exception.list.query({})
    expect(asked?.mine.decide.passed).toBe(false)

    await opens(gus.page, `/approvals?item=${asked?.id ?? ''}`)
    await gus.page.getByRole('button', { name: 'Approve' }).first().click()
    await gus.page.getByRole('textbox', { name: /reason/i }).fill('I see them too')
    await gus.page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click()
    await itReaches(fay.api, rollout, ['succeeded'])
    expect(await image(world)).toContain('1.1.0')
    await opens(fay.page, `/rollouts/${rollout}`)
    await expect(
      fay.page.getByText(/held open by an exception|A freeze window is held open/).first(),
    ).toBeVisible()

    await gus.api.exception.withdraw.mutate({ exception: asked?.id ?? '' })
    await opens(ada.page, '/settings/freeze')
    await ada.page.getByRole('button', { name: 'Review' }).first().click()
    await ada.page.getByRole('textbox', { name: /reason/i }).fill('One rollout, and it was the fix')
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Reviewed' }).click()
    await expect
      .poll(async () => (await ada.api.exception.list.query({})).find(({ id }) => id === asked?.id)?.state)
      .toBe('reviewed')
  },
)

story('the command line waits for the window, says so by its exit code, and lists it', async ({ world }) => {
  const { api } = await world.browserOf('Ada')
  const { secret: token } = await api.token.create.mutate({
    name: 'frost',
    project,
    role: 'deployer',
    expires: '1d',
  })
  const ci = { url: world.stack.url, token }
  const deployed = await fairlead(
    ci,
    'deploy',
    '-a',
    application,
    '--image',
    'web=localhost/demo-web:1.0.0',
    '--wait',
    '--timeout',
    '60s',
  )
  expect(deployed.exitCode).toBe(3)
  expect(deployed.stderr).toContain('year-end')
  const scaled = await fairlead(
    ci,
    'scale',
    'deploy/web',
    '--cluster',
    'staging',
    '-n',
    application,
    '--replicas',
    '3',
  )
  expect([scaled.exitCode, scaled.stderr]).toEqual([
    3,
    expect.stringContaining('The books are being closed.'),
  ])
  const listed = await fairlead(ci, 'freeze', 'list', '--json')
  expect(JSON.parse(listed.stdout)).toEqual([expect.objectContaining({ name: window, lasts: true })])
  await api.freeze.delete.mutate({ window })
  const [waiting] = await api.rollout.list.query({ application, active: true })
  await itReaches(api, waiting?.id ?? '', ['succeeded'])
})
