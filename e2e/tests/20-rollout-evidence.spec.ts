import type { Api } from '../story/api'
import * as given from '../story/given'
import { kubectl, kubectlApply } from '../story/kubectl'
import { opens } from '../story/pages'
import { deploys, itReaches } from '../story/when'
import { expect, story, type World } from '../story/world'

const project = 'proof'

/** One pod, ready as soon as it can be: these stories are about other things than surge. */
const quick = (version: string, greeting = 'Ahoy'): string =>
  given
    .manifests(version)
    .replace('replicas: 3', 'replicas: 1')
    .replace('minReadySeconds: 2', 'minReadySeconds: 0')
    .replace('preStop: { sleep: { seconds: 3 } }', 'preStop: { sleep: { seconds: 1 } }')
    .replace('GREETING: Ahoy', `GREETING: ${greeting}`)

interface Application {
  readonly name: string
  readonly approval?: string
  readonly progress?: string
}
const apply = (api: Api, { name, approval, progress }: Application) =>
  api.application.apply.mutate({
    document: given
      .applicationDocument({
        name,
        project,
        stages: 'staging',
        ...(progress === undefined ? {} : { progress }),
      })
      .replace(
        '- name: staging',
        `- name: staging${approval === undefined ? '' : `\n      approval: ${approval}`}`,
      ),
  })

const inNamespace = (world: World, name: string, ...args: readonly string[]) =>
  kubectl(world, 'staging', '-n', name, ...args)
const greeting = (world: World, name: string) =>
  inNamespace(world, name, 'get', 'configmap', 'web', '-o', 'jsonpath={.data.GREETING}')
/** Of pods that are not ending. */
const podsOf = async (world: World, name: string): Promise<string[]> => {
  const pods = JSON.parse(await inNamespace(world, name, 'get', 'pods', '-o', 'json')) as {
    items: { metadata: { name: string; deletionTimestamp?: string } }[]
  }
  return pods.items.flatMap(({ metadata }) =>
    metadata.deletionTimestamp === undefined ? [metadata.name] : [],
  )
}

story(
  'a change of a ConfigMap alone is rolled to its pods, and rolled back with the release',
  async ({ world }) => {
    const name = 'proof-config'
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, '*')
    await apply(api, { name })
    const first = await deploys(api, { project, application: name, manifests: quick('1.0.0') })
    await itReaches(api, first.rollout, ['succeeded'])
    const [before] = await podsOf(world, name)

    const next = await deploys(api, { project, application: name, manifests: quick('1.0.0', 'Moin') })
    await itReaches(api, next.rollout, ['succeeded'])
    expect(await greeting(world, name)).toBe('Moin')
    await expect.poll(() => podsOf(world, name)).not.toContain(before)
    const [plan] = (await api.rollout.get.query({ rollout: next.rollout })).stages
    const deployment = plan?.plan?.targets[0]?.objects.find(({ kind }) => kind === 'Deployment')
    expect([deployment?.restarts, deployment?.notes.join(' ')]).toEqual([
      1,
      expect.stringContaining('What its pods read of the ConfigMaps and Secrets'),
    ])
    const [middle] = await podsOf(world, name)

    const number = (await api.rollout.get.query({ rollout: first.rollout })).release.number
    const back = await api.rollout.rollback.mutate({
      project,
      application: name,
      stage: 'staging',
      to: number,
      reason: 'The old greeting',
    })
    await opens(page, `/rollouts/${back.rollout}`)
    await itReaches(api, back.rollout, ['succeeded'])
    await expect(page.getByText('Converged').first()).toBeVisible()
    expect(await greeting(world, name)).toBe('Ahoy')
    await expect.poll(() => podsOf(world, name)).not.toContain(middle)
  },
)

story(
  'a quota that refuses the pods of a release is named with its owner before anything is applied',
  async ({ world }) => {
    const name = 'proof-quota'
    const { api, page } = await world.browserOf('Ada')
    await given.project(api, project, '*')
    await given.namespace(world, 'staging', name)
    await kubectlApply(
      world,
      'staging',
      `apiVersion: v1\nkind: ResourceQuota\nmetadata: { name: team, namespace: ${name} }\nspec: { hard: { pods: "0" } }\n`,
    )
    await expect
      .poll(() =>
        inNamespace(world, name, 'get', 'resourcequota', 'team', '-o', 'jsonpath={.status.hard.pods}'),
      )
      .toBe('0')
    await apply(api, { name })
    await opens(page, `/applications/${project}/${name}/deploy`)
    await page.getByRole('tab', { name: /manifests/i }).click()
    await page.getByRole('textbox', { name: /manifests/i }).fill(quick('1.0.0'))
    await page.getByRole('button', { name: 'Plan', exact: true }).click()
    await expect(page.getByText(/ResourceQuota team on staging.*owned by kubectl/).first()).toBeVisible()
    await expect(deploys(api, { project, application: name, manifests: quick('1.0.0') })).rejects.toThrow(
      /ResourceQuota team on staging: owned by kubectl.* of 0/,
    )
    expect(await inNamespace(world, name, 'get', 'deployments', '-o', 'name')).toBe('')
    await inNamespace(world, name, 'delete', 'resourcequota', 'team')
  },
)

