import type { PlanPreview } from '@fairlead/contracts/rollout'
import { fairlead } from '../story/command-line'
import * as given from '../story/given'
import { widgetKind } from '../story/widget-kind'
import { expect, story } from '../story/world'

const terminal = 'terminal'
const pier = 'pier'

story(
  'a CI system deploys with a scoped token and reads results from JSON and exit codes',
  async ({ world }, { retry }) => {
    const { api } = await world.browserOf('Ada')
    const application = retry === 0 ? pier : `${pier}-${retry}`
    const project = retry === 0 ? terminal : `${terminal}-${retry}`
    await given.project(api, project, application)
    const { secret: token } = await api.token.create.mutate({
      name: 'ci',
      project,
      role: 'deployer',
      expires: '1d',
    })
    const ci = { url: world.stack.url, token }
    const wish = { name: application, project, stages: 'staging', progress: '60s' } as const
    const document = given.applicationDocument(wish)

    const applied = await fairlead({ ...ci, input: document }, 'apply', '-f', '-', '--json')
    expect([applied.exitCode, JSON.parse(applied.stdout)]).toEqual([
      0,
      expect.objectContaining({ created: true }),
    ])
    const planned = await fairlead(
      { ...ci, input: given.manifests('1.0.0') },
      'plan',
      '-a',
      application,
      '-f',
      '-',
      '--json',
    )
    const kinds = (JSON.parse(planned.stdout) as PlanPreview).stages[0]?.targets[0]?.objects.map(
      (object) => object.kind,
    )
    expect([planned.exitCode, kinds]).toEqual([0, ['Namespace', 'ConfigMap', 'Service', 'Deployment']])
    const deployed = await fairlead(
      { ...ci, input: given.manifests('1.0.0') },
      'deploy',
      '-a',
      application,
      '-f',
      '-',
      '--wait',
      '--timeout',
      '5m',
      '--json',
    )
    expect([deployed.exitCode, JSON.parse(deployed.stdout).state]).toEqual([0, 'succeeded'])
    await expect
      .poll(async () => {
        const pods = await fairlead(ci, 'get', 'po', '-n', application, '--json')
        return JSON.parse(pods.stdout).length
      })
      .toBe(3)
    const table = await fairlead(ci, 'get', 'deploy', '-A')
    expect(table.stdout).toMatch(/CLUSTER\s+NAMESPACE\s+NAME\s+READY\s+UP-TO-DATE\s+AVAILABLE\s+AGE/)

    const broken = await fairlead(
      ci,
      'deploy',
      '-a',
      application,
      '--image',
      'web=localhost/demo-web:2.0.0-broken',
      '--wait',
      '--timeout',
      '6m',
    )
    expect(broken.exitCode).toBe(1)
    expect(broken.stderr).toMatch(/Rolled back/i)
  },
)

story('the exit code says what kind of refusal it was', async ({ world }) => {
  const { api } = await world.browserOf('Ada')
  await given.project(api, terminal, pier)
  const document = given.applicationDocument({ name: pier, project: terminal, stages: 'staging' })
  await api.application.apply.mutate({ document })
  const { secret: token } = await api.token.create.mutate({
    name: 'reader',
    project: terminal,
    role: 'viewer',
    expires: '1d',
  })
  const reader = { url: world.stack.url, token }
  expect((await fairlead(reader, 'deploy', '-a', pier, '--image', 'web=x:1')).exitCode).toBe(4)
  expect((await fairlead(reader, 'deploy', '-a', pier)).exitCode).toBe(2)
  expect((await fairlead(reader, 'nonsense')).exitCode).toBe(2)
  expect((await fairlead({ url: 'http://127.0.0.1:1', token }, 'whoami')).exitCode).toBe(5)
  expect((await fairlead({ url: world.stack.url, token: 'flt_not-a-token' }, 'whoami')).exitCode).toBe(4)
  expect((await fairlead(reader, 'get', 'unicorns')).exitCode).toBe(2)
})

story(
  'a kind that somebody installed is found by kubectl’s words, in kubectl’s columns',
  async ({ world }) => {
    const { api } = await world.browserOf('Ada')
    const { secret: token } = await api.token.create.mutate({
      name: 'reads-widgets',
      project: null,
      role: 'operator',
      expires: '1d',
    })
    await widgetKind(world, 'staging')
    const reader = { url: world.stack.url, token }
    // The watcher has to see the definition, and the cluster to give the console the right to read it.
    await expect(async () => {
      const listed = await fairlead(reader, 'get', 'wdg', '-n', 'default', '--cluster', 'staging')
      expect(listed.stdout).toMatch(/CLUSTER\s+NAMESPACE\s+NAME\s+SIZE\s+AGE/)
      expect(listed.stdout).toMatch(/staging\s+default\s+middling\s+20\s/)
    }).toPass({ timeout: 120_000 })
  },
)

story('deploy --wait says with exit code 3 that somebody else must act first', async ({ world }) => {
  const { api } = await world.browserOf('Ada')
  const { secret: token } = await api.token.create.mutate({
    name: 'ci-shop',
    project: 'shop',
    role: 'deployer',
    expires: '1d',
  })
  const ran = await fairlead(
    { url: world.stack.url, token },
    'deploy',
    '-a',
    'checkout',
    '--image',
    'web=localhost/demo-web:1.1.0',
    '--wait',
    '--timeout',
    '90s',
  )
  expect(ran.exitCode).toBe(3)
  expect(ran.stderr).toMatch(/waiting/i)
})

story('audit verify proves the chain, and export gives every entry as a line', async ({ world }) => {
  const { api } = await world.browserOf('Ada')
  const { secret: token } = await api.token.create.mutate({
    name: 'auditor',
    project: null,
    role: 'operator',
    expires: '1d',
  })
  const auditor = { url: world.stack.url, token }
  const verified = await fairlead(auditor, 'audit', 'verify', '--json')
  expect([verified.exitCode, JSON.parse(verified.stdout).intact]).toEqual([0, true])
  const exported = await fairlead(auditor, 'audit', 'export')
  const lines = exported.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { action: string })
  expect(lines.some((line) => line.action === 'rollout.deploy')).toBe(true)
})
