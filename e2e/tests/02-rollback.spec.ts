import * as given from '../story/given'
import { pollService } from '../story/service-client'
import type { Api } from '../story/api'
import { deploys, itReaches, theImagesAre } from '../story/when'
import { opens } from '../story/pages'
import { expect, story } from '../story/world'

const project = 'rollback'
const application = 'ledger'

const apply = (api: Api, progress?: string) =>
  api.application.apply.mutate({
    document: given.applicationDocument({
      name: application,
      project,
      stages: 'staging',
      ...(progress === undefined ? {} : { progress }),
    }),
  })

/** Its Cluster-IP, which this machine reaches, once the watcher has seen it. */
async function serviceAddress(api: Api): Promise<string> {
  let address: string | undefined
  await expect
    .poll(async () => {
      const { rows } = await api.object.list.query({ kinds: ['Service'], namespace: application })
      return (address = rows[0]?.cells['Cluster-IP'])
    })
    .toBeTruthy()
  return address ?? ''
}

/** As the story before leaves it; an attempt that failed half-way may have lifted it. */
async function givenHold(api: Api): Promise<void> {
  const { stages } = await api.application.get.query({ project, application })
  if (stages[0]?.hold !== null) return
  const { rollout } = await deploys(api, { project, application, version: '2.0.0-broken' })
  await itReaches(api, rollout, ['rolled_back'])
}

story(
  'a version that never gets ready is rolled back at its deadline, and no request fails meanwhile',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
    await apply(api)
    const first = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    await itReaches(api, first.rollout, ['succeeded'])

    await apply(api, '45s')
    const client = pollService(`http://${await serviceAddress(api)}/`)
    const broken = await deploys(api, { project, application, version: '2.0.0-broken' })
    await opens(page, `/rollouts/${broken.rollout}`)
    await expect(page.getByText('Rolled back').first()).toBeVisible({ timeout: 300_000 })
    await itReaches(api, broken.rollout, ['rolled_back'])
    const { asked, failures } = await client.stop()
    expect(asked).toBeGreaterThan(100)
    expect(failures).toEqual([])

    const view = await api.rollout.get.query({ rollout: broken.rollout })
    expect(view.stages[0]?.evidence.join(' ')).toMatch(/deadline|ready/i)
    await theImagesAre(api, application, 'demo-web:1.0.0')
    await expect
      .poll(async () => {
        const { rows } = await api.object.list.query({ kinds: ['Deployment'], namespace: application })
        return rows[0]?.verdict?.state
      })
      .toBe('converged')
  },
)

story(
  'after an automatic rollback the stage is held: the same release is refused, a newer one lifts the hold',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await givenHold(api)
    await opens(page, `/applications/${project}/${application}`)
    await expect(page.getByText(/held|hold/i).first()).toBeVisible()
    await expect(deploys(api, { project, application, version: '2.0.0-broken' })).rejects.toThrow(
      /hold|rolled back/i,
    )
    await apply(api)
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
  await theImagesAre(api, application, 'demo-web:1.0.0')
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
  await itReaches(api, stuck.rollout, ['cancelled'])
  const fix = await deploys(api, { project, application, manifests: given.manifests('1.1.0') })
  await itReaches(api, fix.rollout, ['succeeded'])
})

story('a paused rollout shows that it is paused, and goes on when resumed', async ({ world }) => {
  const { api, page } = await world.browserOf('Ada')
  const next = await deploys(api, { project, application, version: '1.0.0' })
  await api.rollout.pause.mutate({ rollout: next.rollout, reason: 'Lunch' })
  await opens(page, `/rollouts/${next.rollout}`)
  await expect(page.getByText(/paused/i).first()).toBeVisible()
  await api.rollout.resume.mutate({ rollout: next.rollout })
  await itReaches(api, next.rollout, ['succeeded'])
})
