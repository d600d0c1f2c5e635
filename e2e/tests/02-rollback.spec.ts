import * as given from '../story/given'
import { pollService } from '../story/service-client'
import { deploys, itReaches } from '../story/when'
import { expect, story } from '../story/world'

const project = 'rollback'
const application = 'ledger'

story.describe.configure({ mode: 'serial' })

story(
  'a version that never gets ready is rolled back at its deadline, and no request fails meanwhile',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
    await api.application.apply.mutate({
      document: given.applicationDocument({ name: application, project, stages: 'staging' }),
    })
    const first = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    await itReaches(api, first.rollout, ['succeeded'])

    const { rows } = await api.object.list.query({ kinds: ['Service'], namespace: application })
    const client = pollService(`http://${rows[0]?.cells['Cluster-IP'] ?? ''}/`)
    const broken = await deploys(api, { project, application, version: '2.0.0-broken' })
    await page.goto(`/rollouts/${broken.rollout}`)
    await expect(page.getByText('Rolled back').first()).toBeVisible({ timeout: 150_000 })
    await itReaches(api, broken.rollout, ['rolled_back'])
    const { asked, failures } = await client.stop()
    expect(asked).toBeGreaterThan(100)
    expect(failures).toEqual([])

    const view = await api.rollout.get.query({ rollout: broken.rollout })
    expect(view.stages[0]?.evidence.join(' ')).toMatch(/deadline|ready/i)
    const workload = await api.object.list.query({ kinds: ['Deployment'], namespace: application })
    expect(workload.rows[0]?.images.join()).toContain('demo-web:1.0.0')
    expect(workload.rows[0]?.verdict?.state).toBe('converged')
  },
)

story(
  'after an automatic rollback the stage is held: the same release is refused, a newer one lifts the hold',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await page.goto(`/applications/${project}/${application}`)
    await expect(page.getByText(/held|hold/i).first()).toBeVisible()
    await expect(deploys(api, { project, application, version: '2.0.0-broken' })).rejects.toThrow(
      /hold|rolled back/i,
    )
    const fix = await deploys(api, { project, application, version: '1.1.0' })
    await itReaches(api, fix.rollout, ['succeeded'])
    const detail = await api.application.get.query({ project, application })
    expect(detail.stages[0]?.hold).toBeNull()
  },
)

story('a person puts a stage back to an earlier release', async ({ world }) => {
  const { api } = await world.browserOf('Ada')
  const { rollout } = await api.rollout.rollback.mutate({
    project,
    application,
    stage: 'staging',
    to: 1,
    reason: 'Back to the first',
  })
  await itReaches(api, rollout, ['succeeded'])
  const { rows } = await api.object.list.query({ kinds: ['Deployment'], namespace: application })
  expect(rows[0]?.images.join()).toContain('demo-web:1.0.0')
})

story('a rollout can be cancelled in the middle, and the fix goes through at once', async ({ world }) => {
  const { api } = await world.browserOf('Ada')
  const stuck = await deploys(api, {
    project,
    application,
    manifests: given.manifests('2.0.0-broken').replace('Ahoy', 'stuck'),
  })
  await itReaches(api, stuck.rollout, ['running'])
  await api.rollout.cancel.mutate({ rollout: stuck.rollout, reason: 'Wrong version' })
  await itReaches(api, stuck.rollout, ['cancelled'], 10_000)
  const fix = await deploys(api, { project, application, manifests: given.manifests('1.1.0') })
  await itReaches(api, fix.rollout, ['succeeded'])
})

story('a paused rollout shows that it is paused, and goes on when resumed', async ({ world }) => {
  const { api, page } = await world.browserOf('Ada')
  const next = await deploys(api, { project, application, version: '1.0.0' })
  await api.rollout.pause.mutate({ rollout: next.rollout, reason: 'Lunch' })
  await page.goto(`/rollouts/${next.rollout}`)
  await expect(page.getByText(/paused/i).first()).toBeVisible()
  await api.rollout.resume.mutate({ rollout: next.rollout })
  await itReaches(api, next.rollout, ['succeeded'])
})
