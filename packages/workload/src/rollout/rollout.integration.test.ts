import { labelKeys } from '@fairlead/contracts/labels'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
})
afterAll(() => scene.drop())

const apply = (...stages: Parameters<typeof application>[1]) =>
  scene.call('ada', 'application.apply', { document: application(scene.namespace, stages) })
const deploy = (manifests: string) =>
  scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })
/** Its deadline is over once it is known why it can't come up. */
async function runsOut(rollout: string): Promise<void> {
  await scene.drive(rollout, ({ stages }) => stages['staging'] === 'progressing')
  while (!(await world.isUnschedulable())) await new Promise((resolve) => setTimeout(resolve, 50))
  scene.expire(rollout)
}
const good = (image = 'registry.example/web:1', k = 'one') =>
  documents(deployment({ image }), configMap('config', { k }), secret('key', { password: 'correct horse' }))

describe('a rollout on a real cluster', () => {
  it('creates the namespace, applies, and converges on what its own apply returned', async () => {
    await apply({ name: 'staging' })
    const { rollout, number } = await deploy(good())
    expect(number).toBe(1)
    expect(await scene.drive(rollout)).toEqual({ rollout: 'succeeded', stages: { staging: 'converged' } })
    const object = await world.live()
    expect(object?.metadata.labels?.[labelKeys.rollout]).toBe(rollout)
    for (const key of Object.values(labelKeys)) expect(JSON.stringify(object?.['spec'])).not.toContain(key)
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.stages[0]?.targets[0]?.workloads[0]?.verdict.state).toBe('converged')
    expect(view.blockers).toEqual([])
    expect((await scene.call('ada', 'application.list', {}))[0]?.stages[0]?.verified?.number).toBe(1)
  })

  it('says "no change" for an identical release, and makes no new ReplicaSet', async () => {
    const { rollout } = await deploy(good())
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.stages[0]?.reason).toMatch(/No change/)
    expect(await world.replicaSets()).toBe(1)
  })

  it('keeps Secret values out of every row and answer, and puts them into the cluster', async () => {
    const value = Buffer.from('correct horse').toString('base64')
    expect((await world.secret('key'))?.['data']).toEqual({ password: value })
    const { db } = scene.database
    const rows = JSON.stringify(
      [
        await db.release.findMany(),
        await db.rollout.findMany(),
        await db.rolloutStage.findMany(),
        await db.rolloutTarget.findMany(),
        (await db.rolloutEntry.findMany()).map(({ message }) => message),
        (await db.auditEntry.findMany()).map(({ detail }) => detail),
      ],
      (_, inner: unknown) => (inner instanceof Uint8Array ? Buffer.from(inner).toString('latin1') : inner),
    )
    expect(rows).not.toContain('correct horse')
    expect(rows).not.toContain(value)
    const plan = await scene.call('ada', 'rollout.plan', {
      application: 'web',
      change: {
        manifests: documents(
          deployment(),
          configMap('config', { k: 'one' }),
          secret('key', { password: 'battery staple' }),
        ),
      },
    })
    const changed = plan.stages[0]?.targets[0]?.objects.find(({ kind }) => kind === 'Secret')
    expect(changed?.change).toBe('change')
    expect(JSON.stringify(plan)).toContain('fingerprint:')
    expect(JSON.stringify(plan)).not.toContain('battery staple')
    expect(JSON.stringify(plan)).not.toContain(Buffer.from('battery staple').toString('base64'))
  })

  it('rolls back by itself at the deadline, with the ConfigMap, and prunes what the bad release added', async () => {
    const { rollout } = await deploy(
      documents(
        deployment({ image: 'registry.example/web:2', broken: true }),
        configMap('config', { k: 'two' }),
        configMap('added', { only: 'here' }),
        secret('key', { password: 'correct horse' }),
      ),
    )
    await runsOut(rollout)
    expect(await scene.drive(rollout)).toEqual({ rollout: 'rolled_back', stages: { staging: 'rolled_back' } })
    expect(await world.imageOf()).toBe('registry.example/web:1')
    expect((await world.configMap('config'))?.['data']).toEqual({ k: 'one' })
    expect(await world.configMap('added')).toBeNull()
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.stages[0]?.reason).toMatch(/No progress for 5m/)
    expect(view.stages[0]?.evidence.join(' ')).toMatch(/Unschedulable/)
    expect(view.stages[0]?.base?.number).toBe(2)
    const [summary] = await scene.call('ada', 'application.list', {})
    expect(summary?.stages[0]?.hold?.reason).toMatch(/Rollout 3/)
    expect(summary?.stages[0]?.verified?.number).toBe(2)
    const audited = await scene.database.db.auditEntry.findMany({
      where: { subjectId: rollout },
      orderBy: { sequence: 'asc' },
    })
    expect(audited.map(({ action, actorKind }) => `${actorKind} ${action}`)).toEqual([
      'user rollout.deploy',
      'system rollout.apply',
      'system rollout.rolling_back',
      'system rollout.apply',
      'system rollout.prune',
      'system rollout.rolled_back',
    ])
  })

  it('refuses the release that was rolled back until the hold is lifted, and lets a fix through at once', async () => {
    const [failed] = await scene.call('ada', 'rollout.list', { application: 'web' })
    const again = () =>
      scene.call('ada', 'rollout.deploy', {
        application: 'web',
        change: { release: failed?.release.id ?? '' },
      })
    await expect(again()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('on hold'),
    })
    const { rollout } = await deploy(good('registry.example/web:3', 'three'))
    expect((await scene.call('ada', 'application.list', {}))[0]?.stages[0]?.hold).toBeNull()
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await world.imageOf()).toBe('registry.example/web:3')
  })

  it('goes back one verified release by hand, without approval, and verifies it', async () => {
    const { rollout } = await scene.call('ada', 'rollout.rollback', {
      application: 'web',
      stage: 'staging',
      reason: 'worse than before',
    })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await world.imageOf()).toBe('registry.example/web:1')
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.kind).toBe('rollback')
    expect(view.release.number).toBe(2)
  })

  it('changes an image of the verified release, Secrets included, and names the containers it does not know', async () => {
    const change = (images: Record<string, string>) =>
      scene.call('ada', 'rollout.deploy', { application: 'web', change: { images } })
    await expect(change({ wbe: 'registry.example/web:4' })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('web/web'),
    })
    const { rollout } = await change({ 'web/web': 'registry.example/web:4' })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await world.imageOf()).toBe('registry.example/web:4')
    expect((await world.secret('key'))?.['data']).toEqual({
      password: Buffer.from('correct horse').toString('base64'),
    })
  })

  it('deletes what a new release no longer holds only once that release has converged', async () => {
    const { rollout } = await deploy(documents(deployment({ image: 'registry.example/web:5' })))
    const plan = (await scene.call('ada', 'rollout.get', { rollout })).stages[0]?.plan
    expect(plan).toBeNull()
    expect(await world.configMap('config')).not.toBeNull()
    await scene.drive(rollout)
    expect(await world.configMap('config')).toBeNull()
    expect(await world.secret('key')).toBeNull()
    const view = await scene.call('ada', 'rollout.get', { rollout })
    const pruned = view.stages[0]?.plan?.targets[0]?.objects
      .filter(({ change }) => change === 'prune')
      .map(({ name }) => name)
    expect(pruned?.toSorted()).toEqual(['config', 'key'])
  })

  it('never rolls back a rollback: it fails, says so and holds', async () => {
    const broken = await deploy(documents(deployment({ image: 'registry.example/web:6', broken: true })))
    await runsOut(broken.rollout)
    await scene.drive(broken.rollout)
    const application = await scene.database.db.application.findFirstOrThrow()
    await scene.call('ada', 'rollout.liftHold', { application: 'web', stage: 'staging', reason: 'to try' })
    const bad = await scene.database.db.release.findFirstOrThrow({
      where: { applicationId: application.id },
      orderBy: { number: 'desc' },
    })
    const { rollout } = await scene.call('ada', 'rollout.rollback', {
      application: 'web',
      stage: 'staging',
      to: bad.number,
      reason: 'on purpose',
    })
    await runsOut(rollout)
    expect(await scene.drive(rollout)).toEqual({ rollout: 'failed', stages: { staging: 'failed' } })
    const view = await scene.call('ada', 'rollout.get', { rollout })
    expect(view.stages[0]?.reason).toMatch(/A rollback is never rolled back/)
    expect((await scene.call('ada', 'application.list', {}))[0]?.stages[0]?.hold).not.toBeNull()
  })
})
