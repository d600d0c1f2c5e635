import { fairlead } from '../story/command-line'
import * as given from '../story/given'
import { kubectl } from '../story/kubectl'
import { opens } from '../story/pages'
import { deploys, itReaches } from '../story/when'
import { expect, story, type World } from '../story/world'

const project = 'tide'
const application = 'tide'
/** Told once more, it deploys the next release. */
const inSync = /Every object is as release \d+ has it\./
const replicas = (world: World) =>
  kubectl(world, 'staging', '-n', application, 'get', 'deploy', 'web', '-o', 'jsonpath={.spec.replicas}')

story(
  'what somebody changed by kubectl shows its author, and is put back when a deployer asks',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
    await api.application.apply.mutate({
      document: given.applicationDocument({ name: application, project, stages: 'staging' }),
    })
    const { rollout } = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    await itReaches(api, rollout, ['succeeded'])
    await opens(page, `/applications/${project}/${application}?tab=drift`)
    await expect(page.getByText(inSync)).toBeVisible()
    const before = await replicas(world)

    await kubectl(world, 'staging', '-n', application, 'scale', 'deploy/web', '--replicas=5')
    const differing = page.getByRole('list', { name: 'Objects that differ' })
    await expect(differing).toContainText('spec.replicas')
    await expect(differing).toContainText(/by kubectl/)
    await expect(differing).toContainText('replicas: 5')
    await opens(page, '/applications')
    await expect(page.getByRole('list', { name: `Stages of ${application}` })).toContainText('Drifted')

    await opens(page, `/applications/${project}/${application}`)
    await page.getByRole('link', { name: 'What, and by whom' }).click()
    await page.getByRole('button', { name: 'Put back' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(/Deployment web: as release \d+ has it/)
    await dialog.getByLabel('Reason').fill('It was a trial')
    await dialog.getByRole('button', { name: 'Put back' }).click()
    await expect(page.getByText(inSync)).toBeVisible()
    expect(await replicas(world)).toBe(before)
  },
)

story(
  'a stage that heals puts it back by itself, and the command line says how it stands',
  async ({ world }) => {
    const { api } = await world.browserOf('Ada')
    await api.application.apply.mutate({
      document: given
        .applicationDocument({ name: application, project, stages: 'staging' })
        .replace('- name: staging', '- name: staging\n      drift: heal'),
    })
    const before = await replicas(world)
    await kubectl(world, 'staging', '-n', application, 'scale', 'deploy/web', '--replicas=4')
    await expect.poll(() => replicas(world), { timeout: 120_000 }).toBe(before)
    const { secret: token } = await api.token.create.mutate({
      name: 'tide',
      project,
      role: 'deployer',
      expires: '1d',
    })
    const reader = { url: world.stack.url, token }
    await expect(async () => {
      const shown = await fairlead(reader, 'drift', '-a', application)
      expect(shown.stdout).toMatch(/staging\s+staging\s+tide\s+In sync\s+\d+\s/)
    }).toPass({ timeout: 120_000 })
    const refused = await fairlead(reader, 'drift', '-a', application, '--stage', 'staging', '--put-back')
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringContaining('Nothing of stage staging'),
    ])
  },
)
