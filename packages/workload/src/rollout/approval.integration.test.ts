import { applyObject } from '@fairlead/kube/apply'
import { patchObject } from '@fairlead/kube/objects'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { application, configMap, createScene, deployment, documents, type Scene } from '../testing/scene'
import { worldOf, type World } from '../testing/watch-world'

let scene: Scene
let world: World
let image = 0
beforeAll(async () => {
  scene = await createScene()
  world = worldOf(scene)
})
afterAll(() => scene.drop())

const production = (): string => `${scene.namespace}-b`
const stages = (approval: string) =>
  application(scene.namespace, [
    { name: 'staging' },
    { name: 'production', namespace: production(), approval },
  ])
const deploy = async (broken = false): Promise<string> => {
  image++
  const manifests = documents(
    deployment({ image: `registry.example/web:${image}`, broken }),
    configMap('config', { k: 'v' }),
  )
  return (await scene.call('ada', 'rollout.deploy', { application: 'web', change: { manifests } })).rollout
}
const waiting = (rollout: string) => scene.drive(rollout, ({ rollout: state }) => state === 'waiting')
const digestOf = async (rollout: string): Promise<string> =>
  (await scene.call('ada', 'rollout.get', { rollout })).stages[1]?.plan?.digest ?? ''
const approve = async (person: 'ada' | 'bob' | 'cleo' | 'root', rollout: string, planDigest?: string) =>
  scene.call(person, 'rollout.approve', {
    rollout,
    stage: 'production',
    planDigest: planDigest ?? (await digestOf(rollout)),
    reason: 'looks right',
  })

beforeEach(async () => {
  await scene.call('ada', 'application.apply', { document: stages('{ quorum: 2 }') })
})

