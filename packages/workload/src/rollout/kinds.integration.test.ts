import { getObject } from '@fairlead/kube/objects'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configDigestOf } from '../manifest/config-digest'
import {
  application,
  configMap,
  createScene,
  deployment,
  documents,
  secret,
  type Scene,
} from '../testing/scene'
import { worldOf, type World } from '../testing/watch-world'

let scene: Scene
let world: World
beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
  for (const name of ['web', 'batch'])
    await scene.call('ada', 'application.apply', {
      document: application(scene.namespace, [{ name: 'staging' }], name),
    })
})
afterAll(() => scene.drop())

const changeOf = (name: string, objects: readonly string[]) => ({
  application: name,
  change: { manifests: documents(...objects) },
})
const deploy = async (name: string, ...objects: readonly string[]): Promise<string> =>
  (await scene.call('ada', 'rollout.deploy', changeOf(name, objects))).rollout
const plan = async (name: string, ...objects: readonly string[]) => {
  const { stages } = await scene.call('ada', 'rollout.plan', changeOf(name, objects))
  const planned = stages[0]?.targets[0]?.objects ?? []
  return { text: JSON.stringify(stages), of: (object: string) => planned.find((row) => row.name === object) }
}

const vault = JSON.stringify({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'vault' },
  spec: {
    selector: { matchLabels: { app: 'vault' } },
    template: {
      metadata: { labels: { app: 'vault' } },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'app', image: 'registry.example/vault:1' }],
        volumes: [{ name: 'key', secret: { secretName: 'key' } }],
      },
    },
  },
})
const release = (setting: string, password: string) => [
  deployment(),
  vault,
  configMap('config', { k: setting }),
  secret('key', { password }),
]

describe('a change of a ConfigMap or Secret alone', () => {
  let first: unknown
  it('is said to restart who reads it and nobody else, and holds no value of a Secret', async () => {
    expect(await scene.drive(await deploy('web', ...release('one', 'correct horse')))).toMatchObject({
      rollout: 'succeeded',
    })
    first = configDigestOf(await world.live())
    expect(first).toMatch(/^[0-9a-f]{16}$/)
    const settings = await plan('web', ...release('two', 'correct horse'))
    expect(settings.of('web')).toMatchObject({
      change: 'change',
      restarts: 2,
      notes: [expect.stringContaining('ConfigMaps and Secrets of the release')],
    })
    expect(settings.of('vault')).toMatchObject({ change: 'none', restarts: 0 })
    const password = await plan('web', ...release('one', 'battery staple'))
    expect(password.of('web')).toMatchObject({ change: 'none', restarts: 0 })
    expect(password.of('vault')).toMatchObject({ change: 'change', restarts: 1 })
    for (const value of ['battery staple', Buffer.from('battery staple').toString('base64')])
      expect(password.text).not.toContain(value)
  })

  it('rolls them, and going back brings the former data and rolls them again', async () => {
    const untouched = (await world.live('vault'))?.metadata.generation
    expect(await scene.drive(await deploy('web', ...release('two', 'correct horse')))).toMatchObject({
      rollout: 'succeeded',
    })
    expect((await world.configMap('config'))?.['data']).toEqual({ k: 'two' })
    expect(configDigestOf(await world.live())).not.toBe(first)
    const revision = async () =>
      (await world.live())?.metadata.annotations?.['deployment.kubernetes.io/revision']
    expect(await revision()).toBe('2')
    const { rollout } = await scene.call('ada', 'rollout.rollback', {
      application: 'web',
      stage: 'staging',
      reason: 'the setting is wrong',
    })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect((await world.configMap('config'))?.['data']).toEqual({ k: 'one' })
    expect(configDigestOf(await world.live())).toBe(first)
    expect(await revision()).toBe('3')
    expect((await world.live('vault'))?.metadata.generation).toBe(untouched)
  })
})

const pod = (image: string) => ({
  spec: { restartPolicy: 'Never', terminationGracePeriodSeconds: 0, containers: [{ name: 'job', image }] },
})
const job = (version: number): string =>
  JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'migrate' },
    spec: { template: pod(`registry.example/migrate:${version}`) },
  })
const cronJob = JSON.stringify({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'nightly' },
  spec: { schedule: '0 3 * * *', jobTemplate: { spec: { template: pod('registry.example/nightly:1') } } },
})
const migration = (): Promise<KubeObject | null> =>
  getObject(scene.client, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    namespace: scene.namespace,
    name: 'migrate',
  })
const uidOf = async (): Promise<string | undefined> => (await migration())?.metadata.uid
const server = (broken = false) => deployment({ name: 'server', broken, replicas: 1 })

describe('a Job and a CronJob in a release', () => {
  it('converge once the Job is complete, and an unchanged Job does not run again', async () => {
    const rollout = await deploy('batch', server(), job(1), cronJob)
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    const { workloads = [] } =
      (await scene.call('ada', 'rollout.get', { rollout })).stages[0]?.targets[0] ?? {}
    expect(workloads.find(({ kind }) => kind === 'Job')?.verdict).toMatchObject({
      state: 'converged',
      message: '1 of 1 completed',
    })
    const uid = await uidOf()
    const again = deployment({ name: 'server', replicas: 1, image: 'registry.example/web:2' })
    expect(await scene.drive(await deploy('batch', again, job(1), cronJob))).toMatchObject({
      rollout: 'succeeded',
    })
    expect(await uidOf()).toBe(uid)
  })

  it('whose template changes is deleted and made anew, once, though the worker dies in between', async () => {
    const planned = await plan('batch', server(), job(2), cronJob)
    expect(planned.of('migrate')).toMatchObject({
      change: 'change',
      notes: [expect.stringContaining('deleted and made anew')],
    })
    const before = await uidOf()
    const rollout = await deploy('batch', server(), job(2), cronJob)
    const died = new Error('killed')
    let kills = 0
    scene.onStep = (step) => {
      if (step === 'removed Job' && kills++ === 0) throw died
    }
    await expect(scene.drive(rollout)).rejects.toBe(died)
    expect(await migration()).toBeNull()
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(kills).toBe(1)
    expect(await uidOf()).not.toBe(before)
    expect(JSON.stringify(await migration())).toContain('registry.example/migrate:2')
  })

  it('runs no Job again on a way back, neither by itself nor by hand', async () => {
    const bad = await deploy('batch', server(true), job(3), cronJob)
    await scene.drive(bad, ({ stages }) => stages['staging'] === 'progressing')
    const made = await uidOf()
    while (!(await world.isUnschedulable())) await scene.pass(bad)
    scene.expire(bad)
    expect(await scene.drive(bad)).toMatchObject({ rollout: 'rolled_back' })
    expect(await uidOf()).toBe(made)
    const { rollout } = await scene.call('ada', 'rollout.rollback', {
      application: 'batch',
      stage: 'staging',
      to: 1,
      reason: 'further back',
    })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await uidOf()).toBe(made)
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.stages[0]?.plan?.targets[0]?.objects.find(({ name }) => name === 'migrate')).toMatchObject({
      change: 'none',
      notes: ['A way back runs no Job again.'],
    })
  })
})
