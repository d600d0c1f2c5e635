import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { application, configMap, createScene, deployment, documents, type Scene } from '../testing/scene'
import { worldOf, type World } from '../testing/watch-world'
import { rolloutReconciler } from './reconcile'

let scene: Scene
let world: World
let version = 0
beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
  await scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging' }]),
  })
  await scene.drive(await deploy())
})
afterAll(() => scene.drop())

const deploy = async (broken = false): Promise<string> => {
  version++
  const manifests = documents(
    deployment({
      image: `registry.example/web:${version}`,
      replicas: 1,
      broken,
      extra: { revisionHistoryLimit: 100 },
    }),
    configMap('config', { k: broken ? 'bad' : `good ${version}` }),
    ...(broken ? [configMap('added', { only: 'here' })] : []),
  )
  return (await scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })).rollout
}

class Killed extends Error {}

interface Step {
  readonly name: string
  readonly nth: number
}
const steps = (...names: readonly string[]): Step[] =>
  names.flatMap((name) => [
    { name, nth: 1 },
    { name, nth: 2 },
  ])

/** Dies there, as a killed worker would; then another worker goes on from Postgres and the cluster. */
async function dieAt(rollout: string, step: Step): Promise<boolean> {
  let seen = 0
  scene.onStep = (name) => {
    if (name === step.name && ++seen === step.nth) throw new Killed()
  }
  try {
    await scene.drive(rollout)
    return false
  } catch (error) {
    if (!(error instanceof Killed)) throw error
    return true
  } finally {
    scene.onStep = () => undefined
  }
}

/** Its process dies when it is about to write more than one row together. */
const dyingWhen = (isDue: () => boolean): Scene['deps']['db'] =>
  new Proxy(scene.database.db, {
    get(target, property) {
      if (property === '$transaction' && isDue()) throw new Killed()
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })

const standing = async () => ({
  generation: (await world.live())?.metadata.generation ?? 0,
  replicaSets: await world.replicaSets(),
})
const entriesOf = async (rollout: string, kind: 'apply' | 'prune') => ({
  timeline: await scene.database.db.rolloutEntry.count({ where: { rolloutId: rollout, kind } }),
  audit: await scene.database.db.auditEntry.count({
    where: { subjectId: rollout, action: `rollout.${kind}` },
  }),
})

describe('a worker killed between any two writes', () => {
  it('leaves a deploy that another one finishes: the same world, applied and recorded once', async () => {
    const died: string[] = []
    for (const step of steps('acted', 'recorded', 'intended', 'applied ConfigMap', 'applied Deployment')) {
      const before = await standing()
      const rollout = await deploy()
      if (await dieAt(rollout, step)) died.push(`${step.name} ${step.nth}`)
      const where = `killed at ${step.name} ${step.nth}`
      expect(await scene.drive(rollout), where).toEqual({
        rollout: 'succeeded',
        stages: { staging: 'converged' },
      })
      expect(await standing(), where).toEqual({
        generation: before.generation + 1,
        replicaSets: before.replicaSets + 1,
      })
      expect(await entriesOf(rollout, 'apply'), where).toEqual({ timeline: 1, audit: 1 })
      expect(await world.imageOf()).toBe(`registry.example/web:${version}`)
    }
    expect(died).toEqual(
      expect.arrayContaining([
        'acted 1',
        'acted 2',
        'recorded 1',
        'recorded 2',
        'intended 1',
        'applied ConfigMap 1',
        'applied Deployment 1',
      ]),
    )
  }, 600_000)

  it('leaves a rollback that another one finishes: the verified release, and nothing of the bad one', async () => {
    const died: string[] = []
    for (const step of steps(
      'acted',
      'recorded',
      'intended',
      'applied ConfigMap',
      'applied Deployment',
      'intended prune',
      'prune',
    )) {
      const verified = await world.imageOf()
      const before = await standing()
      const rollout = await deploy(true)
      await scene.drive(rollout, ({ stages }) => stages['staging'] === 'progressing')
      // Put back before its controller saw it, the broken revision would never have been.
      await expect.poll(() => world.replicaSets(), { timeout: 120_000 }).toBe(before.replicaSets + 1)
      scene.expire(rollout)
      if (await dieAt(rollout, step)) died.push(`${step.name} ${step.nth}`)
      const where = `killed at ${step.name} ${step.nth}`
      expect(await scene.drive(rollout), where).toEqual({
        rollout: 'rolled_back',
        stages: { staging: 'rolled_back' },
      })
      expect(await world.imageOf()).toBe(verified)
      expect((await world.configMap('config'))?.['data']).toEqual({
        k: expect.stringContaining('good') as unknown,
      })
      expect(await world.configMap('added')).toBeNull()
      expect(await standing(), where).toEqual({
        generation: before.generation + 2,
        replicaSets: before.replicaSets + 1,
      })
      expect(await entriesOf(rollout, 'apply'), where).toEqual({ timeline: 2, audit: 2 })
      expect(await entriesOf(rollout, 'prune'), where).toEqual({ timeline: 1, audit: 1 })
    }
    expect(died).toEqual(
      expect.arrayContaining([
        'acted 1',
        'recorded 1',
        'intended 1',
        'applied ConfigMap 1',
        'applied Deployment 1',
        'intended prune 1',
        'prune 1',
      ]),
    )
  }, 600_000)

  it('leaves an apply of a rollback that is told, though it died before it could tell', async () => {
    const replicaSets = await world.replicaSets()
    const rollout = await deploy(true)
    await scene.drive(rollout, ({ stages }) => stages['staging'] === 'progressing')
    await expect.poll(() => world.replicaSets(), { timeout: 120_000 }).toBe(replicaSets + 1)
    await scene.setDeadline(rollout, new Date(0))
    let applied = false
    const db = dyingWhen(() => applied)
    const onStep = (step: string) => {
      applied ||= step === 'applied Deployment'
    }
    const reconcile = rolloutReconciler({ ...scene.deps, db, onStep })
    await expect(reconcile(rollout, new Date())).rejects.toThrow(Killed)
    scene.expire(rollout)
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'rolled_back' })
    expect(await entriesOf(rollout, 'apply')).toEqual({ timeline: 2, audit: 2 })
  }, 600_000)

  it('loses no approval', async () => {
    await scene.call('ada', 'application.apply', {
      document: application(scene.namespace, [{ name: 'staging', approval: '{ quorum: 1 }' }]),
    })
    for (const step of steps('acted', 'recorded', 'intended', 'applied Deployment')) {
      const rollout = await deploy()
      await scene.drive(rollout, (state) => state.rollout === 'waiting')
      const planDigest = (await scene.call('bob', 'rollout.get', { rollout })).stages[0]?.plan?.digest ?? ''
      await scene.call('bob', 'rollout.approve', { rollout, stage: 'staging', planDigest, reason: 'fine' })
      await dieAt(rollout, step)
      expect(await scene.drive(rollout), `killed at ${step.name} ${step.nth}`).toMatchObject({
        rollout: 'succeeded',
      })
    }
  }, 600_000)
})
