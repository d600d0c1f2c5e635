import { isFairleadError } from '@fairlead/contracts/errors'
import { freezePolicy } from '@fairlead/contracts/freeze-policy'
import { recordIn } from '@fairlead/contracts/loose-json'
import type { CommandName, InputOf } from '@fairlead/contracts/surface'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { dueRollouts } from '@fairlead/workload/rollout/due-rollouts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  application,
  createFreezeWorld,
  denyWindow,
  deployment,
  type FreezeWorld,
  type Person,
  type RolloutStanding,
} from './testing/freeze-world'

type Rule = typeof freezePolicy
type Refused = { [K in CommandName]: Rule[K] extends { refused: string } ? K : never }[CommandName]
type Waits = { [K in CommandName]: Rule[K] extends { waits: string } ? K : never }[CommandName]
/** A wish about an object, where the others are rollouts. */
type WaitsAsRollout = Exclude<Waits, 'drift.putBack'>

const hourMs = 3_600_000
let world: FreezeWorld

const call: FreezeWorld['call'] = (person, name, input) => world.call(person, name, input)
const later = (hours: number): Date => new Date(world.clock().getTime() + hours * hourMs)
const freeze = (running: 'finish' | 'pause' = 'finish') =>
  call('root', 'freeze.apply', { document: denyWindow({ from: later(-1), until: later(2), running }) })
const thaw = () => call('root', 'freeze.delete', { window: 'year-end' })
/** Time passes: what was closed for two hours is open. */
const untilItOpens = (): void => void (world.time.aheadMs += 3 * hourMs)
const frozen = {
  code: 'frozen',
  detail: { windows: 'year-end', opensAt: expect.stringMatching(/^\d{4}-/) as string },
}

const drive = (id: string, until?: (state: RolloutStanding) => boolean) => world.drive(id, until)
const waits = ({ stage }: RolloutStanding): boolean => stage === 'awaiting_window'
let version = 0
const deploy = async (broken = false): Promise<string> =>
  (
    await call('ada', 'rollout.deploy', {
      application: 'web',
      change: { manifests: deployment(++version, broken) },
    })
  ).rollout

const live = async (): Promise<KubeObject> => {
  const found = await world.live('web')
  if (found === null) throw new Error('the Deployment is gone')
  return found
}
/** What controllers do not write. */
const desired = ({ spec, metadata: { uid, generation, labels } }: KubeObject) => ({
  spec,
  uid,
  generation,
  labels,
})
const specOf = async () => recordIn((await live())['spec'])
const imageOf = async (): Promise<unknown> =>
  JSON.stringify(await specOf()).match(/registry\.example\/web:\d+/)?.[0]
const ref = () =>
  ({ cluster: world.cluster, kind: 'Deployment', namespace: world.namespace, name: 'web' }) as const
const scale = (replicas: number) => call('ada', 'workload.scale', { ...ref(), replicas })

beforeAll(async () => {
  world = await createFreezeWorld()
  await call('root', 'application.apply', { document: application(world.namespace) })
  await drive(await deploy())
  await drive(await deploy())
})
afterAll(() => world.drop())

