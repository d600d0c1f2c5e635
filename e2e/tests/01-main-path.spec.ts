import * as given from '../story/given'
import { opens } from '../story/pages'
import { emailOf, expect, password, story } from '../story/world'
import fs from 'node:fs'

story('the first administrator comes in by the one-time link, and it works once', async ({ world, page }) => {
  await opens(page, world.stack.firstLink)
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('E-mail').fill(emailOf('Ada'))
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByLabel('Password again').fill(password)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await page.waitForURL('**/fleet')
  await expect(page.getByRole('link', { name: /register/i }).first()).toBeVisible()
  await page.context().clearCookies()
  await opens(page, `${world.stack.url}/fleet`)
  await page.waitForURL('**/sign-in**')
  await page.getByLabel('E-mail').fill(emailOf('Ada'))
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/fleet')
  await opens(page, world.stack.firstLink)
  await expect(page.getByRole('button', { name: 'Create the account' })).toHaveCount(0)
  await expect(page.getByText(/used|expired/i).first()).toBeVisible()
})

for (const cluster of ['staging', 'production'] as const)
  story(`the administrator registers ${cluster} on the screen and sees it live`, async ({ world }) => {
    const { page, api } = await world.browserOf('Ada')
    await given.noCluster(api, cluster)
    await opens(page, '/settings/clusters/register')
    const kubeconfig = fs.readFileSync(world.stack.kubeconfigs[cluster]?.console ?? '', 'utf8')
    await page.getByRole('textbox', { name: 'Kubeconfig' }).fill(kubeconfig)
    await page.getByLabel('Name', { exact: true }).fill(cluster)
    await page.getByRole('combobox', { name: 'Environment' }).click()
    await page.getByRole('option', { name: new RegExp(cluster, 'i') }).click()
    await page.getByRole('button', { name: 'Check the connection' }).click()
    await page.getByRole('button', { name: `Register ${cluster}` }).click()
    await page.waitForURL(`**/clusters/${cluster}`)
    await opens(page, '/fleet')
    const card = page.getByRole('article', { name: cluster })
    await expect(card.getByText('Live')).toBeVisible()
    await expect(card.getByText('1/1')).toBeVisible()
  })

story('a cluster can be registered only once, and a hostile kubeconfig never', async ({ world }) => {
  const { api: admin } = await world.browserOf('Ada')
  const kubeconfig = fs.readFileSync(world.stack.kubeconfigs['staging']?.console ?? '', 'utf8')
  await expect(admin.cluster.register.mutate({ name: 'again', kubeconfig })).rejects.toThrow(/staging/)
  const runsPrograms = kubeconfig.replace(
    /token: .*/,
    'exec: {apiVersion: client.authentication.k8s.io/v1, command: sh}',
  )
  await expect(admin.cluster.register.mutate({ name: 'hostile', kubeconfig: runsPrograms })).rejects.toThrow(
    /exec/,
  )
  expect((await admin.fleet.get.query({})).clusters.map((cluster) => cluster.name).sort()).toEqual([
    'production',
    'staging',
  ])
})

story(
  'a deployer ships to staging, a second person approves production, and both see it live',
  async ({ world }) => {
    const ada = await world.browserOf('Ada')
    await given.project(ada.api, 'shop', 'checkout')
    await given.person(world, ada.api, 'Dan', 'deployer')
    await given.person(world, ada.api, 'Bea', 'approver')
    const [dan, bea] = [await world.browserOf('Dan'), await world.browserOf('Bea')]
    await dan.api.application.apply.mutate({
      document: given.applicationDocument({ name: 'checkout', project: 'shop' }),
    })

    await opens(dan.page, '/applications/shop/checkout/deploy')
    await dan.page.getByRole('tab', { name: /manifests/i }).click()
    await dan.page.getByRole('textbox', { name: /manifests/i }).fill(given.manifests('1.0.0'))
    await dan.page.getByRole('button', { name: 'Plan', exact: true }).click()
    await expect(dan.page.getByText('Deployment').first()).toBeVisible()
    await dan.page.getByRole('textbox', { name: /reason/i }).fill('The first version')
    await dan.page.getByRole('button', { name: /request deploy/i }).click()
    await dan.page.waitForURL('**/rollouts/*')
    const rollout = new URL(dan.page.url()).pathname.split('/').at(-1) ?? ''

    await expect(dan.page.getByText('Awaiting approval').first()).toBeVisible({ timeout: 300_000 })
    expect((await dan.api.rollout.get.query({ rollout })).stages[0]?.state).toBe('converged')
    expect((await dan.api.rollout.get.query({ rollout })).actions.approve.passed).toBe(false)

    await opens(bea.page, '/approvals')
    await bea.page.getByRole('button', { name: 'Approve' }).first().click()
    await bea.page.getByRole('textbox', { name: /reason/i }).fill('Staging looks right')
    await bea.page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()

    // Dan never reloads: what Bea did and what the cluster did reach his open page.
    await expect(dan.page.getByText('Converged').first()).toBeVisible()
    await expect
      .poll(async () => (await dan.api.rollout.get.query({ rollout })).state, { timeout: 300_000 })
      .toBe('succeeded')
    await expect(dan.page.getByText('Staging looks right').first()).toBeVisible()
  },
)

story(
  'whoever asked for a rollout can not approve it, whatever their role, and reads why',
  async ({ world }) => {
    const ada = await world.browserOf('Ada')
    const { rollout } = await ada.api.rollout.deploy.mutate({
      project: 'shop',
      application: 'checkout',
      change: { images: { web: 'localhost/demo-web:1.1.0' } },
      reason: 'My own',
    })
    await expect
      .poll(async () => (await ada.api.rollout.get.query({ rollout })).state, { timeout: 300_000 })
      .toBe('waiting')
    const stage = (await ada.api.rollout.get.query({ rollout })).stages[1]
    await opens(ada.page, `/rollouts/${rollout}`)
    await expect(ada.page.getByRole('button', { name: 'Approve' }).first()).toBeDisabled()
    const decision = { rollout, stage: 'production', planDigest: stage?.plan?.digest ?? '', reason: 'Let me' }
    await expect(ada.api.rollout.approve.mutate(decision)).rejects.toThrow(/asked for this rollout/)
    const denied = await ada.api.audit.list.query({ action: 'rollout.approve', outcome: 'denied' })
    expect(denied.entries[0]?.actor.name).toBe('Ada')
    await ada.api.rollout.cancel.mutate({ rollout, reason: 'Only to show' })
  },
)

story('somebody without a role sees why they see nothing, and who can change that', async ({ world }) => {
  const ada = await world.browserOf('Ada')
  await given.person(world, ada.api, 'Nob', null)
  const nob = await world.browserOf('Nob')
  await expect(nob.page.getByText(/role/i).first()).toBeVisible()
  await expect(nob.api.fleet.get.query({})).rejects.toThrow(/may not/)
})
