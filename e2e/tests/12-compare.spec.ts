import type { ComparisonView } from '@fairlead/contracts/comparison'
import { fairlead } from '../story/command-line'
import * as given from '../story/given'
import { kubectl } from '../story/kubectl'
import { opens } from '../story/pages'
import { expect, story } from '../story/world'

story(
  'two namespaces on two clusters stand beside each other, in a browser and in a terminal',
  async ({ world }, { retry }) => {
    const name = `beside-${retry}`
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, name, name)
    const create = (cluster: string, ...args: readonly string[]) =>
      kubectl(world, cluster, '-n', name, 'create', 'configmap', ...args)
    for (const [cluster, level] of [
      ['staging', 'debug'],
      ['production', 'info'],
    ] as const) {
      await given.namespace(world, cluster, name)
      await create(cluster, 'settings', `--from-literal=level=${level}`)
      await create(cluster, 'same', '--from-literal=shop=open')
    }
    await create('staging', 'draft', '--from-literal=a=b')

    const [left, right] = [`staging/${name}`, `production/${name}`]
    await opens(page, `/fleet/compare?left=${left}&right=${right}`)
    const differences = page.getByRole('region', { name: 'Differences' })
    await expect(differences).toContainText(`1 differs, 1 only in ${left}, 1 equal`)
    await expect(page.getByRole('row', { name: 'data.level debug info' })).toBeVisible()
    await page.getByRole('button', { name: 'Swap' }).click()
    await expect(page.getByRole('row', { name: 'data.level info debug' })).toBeVisible()
    await expect(page).toHaveURL(new RegExp(`left=production(%2F|/)${name}`))
    await expect(differences.getByText('same', { exact: true })).toHaveCount(0)
    await page.getByRole('switch', { name: 'Only differences' }).click()
    await expect(differences.getByText('same', { exact: true })).toBeVisible()

    const { secret: token } = await api.token.create.mutate({
      name,
      project: name,
      role: 'viewer',
      expires: '1d',
    })
    const ci = { url: world.stack.url, token }
    const told = await fairlead(ci, 'compare', left, right, '--json')
    const { counts } = JSON.parse(told.stdout) as ComparisonView
    expect([told.exitCode, counts]).toEqual([1, { different: 1, left: 1, right: 0, equal: 1 }])
    expect((await fairlead(ci, 'compare', left, left)).exitCode).toBe(0)
    const refused = await fairlead(ci, 'compare', left, 'production/checkout')
    expect([refused.exitCode, refused.stdout]).toEqual([2, ''])
  },
)