describe('the approval of a stage', () => {
  it('lets the second stage begin only after a quorum of distinct people other than the requester', async () => {
    const rollout = await deploy()
    expect(await waiting(rollout)).toEqual({
      rollout: 'waiting',
      stages: { staging: 'converged', production: 'awaiting_approval' },
    })
    expect(await world.live('web', production())).toBeNull()
    await expect(approve('ada', rollout)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('someone else'),
    })
    await expect(approve('root', rollout)).rejects.toMatchObject({ code: 'forbidden' })
    await approve('bob', rollout)
    await expect(approve('bob', rollout)).rejects.toMatchObject({ code: 'conflict' })
    await scene.pass(rollout)
    expect(await world.live('web', production())).toBeNull()
    const [item] = await scene.call('cleo', 'approval.list', {})
    expect(item?.requirement).toMatchObject({ remaining: 1, mine: { passed: true } })
    expect((await scene.call('cleo', 'activity.get', {})).waitingForMe).toHaveLength(1)
    expect((await scene.call('ada', 'activity.get', {})).waitingForMe).toHaveLength(0)
    expect((await scene.call('ada', 'rollout.get', { rollout })).blockers[0]).toMatchObject({
      owner: 'approver',
      what: expect.stringContaining('one approval is missing'),
    })
    await approve('cleo', rollout)
    expect(await scene.drive(rollout)).toEqual({
      rollout: 'succeeded',
      stages: { staging: 'converged', production: 'converged' },
    })
    expect(await world.imageOf(production())).toBe(`registry.example/web:${image}`)
  })

  it('is void when anything it covers changes: people are asked again about the new plan', async () => {
    const rollout = await deploy()
    await waiting(rollout)
    const before = await digestOf(rollout)
    await approve('bob', rollout)
    await patchObject(
      scene.client,
      { apiVersion: 'v1', kind: 'ConfigMap', namespace: production(), name: 'config' },
      { data: { other: 'hand' } },
    )
    await approve('cleo', rollout)
    expect(await waiting(rollout)).toMatchObject({ rollout: 'waiting' })
    const view = await scene.call('bob', 'rollout.get', { rollout })
    expect(view.stages[1]?.plan?.digest).not.toBe(before)
    expect(view.stages[1]?.approval).toMatchObject({ remaining: 2, mine: { passed: true } })
    expect(view.stages[1]?.approval?.given.map(({ stale }) => stale)).toEqual([true, true])
    expect(view.timeline.find(({ kind }) => kind === 'plan_changed')?.message).toMatch(/ConfigMap config/)
    await expect(approve('bob', rollout, before)).rejects.toMatchObject({ code: 'stale' })
    await scene.call('ada', 'rollout.cancel', { rollout, reason: 'enough' })
  })

  it('stops counting when the person loses the role or is disabled before the apply', async () => {
    const rollout = await deploy()
    await waiting(rollout)
    const { db } = scene.database
    await approve('bob', rollout)
    await db.user.update({ where: { id: 'bob' }, data: { disabledAt: new Date() } })
    await approve('cleo', rollout)
    expect(await waiting(rollout)).toMatchObject({ stages: { production: 'awaiting_approval' } })
    await db.user.update({ where: { id: 'bob' }, data: { disabledAt: null } })
    await db.membership.deleteMany({ where: { userId: 'cleo' } })
    expect(await waiting(rollout)).toMatchObject({ stages: { production: 'awaiting_approval' } })
    await db.membership.create({ data: { userId: 'cleo', projectId: scene.projectId, role: 'approver' } })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
  })

  it('ends the rollout when one person rejects, and leaves production as it is', async () => {
    const was = await world.imageOf(production())
    const rollout = await deploy()
    await waiting(rollout)
    await scene.call('bob', 'rollout.reject', {
      rollout,
      stage: 'production',
      planDigest: await digestOf(rollout),
      reason: 'not on a Friday',
    })
    expect(await scene.drive(rollout)).toEqual({
      rollout: 'rejected',
      stages: { staging: 'converged', production: 'rejected' },
    })
    expect(await world.imageOf(production())).toBe(was)
  })

  it('expires unanswered', async () => {
    const rollout = await deploy()
    await waiting(rollout)
    await scene.database.db.rolloutStage.updateMany({
      where: { rolloutId: rollout, name: 'production' },
      data: { planRequestedAt: new Date(Date.now() - 25 * 3_600_000) },
    })
    await expect(approve('bob', rollout)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('expired'),
    })
    expect(await scene.drive(rollout)).toEqual({
      rollout: 'cancelled',
      stages: { staging: 'converged', production: 'cancelled' },
    })
  })

  it('is void when a newer deploy supersedes the rollout', async () => {
    const first = await deploy()
    await waiting(first)
    const digest = await digestOf(first)
    const second = await deploy()
    await expect(approve('bob', first, digest)).rejects.toMatchObject({ code: 'conflict' })
    expect(await scene.drive(first)).toMatchObject({ rollout: 'superseded' })
    await scene.call('ada', 'rollout.cancel', { rollout: second, reason: 'enough' })
  })

  it('rolls back only the stage that failed: an earlier one stays converged', async () => {
    await scene.call('ada', 'application.apply', { document: stages('{ quorum: 1 }') })
    const was = await world.imageOf(production())
    const rollout = await deploy()
    await waiting(rollout)
    await approve('bob', rollout)
    // Production alone loses its room for one pod more, after the last plan: an earlier one would have refused it.
    scene.onStep = async (step) => {
      if (step !== 'intended') return
      await applyObject(
        scene.admin,
        {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'full', namespace: production() },
          spec: { hard: { pods: '2' } },
        },
        { fieldManager: 'test' },
      )
    }
    expect(await scene.drive(rollout)).toEqual({
      rollout: 'rolled_back',
      stages: { staging: 'converged', production: 'rolled_back' },
    })
    expect(await world.imageOf(production())).toBe(was)
    expect(await world.imageOf()).toBe(`registry.example/web:${image}`)
    const { reason, evidence } = (await scene.call('ada', 'rollout.get', { rollout })).stages[1] ?? {}
    expect(reason).toMatch(/can't come up: QuotaExceeded/)
    expect(evidence?.join(' ')).toMatch(/exceeded quota: full, .* \(owned by test\)/)
  })
})
