import { applyObject } from '@fairlead/kube/apply'
import { FairleadError } from '@fairlead/contracts/errors'
import { deleteObject, patchObject } from '@fairlead/kube/objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  application,
  configMap,
  createScene,
  deployment,
  documents,
  type Scene,
  type StageWish,
} from '../testing/scene'
import { worldOf, type World } from '../testing/watch-world'

let scene: Scene
let world: World
beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
  await apply({ name: 'staging' })
  await scene.drive(await deploy(1))
})
afterAll(() => scene.drop())

const apply = (stage: StageWish) =>
  scene.call('ada', 'application.apply', { document: application(scene.namespace, [stage]) })
const manifests = (version: number, broken = false): string =>
  documents(deployment({ image: `registry.example/web:${version}`, broken }), configMap('config', { k: 'v' }))
const deploy = async (version: number, broken = false): Promise<string> =>
  (
    await scene.call('ada', 'rollout.deploy', {
      application: 'web',
      change: { manifests: manifests(version, broken) },
    })
  ).rollout
const progressing = (rollout: string) =>
  scene.drive(rollout, ({ stages }) => stages['staging'] === 'progressing')
const outOfReach = async (run: () => Promise<void>): Promise<void> => {
  const { clientOf } = scene
  scene.clientOf = () =>
    Promise.reject(new FairleadError('cluster_unreachable', 'The API server refused the connection'))
  try {
    await run()
  } finally {
    scene.clientOf = clientOf
  }
}
const longAgo = new Date(0)
const settle = async (rollout: string, passes = 3): Promise<void> => {
  for (let pass = 0; pass < passes; pass++) await scene.pass(rollout)
}

describe('a person operating a rollout', () => {
  it('pauses it: nothing moves on, no deadline runs, the Deployment itself is paused, and resuming gives the time back', async () => {
    const rollout = await deploy(2, true)
    await progressing(rollout)
    await scene.call('ada', 'rollout.pause', { rollout, reason: 'wait for me' })
    await settle(rollout)
    expect(await world.pausedOf()).toBe(true)
    const left = (await scene.deadline(rollout)) ?? longAgo
    await scene.setDeadline(rollout, longAgo)
    await settle(rollout)
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view).toMatchObject({ state: 'running', paused: true })
    expect(view.blockers[0]?.what).toMatch(/Paused by ada: wait for me/)
    expect(view.actions.pause).toEqual({ passed: false, reason: 'It is paused already.' })
    await scene.setDeadline(rollout, left)
    await scene.call('ada', 'rollout.resume', { rollout })
    expect((await scene.deadline(rollout))?.getTime()).toBeGreaterThan(left.getTime())
    await settle(rollout, 1)
    expect(await world.pausedOf()).toBeUndefined()
    scene.expire(rollout)
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'rolled_back' })
    expect(await world.imageOf()).toBe('registry.example/web:1')
  })

  it('rolls back while paused', async () => {
    const rollout = await deploy(3, true)
    await progressing(rollout)
    await scene.call('ada', 'rollout.pause', { rollout, reason: 'wait' })
    await settle(rollout)
    const back = await scene.call('ada', 'rollout.rollback', {
      application: 'web',
      stage: 'staging',
      reason: 'no',
    })
    expect(await scene.drive(back.rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await world.imageOf()).toBe('registry.example/web:1')
    expect(await world.pausedOf()).toBeUndefined()
    await scene.drive(rollout)
    expect(await scene.call('ada', 'rollout.get', { rollout })).toMatchObject({
      state: 'superseded',
      paused: false,
    })
  })

  it('cancels it at once: the cluster stays as it is, a pause is lifted, and the next deploy goes through', async () => {
    const rollout = await deploy(4, true)
    await progressing(rollout)
    await scene.call('ada', 'rollout.pause', { rollout, reason: 'wait' })
    await settle(rollout)
    await scene.call('ada', 'rollout.cancel', { rollout, reason: 'stop' })
    expect(await scene.drive(rollout)).toEqual({ rollout: 'cancelled', stages: { staging: 'cancelled' } })
    expect(await world.imageOf()).toBe('registry.example/web:4')
    expect(await world.pausedOf()).toBeUndefined()
    await expect(scene.call('ada', 'rollout.cancel', { rollout, reason: 'again' })).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(await scene.drive(await deploy(5))).toMatchObject({ rollout: 'succeeded' })
  })

  it('cancels with the cluster out of reach', async () => {
    const rollout = await deploy(6)
    await outOfReach(async () => {
      await scene.pass(rollout)
      const view = await scene.call('ada', 'rollout.get', { rollout })
      expect(view.blockers[0]?.what).toMatch(/refused the connection/)
      await scene.call('ada', 'rollout.cancel', { rollout, reason: 'stop' })
    })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'cancelled' })
    expect(await world.imageOf()).toBe('registry.example/web:5')
  })

  it('waits while the cluster is out of reach, and goes on when it is back', async () => {
    const slow = documents(
      deployment({ image: 'registry.example/web:7', extra: { minReadySeconds: 2 } }),
      configMap('config', { k: 'v' }),
    )
    const { rollout } = await scene.call('ada', 'rollout.deploy', {
      application: 'web',
      change: { manifests: slow },
    })
    await progressing(rollout)
    await outOfReach(async () => {
      await scene.setDeadline(rollout, longAgo)
      await settle(rollout)
      expect((await scene.call('ada', 'rollout.get', { rollout })).state).toBe('running')
    })
    // A gap is no evidence: it got time to show what it came to meanwhile.
    expect(await scene.deadline(rollout)).not.toEqual(longAgo)
    await scene.setDeadline(rollout, new Date(Date.now() + 300_000))
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
  })

  it('puts its objects right when someone overwrites them during the rollout', async () => {
    const slow = documents(
      deployment({ image: 'registry.example/web:8', extra: { minReadySeconds: 8 } }),
      configMap('config', { k: 'v' }),
    )
    const { rollout } = await scene.call('ada', 'rollout.deploy', {
      application: 'web',
      change: { manifests: slow },
    })
    expect(await progressing(rollout)).toMatchObject({ rollout: 'running' })
    await deleteObject(scene.client, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: scene.namespace,
      name: 'config',
    })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await world.configMap('config')).not.toBeNull()
  })
})