describe('while a window denies', () => {
  beforeAll(() => freeze())
  afterAll(thaw)

  it('each hand that changes a cluster is refused with the window, its reason and the next opening, and nothing changes', async () => {
    const before = await live()
    const base = JSON.stringify({ ...before, metadata: { ...before.metadata, managedFields: undefined } })
    const edited = base.replace('"replicas":1', '"replicas":2')
    const nodeRef = { cluster: world.cluster, name: world.node }
    const tries: Readonly<Record<Refused, unknown>> = {
      'workload.scale': { ...ref(), replicas: 3 },
      'workload.restart': ref(),
      'object.delete': { ...ref(), uid: before.metadata.uid },
      'object.edit': { ...ref(), base, edited },
      'node.cordon': nodeRef,
      'node.uncordon': nodeRef,
      'node.drain': { ...nodeRef, emptyDir: true, unmanaged: true },
    }
    for (const [name, input] of Object.entries(tries) as [Refused, never][]) {
      const error: unknown = await call('olga', name, input).catch((thrown: unknown) => thrown)
      expect([name, isFairleadError(error) ? error.message : error]).toEqual([
        name,
        expect.stringMatching(
          /^Frozen: year-end \(The books are being closed\.\)\. Opens .* UTC: year-end ends\.$/,
        ),
      ])
      expect(error).toMatchObject(frozen)
      expect(await world.audited(name)).toMatchObject({
        outcome: 'denied',
        actorId: 'olga',
        detail: { code: 'frozen', windows: 'year-end' },
      })
    }
    expect(desired(await live())).toEqual(desired(before))
    expect(recordIn((await world.liveNode())?.['spec'])['unschedulable']).toBeUndefined()
  })

  it('each rollout that is asked for waits, says why, and goes on by itself when it opens', async () => {
    const asks: Readonly<Record<WaitsAsRollout, () => Promise<string>>> = {
      'rollout.deploy': () => deploy(),
      'rollout.rollback': async () =>
        (
          await call('ada', 'rollout.rollback', {
            application: 'web',
            stage: 'staging',
            reason: 'it is slow',
          })
        ).rollout,
    }
    for (const [name, ask] of Object.entries(asks)) {
      await freeze()
      const before = await live()
      const rollout = await ask()
      expect([name, await drive(rollout, waits)]).toEqual([
        name,
        { rollout: 'running', stage: 'awaiting_window' },
      ])
      await world.pass(rollout)
      expect((await live()).metadata.generation).toBe(before.metadata.generation)
      const view = await call('ada', 'rollout.get', { rollout })
      expect(view.blockers).toEqual([
        {
          what: expect.stringContaining('frozen by year-end (The books are being closed.)') as string,
          owner: 'an administrator, or two people by an exception',
          until: expect.stringMatching(/^\d{4}-/) as string,
        },
      ])
      expect(view.stages[0]?.freeze).toMatchObject({ open: false })
      untilItOpens()
      expect(await dueRollouts(world.db, world.clock())).toContain(rollout)
      expect([name, await drive(rollout)]).toEqual([name, { rollout: 'succeeded', stage: 'converged' }])
      expect((await live()).metadata.generation).toBeGreaterThan(before.metadata.generation ?? 0)
    }
  })

  it('what somebody asked to be put back waits, says why, and is put back when it opens', async () => {
    const drift = async () => {
      await world.compare()
      return (await call('ada', 'drift.get', { application: 'web' })).targets
    }
    await freeze()
    await world.scaleByHand('web', 3)
    await drift()
    await call('ada', 'drift.putBack', { application: 'web', stage: 'staging' })
    const reason = expect.stringMatching(/^Frozen: year-end .* Opens /) as string
    expect(await drift()).toMatchObject([{ state: 'drifted', wanted: { by: 'ada' }, reason }])
    expect(await specOf()).toMatchObject({ replicas: 3 })
    untilItOpens()
    expect(await drift()).toMatchObject([{ state: 'in_sync', wanted: null, reason: '' }])
    expect(await specOf()).toMatchObject({ replicas: 1 })
  })

  it('an approval may be given, and applying waits', async () => {
    await freeze()
    await call('root', 'application.apply', { document: application(world.namespace, true) })
    const image = await imageOf()
    const rollout = await deploy()
    await drive(rollout, ({ stage }) => stage === 'awaiting_approval')
    const [stage] = (await call('bob', 'rollout.get', { rollout })).stages
    await call('bob', 'rollout.approve', {
      rollout,
      stage: 'staging',
      planDigest: stage?.plan?.digest ?? '',
      reason: 'fine',
    })
    await drive(rollout, waits)
    expect(await imageOf()).toBe(image)
    untilItOpens()
    expect(await drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    await call('root', 'application.apply', { document: application(world.namespace) })
  })

  it('a worker that is killed at any step leaves the cluster as it is, and another one waits on', async () => {
    await freeze()
    const before = await live()
    const rollout = await deploy()
    for (const [step, nth] of [
      ['acted', 1],
      ['recorded', 1],
      ['acted', 2],
      ['recorded', 2],
      ['recorded', 1],
    ] as const) {
      let seen = 0
      world.hook.onStep = (name) => {
        if (name === step && ++seen === nth) throw new Error('killed')
      }
      await drive(rollout, waits).catch(() => undefined)
    }
    world.hook.onStep = () => undefined
    expect(await drive(rollout, waits)).toMatchObject({ stage: 'awaiting_window' })
    expect((await live()).metadata.generation).toBe(before.metadata.generation)
    expect(await world.db.rolloutEntry.count({ where: { rolloutId: rollout, kind: 'window' } })).toBe(1)
    await call('ada', 'rollout.cancel', { rollout, reason: 'enough' })
  })

  it('what was begun is paused where the window says so, and goes on when it opens', async () => {
    await thaw()
    const rollout = await deploy(true)
    await drive(rollout, ({ stage }) => stage === 'progressing')
    await freeze('pause')
    await world.pass(rollout)
    await world.pass(rollout)
    expect(await specOf()).toMatchObject({ paused: true })
    untilItOpens()
    await world.pass(rollout)
    await world.pass(rollout)
    expect((await specOf())['paused']).toBeUndefined()
    const kinds = (await world.db.rolloutEntry.findMany({ where: { rolloutId: rollout } })).map(
      ({ kind }) => kind,
    )
    expect(kinds).toEqual(expect.arrayContaining(['window_paused', 'window_resumed']))
    await call('ada', 'rollout.cancel', { rollout, reason: 'it never will' })
    await freeze()
  })
})

describe('an exception', () => {
  beforeAll(() => freeze())
  afterAll(thaw)
  const ask = (person: Person, about: Partial<InputOf<'exception.ask'>>) =>
    call(person, 'exception.ask', {
      reason: 'the shop is down',
      minutes: 30,
      ...about,
    })
  const decide = (person: Person, name: 'exception.confirm' | 'exception.refuse', id: string) =>
    call(person, name, { exception: id, reason: 'I saw it' })
  const shown = async (id: string) => (await call('ada', 'exception.list', {})).find((one) => one.id === id)

  it('by one person opens nothing, whatever they may; the attempt is audited', async () => {
    const { id } = await ask('root', { application: { application: 'web' } })
    await expect(decide('root', 'exception.confirm', id)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(decide('ada', 'exception.confirm', id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await world.audited('exception.confirm')).toMatchObject({ outcome: 'denied', actorId: 'ada' })
    await expect(scale(2)).rejects.toMatchObject(frozen)
    await decide('bob', 'exception.refuse', id)
    await expect(scale(2)).rejects.toMatchObject(frozen)
    expect(await shown(id)).toMatchObject({ state: 'refused', decider: 'bob' })
  })

  it('by two lets one rollout through at once, and no other change', async () => {
    const rollout = await deploy()
    await drive(rollout, waits)
    const { id } = await ask('ada', { rollout })
    expect(await drive(rollout, waits)).toMatchObject({ stage: 'awaiting_window' })
    world.rung.length = 0
    await decide('bob', 'exception.confirm', id)
    expect(world.rung).toContainEqual({ doorbell: 'rollout', key: rollout })
    await expect(scale(2)).rejects.toMatchObject(frozen)
    expect(await drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    const [entry] = await world.db.rolloutEntry.findMany({ where: { rolloutId: rollout, kind: 'exception' } })
    expect(entry?.message).toMatch(/year-end.*ada asked for and bob confirmed \(the shop is down\)/)
    expect(
      await world.db.auditEntry.count({ where: { action: 'rollout.exception', subjectId: rollout } }),
    ).toBe(1)
  })

  it('of an application holds for hands on it while the second person may confirm, expires by itself, and is reviewed by a third person', async () => {
    const { id } = await ask('ada', { application: { project: 'shop', application: 'web' } })
    await decide('bob', 'exception.confirm', id)
    expect(await shown(id)).toMatchObject({
      state: 'active',
      about: 'shop/web',
      requester: 'ada',
      decider: 'bob',
    })
    await scale(3)
    expect(await specOf()).toMatchObject({ replicas: 3 })
    expect(await world.audited('workload.scale')).toMatchObject({
      outcome: 'done',
      detail: {
        exception: { id, requester: 'ada', confirmer: 'bob' },
        inSpiteOf: expect.stringContaining('year-end') as string,
      },
    })
    await expect(call('cleo', 'exception.review', { exception: id, note: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await world.db.membership.updateMany({ where: { userId: 'bob' }, data: { role: 'viewer' } })
    await expect(scale(2)).rejects.toMatchObject(frozen)
    await world.db.membership.updateMany({ where: { userId: 'bob' }, data: { role: 'approver' } })
    world.time.aheadMs += hourMs / 2
    await expect(scale(1)).rejects.toMatchObject(frozen)
    expect(await shown(id)).toMatchObject({ state: 'to_review' })
    await expect(call('bob', 'exception.review', { exception: id, note: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await call('cleo', 'exception.review', { exception: id, note: 'three replicas were needed' })
    expect(await shown(id)).toMatchObject({
      state: 'reviewed',
      reviewer: 'cleo',
      note: 'three replicas were needed',
    })
  })

  it('that nobody confirms in time is void', async () => {
    const { id } = await ask('ada', { application: { application: 'web' } })
    world.time.aheadMs += 61 * 60_000
    await expect(decide('bob', 'exception.confirm', id)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await shown(id)).toMatchObject({ state: 'lapsed' })
  })
})
