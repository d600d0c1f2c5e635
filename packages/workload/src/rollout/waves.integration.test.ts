import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fleetOn, type Fleet } from '../testing/fleet'
import { createScene, deployment, type Scene } from '../testing/scene'
import { worldOf } from '../testing/watch-world'

let scene: Scene
let fleet: Fleet
let version = 0
const names = ['eu-1', 'eu-2', 'us-1'] as const

interface Wish {
  readonly waves?: string
  readonly onFailure?: 'rollback' | 'hold'
  readonly approval?: string
}
const declare = ({ waves = '', onFailure = 'rollback', approval }: Wish = {}) =>
  scene.call('ada', 'application.apply', {
    document: `apiVersion: fairlead.dev/v1
kind: Application
metadata: { name: web, project: shop }
spec:
  stages:
    - name: fleet
      targets: { selector: { fleet: 'yes' }, namespace: ${scene.namespace} }
      deadline: { progress: 5m, total: 30m }
      onFailure: ${onFailure}
      ${approval === undefined ? '' : `approval: ${approval}`}
      waves: { order: [region]${waves} }
`,
  })

/** One that asks for pods that no node takes stays in progress; one that asks for none has arrived at once. */
const deploy = async (broken = false): Promise<string> => {
  version++
  const manifests = deployment({
    image: `registry.example/web:${version}`,
    replicas: broken ? 1 : 0,
    broken,
    extra: { revisionHistoryLimit: 100 },
  })
  return (await scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })).rollout
}

const imageOf = (name: string) => worldOf(scene).imageOf(fleet.namespaceOf(name))
const images = () => Promise.all(names.map(imageOf))
const generations = () =>
  Promise.all(
    names.map(
      async (name) => (await worldOf(scene).live('web', fleet.namespaceOf(name)))?.metadata.generation ?? 0,
    ),
  )
const targetsOf = async (rollout: string) => {
  const { stages } = await scene.call('ada', 'rollout.get', { rollout })
  return new Map((stages[0]?.targets ?? []).map((target) => [target.cluster.name, target]))
}
const statesOf = async (rollout: string) => {
  const targets = await targetsOf(rollout)
  return names.map((name) => targets.get(name)?.state)
}
const appliedTo = async (rollout: string) =>
  (
    await scene.database.db.rolloutEntry.findMany({
      where: { rolloutId: rollout, kind: 'apply' },
      orderBy: { id: 'asc' },
    })
  ).map(({ cluster }) => cluster)
/** The test's hand on the clock: what progresses has had its time. */
const expire = (rollout: string) =>
  scene.database.db.rolloutTarget.updateMany({
    where: { stage: { rolloutId: rollout }, state: 'applied' },
    data: { progressAt: new Date(0) },
  })
/** Its hand on another clock: silent clusters are asked again now. */
const askNow = (rollout: string) =>
  scene.database.db.rolloutTarget.updateMany({
    where: { stage: { rolloutId: rollout }, askAt: { not: null } },
    data: { askAt: new Date(0) },
  })
const untilState =
  (state: string) =>
  ({ stages }: { stages: Readonly<Record<string, string>> }): boolean =>
    stages['fleet'] === state