describe('a deploy that can not work', () => {
  const refused = (text: string) =>
    scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests: text } })
  const count = async () =>
    (await scene.database.db.rollout.count()) * 1_000 + (await scene.database.db.release.count())

  it('is refused with the reason before anything is stored', async () => {
    const before = await count()
    await expect(
      refused(deployment({ extra: { selector: { matchLabels: { app: 'web', immutable: 'yes' } } } })),
    ).rejects.toMatchObject({ code: 'cluster_refused' })
    await expect(refused(deployment({ extra: { replicas: 'many' } }))).rejects.toMatchObject({
      code: 'cluster_refused',
    })
    await expect(
      refused('apiVersion: example.org/v1\nkind: Nothing\nmetadata: { name: a }'),
    ).rejects.toMatchObject({
      code: 'cluster_refused',
      message: expect.stringContaining('does not serve'),
    })
    await expect(
      refused('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: kube-system }'),
    ).rejects.toMatchObject({ code: 'invalid' })
    await expect(
      refused('apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: a }'),
    ).rejects.toMatchObject({ code: 'invalid' })
    expect(await count()).toBe(before)
  })

  it('names who owns a field with another value, and never takes it by force', async () => {
    await applyObject(
      scene.client,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', namespace: scene.namespace },
        spec: { replicas: 5 },
      },
      { fieldManager: 'the-autoscaler', force: true },
    )
    await expect(refused(manifests(9))).rejects.toMatchObject({
      code: 'cluster_refused',
      message: expect.stringContaining('the-autoscaler owns spec.replicas'),
    })
    const plan = await scene.call('ada', 'rollout.plan', {
      application: 'web',
      change: { manifests: manifests(9) },
    })
    const object = plan.stages[0]?.targets[0]?.objects.find(({ kind }) => kind === 'Deployment')
    expect(object?.conflicts[0]).toMatchObject({ field: 'spec.replicas', manager: 'the-autoscaler' })
    expect(object?.restarts).toBe(5)
  })

  it('is refused where the namespace is no destination, by the same words as for a cluster that does not exist', async () => {
    await scene.database.db.destination.deleteMany({})
    await expect(refused(manifests(10))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('no such cluster, or it is not a destination'),
    })
    await scene.database.db.destination.create({
      data: { projectId: scene.projectId, clusterId: scene.clusterId, namespace: '*' },
    })
  })

  it('is not possible without the right, and the application is invisible outside the project', async () => {
    await expect(
      scene.call('vic', 'rollout.deploy', { application: 'web', change: { manifests: manifests(9) } }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(scene.call('vic', 'application.get', { application: 'none' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('the first deploy', () => {
  it('fails honestly when it breaks and there is nothing to go back to', async () => {
    await patchObject(
      scene.client,
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: scene.namespace, name: 'web' },
      { spec: { paused: null } },
    )
    await scene.call('ada', 'application.apply', {
      document: application(`${scene.namespace}-b`, [{ name: 'staging' }], 'other'),
    })
    const { rollout } = await scene.call('ada', 'rollout.deploy', {
      application: 'other',
      change: { manifests: deployment({ name: 'other', broken: true }) },
    })
    await progressing(rollout)
    scene.expire(rollout)
    expect(await scene.drive(rollout)).toEqual({ rollout: 'failed', stages: { staging: 'failed' } })
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.stages[0]?.reason).toMatch(/nothing to go back to; the cluster stays as it is/)
    expect((await scene.call('ada', 'application.get', { application: 'other' })).stages[0]?.hold).toBeNull()
  })
})
