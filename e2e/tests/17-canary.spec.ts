import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { fairlead } from '../story/command-line'
import * as given from '../story/given'
import { imageOf, kubectl } from '../story/kubectl'
import { opens } from '../story/pages'
import { deploys, itReaches } from '../story/when'
import { expect, story, type World } from '../story/world'

const project = 'canary'
const application = 'canary'

/** The demo's application, whose stage tries each release in a canary of these steps first. */
const document = (steps: string): string =>
  given
    .applicationDocument({ name: application, project, stages: 'staging' })
    .replace('- name: staging', `- name: staging\n      strategy: { canary: { steps: [${steps}] } }`)

const deployments = (world: World) =>
  kubectl(world, 'staging', '-n', application, 'get', 'deploy', '-o', 'jsonpath={.items[*].metadata.name}')
const image = (world: World) => imageOf(world, 'staging', { namespace: application, deployment: 'web' })

/** A Prometheus as far as an analysis asks it: every query finds one series with this value. */
async function metricOf(value: string): Promise<{ address: string; close: () => Promise<void> }> {
  const server = http.createServer((_, response) => {
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        status: 'success',
        data: { resultType: 'vector', result: [{ metric: {}, value: [Date.now() / 1_000, value] }] },
      }),
    )
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}

story(
  'a canary runs beside what is there, says what it waits for, and is promoted on its page',
  async ({ world }) => {
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, application)
    await api.application.apply.mutate({ document: document('{ weight: 30, pause: untilPromoted }') })
    // The first release has nothing to stand beside; told once more, this one may be there already.
    const first = await deploys(api, { project, application, manifests: given.manifests('1.0.0') })
    const stage = async () => (await api.rollout.get.query({ rollout: first.rollout })).stages[0]
    await expect
      .poll(
        async () => {
          const now = await stage()
          if (now?.trial?.waits != null)
            await api.rollout.promote
              .mutate({ rollout: first.rollout, stage: 'staging', step: now.trial.current })
              .catch(() => undefined)
          return now?.state
        },
        { timeout: 300_000 },
      )
      .toBe('converged')

    const { rollout } = await deploys(api, { project, application, version: '1.1.0' })
    await opens(page, `/rollouts/${rollout}`)
    await expect(page.getByText('paused until a person promotes it').first()).toBeVisible({
      timeout: 300_000,
    })
    await expect(page.getByRole('list', { name: 'Shares of the traffic' })).toContainText('wanted 30%')
    await expect(page.getByRole('list', { name: 'Steps of the trial' })).toContainText('Step 1: 30%')
    expect(await deployments(world)).toBe('web web-canary')
    expect(await image(world)).toContain('demo-web:1.0.0')

    await page.getByRole('button', { name: 'Promote' }).click()
    await itReaches(api, rollout, ['succeeded'])
    expect(await image(world)).toContain('demo-web:1.1.0')
    expect(await deployments(world)).toBe('web')
    await expect(page.getByRole('list', { name: 'Steps of the trial' })).toContainText(
      'A person promoted it.',
    )
  },
)

story('numbers that are not good enough abort the canary, and nothing of it stays', async ({ world }) => {
  const { api, page } = await world.browserOf('Ada')
  const metric = await metricOf('0.4')
  try {
    await api.application.apply.mutate({
      document: document(
        `{ weight: 30, analysis: { prometheus: "${metric.address}", query: 'error_ratio{app="web"}', success: "< 0.05", interval: 2s } }`,
      ),
    })
    // An attempt that failed half-way left one, and the same release would be refused.
    const { stages } = await api.application.get.query({ project, application })
    if (stages[0]?.hold != null)
      await api.rollout.liftHold.mutate({ project, application, stage: 'staging', reason: 'Told once more' })
    const before = await image(world)
    const { rollout } = await deploys(api, {
      project,
      application,
      version: before.endsWith(':1.1.0') ? '1.0.0' : '1.1.0',
    })
    await itReaches(api, rollout, ['rolled_back'])
    expect(await image(world)).toBe(before)
    expect(await deployments(world)).toBe('web')
    await opens(page, `/rollouts/${rollout}`)
    await expect(page.getByRole('region', { name: 'Evidence' })).toContainText(
      'error_ratio{app="web"} has to be',
    )
    await expect(page.getByRole('list', { name: 'Measurements, newest last' })).toContainText('0.4')

    const { secret: token } = await api.token.create.mutate({
      name: `canary ${rollout.slice(0, 8)}`,
      project,
      role: 'deployer',
      expires: '1d',
    })
    const deployer = { url: world.stack.url, token }
    const late = await fairlead(deployer, 'rollout', 'promote', rollout)
    expect([late.exitCode, late.stderr]).toEqual([
      1,
      expect.stringContaining('No stage of this rollout is on trial'),
    ])
  } finally {
    await metric.close()
  }
})