const passUntil = async (rollout: string, done: () => Promise<boolean>): Promise<void> => {
  while (!(await done())) {
    await scene.pass(rollout)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
const failFirst = async (rollout: string): Promise<void> => {
  await scene.drive(rollout, untilState('progressing'))
  await expect
    .poll(() => worldOf(scene).isUnschedulable(fleet.namespaceOf('eu-1')), { timeout: 120_000 })
    .toBe(true)
  await passUntil(rollout, async () => {
    await expire(rollout)
    return (await statesOf(rollout))[0] !== 'applied'
  })
}

beforeAll(async () => {
  scene = await createScene()
  fleet = await fleetOn(
    scene,
    names.map((name) => ({ name, labels: { fleet: 'yes', region: name.slice(0, 2) } })),
  )
})
beforeEach(() => {
  fleet.silent.clear()
  scene.onStep = () => undefined
})
afterAll(async () => {
  await fleet.drop()
  await scene.drop()
})

describe('a stage in waves', () => {
  it('goes one target after the other in the order of its waves, each wave after the bake of the one before', async () => {
    await declare({ waves: ', bake: 1s' })
    const rollout = await deploy()
    const inFlight: number[] = []
    scene.onStep = async (step) => {
      if (step !== 'recorded') return
      const where = { stage: { rolloutId: rollout }, state: 'applied' }
      inFlight.push(await scene.database.db.rolloutTarget.count({ where }))
    }
    expect(await scene.drive(rollout)).toEqual({ rollout: 'succeeded', stages: { fleet: 'converged' } })
    expect(Math.max(...inFlight)).toBe(1)
    expect(await appliedTo(rollout)).toEqual(['eu-1', 'eu-2', 'us-1'])
    const rows = await scene.database.db.rolloutTarget.findMany({
      where: { stage: { rolloutId: rollout } },
      orderBy: { startedAt: 'asc' },
    })
    expect(rows.map(({ wave }) => wave)).toEqual([1, 1, 2])
    const baked =
      Math.max(...rows.slice(0, 2).map(({ convergedAt }) => convergedAt?.getTime() ?? Infinity)) + 1_000
    expect(rows[2]?.startedAt?.getTime()).toBeGreaterThanOrEqual(baked)
    expect(await images()).toEqual(names.map(() => `registry.example/web:${version}`))
  }, 120_000)

  it('binds its approval to the waves, and takes no cluster that joins after its request', async () => {
    await declare({ approval: '{ quorum: 1 }' })
    const rollout = await deploy()
    await scene.drive(rollout, ({ rollout: state }) => state === 'waiting')
    const { stages } = await scene.call('bob', 'rollout.get', { rollout })
    const plan = stages[0]?.plan
    expect(plan?.targets.map(({ cluster, wave }) => [cluster.name, wave])).toEqual([
      ['eu-1', 1],
      ['eu-2', 1],
      ['us-1', 2],
    ])
    await fleet.join({ name: 'ap-1', labels: { fleet: 'yes', region: 'ap' } })
    await scene.call('bob', 'rollout.approve', {
      rollout,
      stage: 'fleet',
      planDigest: plan?.digest ?? '',
      reason: 'fine',
    })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await appliedTo(rollout)).toEqual(['eu-1', 'eu-2', 'us-1'])
    await scene.database.db.cluster.delete({ where: { name: 'ap-1' } })
  }, 120_000)

  it('halts where more fail than may, leaves the rest alone, and goes back when a person asks', async () => {
    await declare({ onFailure: 'hold' })
    const [verified, before] = [await images(), await generations()]
    const rollout = await deploy(true)
    await failFirst(rollout)
    expect(await scene.drive(rollout, untilState('halted'))).toMatchObject({ stages: { fleet: 'halted' } })
    expect(await statesOf(rollout)).toEqual(['failed', 'pending', 'pending'])
    const { blockers, actions } = await scene.call('ada', 'rollout.get', { rollout })
    expect(blockers.map(({ what }) => what).join(' ')).toContain('The failure budget is spent: 1 of 3')
    expect([actions.halt.passed, actions.rollbackWaves.passed]).toEqual([false, true])

    await scene.call('ada', 'rollout.rollbackWaves', { rollout, reason: 'not good' })
    expect(await scene.drive(rollout)).toEqual({ rollout: 'rolled_back', stages: { fleet: 'rolled_back' } })
    expect(await images()).toEqual(verified)
    const [first = 0, ...others] = await generations()
    expect([first, others]).toEqual([(before[0] ?? 0) + 2, before.slice(1)])
    await scene.call('ada', 'rollout.liftHold', { application: 'web', stage: 'fleet', reason: 'next' })
  }, 240_000)

  it('goes on within its budget: the target that failed alone goes back, by itself', async () => {
    await declare({ waves: ', failureBudget: 1' })
    const verified = await imageOf('eu-1')
    const rollout = await deploy(true)
    await failFirst(rollout)
    await passUntil(rollout, async () => (await statesOf(rollout))[0] === 'rolled_back')
    expect(await imageOf('eu-1')).toBe(verified)
    await scene.call('ada', 'rollout.cancel', { rollout, reason: 'the others can only fail too' })
  }, 240_000)

  it('is halted for good by a person, who takes back what it brought', async () => {
    await declare()
    const good = await deploy()
    expect(await scene.drive(good)).toMatchObject({ rollout: 'succeeded' })
    await declare({ waves: ', bake: 1h' })
    const verified = await images()
    const rollout = await deploy()
    await passUntil(rollout, async () => (await statesOf(rollout))[1] === 'baking')
    await scene.call('ada', 'rollout.halt', { rollout, reason: 'errors' })
    await expect(scene.call('vic', 'rollout.rollbackWaves', { rollout, reason: 'no' })).rejects.toMatchObject(
      {
        code: 'forbidden',
      },
    )
    for (let pass = 0; pass < 3; pass++) await scene.pass(rollout)
    expect(await statesOf(rollout)).toEqual(['baking', 'baking', 'pending'])
    await expect(scene.call('ada', 'rollout.halt', { rollout, reason: 'again' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await scene.call('ada', 'rollout.rollbackWaves', { rollout, reason: 'errors' })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'rolled_back' })
    expect(await images()).toEqual(verified)
    await scene.call('ada', 'rollout.liftHold', { application: 'web', stage: 'fleet', reason: 'next' })
  }, 240_000)
})

describe('a cluster that does not answer', () => {
  it('is left out and comes back later, where the policy says so', async () => {
    await declare({ waves: ', unreachable: { policy: skip, timeout: 1h }' })
    fleet.silent.add('eu-1')
    const rollout = await deploy()
    await passUntil(rollout, async () => (await statesOf(rollout))[2] === 'converged')
    const { stages, blockers } = await scene.call('ada', 'rollout.get', { rollout })
    expect(stages[0]?.plan?.targets[0]?.unreachable).toContain('eu-1 does not answer')
    expect(await statesOf(rollout)).toEqual(['pending', 'converged', 'converged'])
    expect(blockers.map(({ what }) => what).join(' ')).toContain('eu-1 does not answer; it is left out')
    fleet.silent.clear()
    await askNow(rollout)
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    expect(await imageOf('eu-1')).toBe(`registry.example/web:${version}`)
  }, 240_000)

  it('is waited for and then counts as failed, or counts at once', async () => {
    await declare({ waves: ', failureBudget: 1, unreachable: { policy: wait, timeout: 1h }' })
    const waiting = await deploy()
    // Once the plan, which needs every cluster, is carried out.
    scene.onStep = (step) => {
      if (step === 'intended') fleet.silent.add('us-1')
    }
    await passUntil(waiting, async () => (await targetsOf(waiting)).get('us-1')?.unreachableSince != null)
    expect(await statesOf(waiting)).toEqual(['converged', 'converged', 'pending'])
    await scene.database.db.rolloutTarget.updateMany({
      where: { stage: { rolloutId: waiting }, unreachableAt: { not: null } },
      data: { unreachableAt: new Date(0) },
    })
    expect(await scene.drive(waiting)).toMatchObject({ rollout: 'succeeded' })
    expect(await statesOf(waiting)).toEqual(['converged', 'converged', 'failed'])

    await declare({ waves: ', failureBudget: 1, unreachable: { policy: fail }' })
    const failing = await deploy()
    expect(await scene.drive(failing)).toMatchObject({ rollout: 'succeeded' })
    expect(await statesOf(failing)).toEqual(['converged', 'converged', 'failed'])
  }, 240_000)
})
