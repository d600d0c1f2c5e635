import { createGitServer } from '@fairlead/testkit/git-server'
import { fairlead } from '../story/command-line'
import * as given from '../story/given'
import { opens } from '../story/pages'
import { itReaches } from '../story/when'
import { expect, story } from '../story/world'

story(
  'a commit becomes a release and is deployed; a broken one shows its error, and the release stays',
  async ({ world }, { retry }) => {
    // Told again, it begins with an application of its own: its releases are counted.
    const project = retry === 0 ? 'orchard' : `orchard-${retry + 1}`
    const application = project
    const { api, page } = await world.browserOf('Ada')
    const git = await createGitServer()
    try {
      await given.project(api, project, application)
      const first = git.commit({ 'deploy/web.yaml': given.manifests('1.0.0') }, 'Plant the orchard')
      await api.application.apply.mutate({
        document: given
          .applicationDocument({ name: application, project, stages: 'staging' })
          .replace(
            'spec:\n',
            `spec:\n  source: { git: { repository: "${git.address}", path: deploy }, on: automatic, every: 1h }\n`,
          ),
      })
      await opens(page, `/applications/${project}/${application}?tab=source`)
      await expect(page.getByText('Plant the orchard')).toBeVisible({ timeout: 60_000 })
      await expect(page.getByText(first.slice(0, 10)).first()).toBeVisible()
      const newest = async () => (await api.rollout.list.query({ application, limit: 1 }))[0]
      await expect.poll(async () => (await newest())?.release.number, { timeout: 60_000 }).toBe(1)
      await itReaches(api, (await newest())?.id ?? '', ['succeeded'])

      git.commit({ 'deploy/web.yaml': given.manifests('1.1.0') }, 'Graft new branches')
      await page.getByRole('button', { name: 'Look now' }).click()
      await expect(page.getByText('Graft new branches')).toBeVisible({ timeout: 60_000 })
      await expect.poll(async () => (await newest())?.release.number, { timeout: 60_000 }).toBe(2)
      await itReaches(api, (await newest())?.id ?? '', ['succeeded'])

      git.commit({ 'deploy/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nkind: Secret\n' }, 'Break it')
      await page.getByRole('button', { name: 'Look now' }).click()
      const alert = page.getByRole('alert').filter({ hasText: 'What was rendered is refused' })
      await expect(alert).toContainText('deploy/web.yaml', { timeout: 60_000 })
      await expect(alert).toContainText('Release 2 stays as it is.')
      expect((await newest())?.release.number).toBe(2)

      const { secret: token } = await api.token.create.mutate({
        name: 'orchard',
        project,
        role: 'deployer',
        expires: '1d',
      })
      const reader = { url: world.stack.url, token }
      const broken = await fairlead(reader, 'source', 'look', '-a', application, '--wait')
      expect([broken.exitCode, broken.stdout]).toEqual([1, expect.stringContaining('deploy/web.yaml')])
      git.commit({ 'deploy/web.yaml': given.manifests('1.1.0') }, 'Mend it')
      const mended = await fairlead(reader, 'source', 'look', '-a', application, '--wait')
      expect([mended.exitCode, mended.stderr]).toEqual([0, ''])
      await expect(alert).toHaveCount(0)
      await expect(page.getByText('r2')).toBeVisible()
    } finally {
      await git.close()
    }
  },
)