story(
  'two of three have to approve; a change in the cluster voids what was given, and the screen says what changed',
  async ({ world }) => {
    const name = 'proof-quorum'
    const ada = await world.browserOf('Ada')
    await given.project(ada.api, project, '*')
    for (const person of ['Ivy', 'Jon', 'Kim'])
      await given.person(world, ada.api, person, 'approver', project)
    await apply(ada.api, { name })
    const first = await deploys(ada.api, { project, application: name, manifests: quick('1.0.0') })
    await itReaches(ada.api, first.rollout, ['succeeded'])

    await apply(ada.api, { name, approval: '{ quorum: 2 }' })
    const { rollout } = await deploys(ada.api, { project, application: name, version: '1.1.0' })
    await itReaches(ada.api, rollout, ['waiting'])
    const approves = async (person: 'Ivy' | 'Jon') => {
      const { page } = await world.browserOf(person)
      await opens(page, `/rollouts/${rollout}`)
      await page.getByRole('button', { name: 'Approve' }).first().click()
      await page.getByRole('textbox', { name: /reason/i }).fill(`${person} read it`)
      await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click()
      await expect(page.getByRole('dialog')).toBeHidden()
    }
    const remaining = async () =>
      (await ada.api.rollout.get.query({ rollout })).stages[0]?.approval?.remaining ?? null
    await approves('Ivy')
    expect(await remaining()).toBe(1)

    await inNamespace(
      world,
      name,
      'patch',
      'configmap',
      'web',
      '--type=merge',
      '-p',
      '{"data":{"BY":"hand"}}',
    )
    await expect.poll(remaining, { timeout: 120_000 }).toBe(2)
    await opens(ada.page, `/rollouts/${rollout}`)
    await expect(ada.page.getByText(/changed since it was shown \(ConfigMap web/).first()).toBeVisible()
    expect((await ada.api.rollout.get.query({ rollout })).state).toBe('waiting')

    await approves('Ivy')
    await approves('Jon')
    await itReaches(ada.api, rollout, ['succeeded'])
    const approvals = (await ada.api.rollout.get.query({ rollout })).stages[0]?.approval?.given ?? []
    expect(
      approvals
        .filter(({ stale }) => !stale)
        .map(({ user }) => user)
        .sort(),
    ).toEqual(['Ivy', 'Jon'])
  },
)

/** The demo's Deployment as a StatefulSet, whose pods come one after the other. */
const ordered = (version: string): string =>
  quick(version)
    .replace('kind: Deployment', 'kind: StatefulSet')
    .replace('  progressDeadlineSeconds: 45\n', '  serviceName: web\n')
    .replace(/ {2}strategy:\n {4}type: RollingUpdate\n {4}rollingUpdate: .*\n/, '')

story('a StatefulSet that hangs behind its broken pod is put back and comes up again', async ({ world }) => {
  const name = 'proof-ordered'
  const { api, page } = await world.browserOf('Ada')
  await given.project(api, project, '*')
  await apply(api, { name })
  const first = await deploys(api, { project, application: name, manifests: ordered('1.0.0') })
  await itReaches(api, first.rollout, ['succeeded'])

  await apply(api, { name, progress: '20s' })
  const broken = await deploys(api, { project, application: name, version: '2.0.0-broken' })
  await opens(page, `/rollouts/${broken.rollout}`)
  await itReaches(api, broken.rollout, ['rolled_back'])
  await expect(page.getByText('Rolled back').first()).toBeVisible()
  const pod = ['get', 'pod', 'web-0', '-o']
  await expect
    .poll(() =>
      inNamespace(
        world,
        name,
        ...pod,
        'jsonpath={.spec.containers[0].image} {.status.conditions[?(@.type=="Ready")].status}',
      ),
    )
    .toBe('localhost/demo-web:1.0.0 True')
})
