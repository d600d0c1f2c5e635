import { leaksIn, type Canaries } from '@fairlead/api/testing/canaries'
import type { Page } from '@playwright/test'
import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import * as given from '../story/given'
import { pages, settled } from '../story/pages'
import { processesBelow } from '../story/processes'
import { listenToRedis } from '../story/redis-ear'
import { deploys, itReaches } from '../story/when'
import { expect, password, story, type Person, type World } from '../story/world'

const project = 'secrets'

/** Everything secret that this installation holds, and one more for every kind that people give it here. */
async function plant({ stack }: World, { api }: Person): Promise<Canaries> {
  const token = await api.token.create.mutate({ name: 'canary', project, role: 'viewer', expires: '1d' })
  const invitation = await api.person.invite.mutate({ email: 'canary@example.org', name: 'Canary' })
  const own = JSON.parse(fs.readFileSync(path.join(stack.home, 'secrets.json'), 'utf8')) as Canaries
  const credentials = Object.entries(stack.kubeconfigs).map(([cluster, { console: file }]) => [
    `credential of ${cluster}`,
    /token:\s*"?([^\s"]+)/.exec(fs.readFileSync(file, 'utf8'))?.[1] ?? '',
  ])
  const canaries: Canaries = {
    ...own,
    ...Object.fromEntries(credentials),
    password,
    'API token': token.secret,
    invitation: invitation.secret,
    'value of a Secret': `secret-${crypto.randomBytes(12).toString('hex')}`,
  }
  for (const [name, secret] of Object.entries(canaries))
    expect([name, secret.length > 11]).toEqual([name, true])
  return canaries
}

const withSecret = (value: string): string => `${given.manifests('1.0.0')}
---
apiVersion: v1
kind: Secret
metadata: { name: canary }
stringData: { password: ${value} }
`
const redisPort = (pid: number): number =>
  Number(
    /:(\d+)/.exec(
      processesBelow(pid).find(({ command }) => /redis-server|valkey-server/.test(command))?.command ?? '',
    )?.[1],
  )
const logsOf = ({ stack }: World): string[] =>
  fs.readdirSync(path.join(stack.home, 'logs')).map((name) => path.join(stack.home, 'logs', name))

/** What came from the server, what stands on the page, and what stands in its fields. */
async function textOf(page: Page, address: string): Promise<string> {
  const answer = await page.goto(address)
  await settled(page)
  const fields = await page.evaluate(() =>
    [...document.querySelectorAll('input, textarea')].map((field) =>
      'value' in field ? String(field.value) : '',
    ),
  )
  return [await answer?.text(), await page.content(), ...fields].join('\n')
}

story(
  'a planted secret is on no page, in no log line, and in nothing that Redis is told',
  async ({ world }, info) => {
    story.setTimeout(1_200_000)
    const ada = await world.browserOf('Ada')
    const application = info.retry === 0 ? 'vault' : `vault-${info.retry}`
    await given.project(ada.api, project, application)
    const canaries = await plant(world, ada)
    const document = given.applicationDocument({ name: application, project, stages: 'staging' })
    await ada.api.application.apply.mutate({ document })

    const redis = await listenToRedis(redisPort(world.stack.pid))
    const manifests = withSecret(canaries['value of a Secret'] ?? '')
    const { rollout } = await deploys(ada.api, { project, application, manifests })
    await itReaches(ada.api, rollout, ['succeeded'])
    redis.close()
    expect(redis.heard()).toContain(rollout)
    expect(leaksIn(canaries, redis.heard())).toEqual([])

    const here = `/applications/${project}/${application}`
    const more = ['', '?tab=history', '?tab=releases', '?tab=compare', '?tab=document', '/deploy'].map(
      (end) => `${here}${end}`,
    )
    const addresses = await Promise.all(Object.values(pages).map((address) => address(ada)))
    const leaks: string[] = []
    for (const address of [...addresses, ...more, `/rollouts/${rollout}`]) {
      const text = await textOf(ada.page, address)
      leaks.push(...leaksIn(canaries, text).map((name) => `${name} on ${address}`))
    }
    for (const log of logsOf(world))
      leaks.push(...leaksIn(canaries, fs.readFileSync(log, 'utf8')).map((name) => `${name} in ${log}`))
    expect(leaks).toEqual([])
    expect(fs.readFileSync(path.join(world.stack.home, 'logs', 'workload-worker.log'), 'utf8')).not.toBe('')
  },
)
