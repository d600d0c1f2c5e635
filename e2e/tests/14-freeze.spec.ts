import * as given from '../story/given'
import { opens } from '../story/pages'
import { deploys, itReaches } from '../story/when'
import { expect, story } from '../story/world'

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

story(
  'an administrator freezes a project on the screen, and sees the window in the calendar',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
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
    await api.freeze.delete.mutate({ window })
  },
)
