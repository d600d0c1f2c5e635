import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../testing/until'
import { createVerbScene, workflowText, type Person, type VerbScene } from '../testing/verb-scene'

let scene: VerbScene
beforeAll(async () => {
  scene = await createVerbScene()
  scene.startEngine()
  const document = workflowText({
    name: 'gated',
    tasks: [
      { id: 'gate', approval: { quorum: 2, message: 'Settle ${{ run.number }}?' } },
      { id: 'publish', needs: ['gate'] },
    ],
  })
  await scene.call('ada', 'workflow.apply', { document })
})
afterAll(async () => {
  await scene.drop()
  expect(scene.problems).toEqual([])
})

async function awaiting(): Promise<{ run: string; digest: string }> {
  const { run } = await scene.call('ada', 'workflow.start', { workflow: 'gated' })
  const { approval } = await until(
    () => scene.call('bob', 'run.task', { run, task: 'gate' }),
    ({ state }) => state === 'awaiting_approval',
  )
  return { run, digest: approval?.digest ?? '' }
}
const decide = (person: Person, name: 'run.approve' | 'run.reject', at: { run: string; digest: string }) =>
  scene.call(person, name, { ...at, task: 'gate', reason: 'looks right' })
const ended = (run: string) =>
  until(
    () => scene.call('vic', 'run.get', { run }),
    ({ finishedAt }) => finishedAt !== null,
  )

describe('an approval', () => {
  it('takes as many people as it says, none of them who asked', async () => {
    const at = await awaiting()
    await expect(decide('ada', 'run.approve', at)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('someone else'),
    })
    await expect(decide('vic', 'run.approve', at)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(decide('eve', 'run.approve', at)).rejects.toMatchObject({ code: 'not_found' })
    await decide('bob', 'run.approve', at)
    await expect(decide('bob', 'run.approve', at)).rejects.toMatchObject({ code: 'conflict' })
    const items = await scene.call('cleo', 'run.approvals', {})
    expect(items.filter(({ run }) => run.id === at.run)).toMatchObject([
      {
        task: 'gate',
        index: -1,
        approval: {
          quorum: 2,
          remaining: 1,
          message: 'Settle 1?',
          given: [{ user: 'bob' }],
          mine: { passed: true },
        },
      },
    ])
    const { why } = await scene.call('ada', 'run.task', { run: at.run, task: 'gate' })
    expect(why.at(-1)).toMatchObject({
      what: 'approval',
      passed: false,
      message: '1 of 2 approvals given; by approver, not by whoever asked for the run.',
    })
    expect(await scene.call('eve', 'run.approvals', {})).toEqual([])
    await decide('cleo', 'run.approve', at)
    expect(await ended(at.run)).toMatchObject({ state: 'succeeded' })
    expect(await scene.call('cleo', 'run.approvals', {})).toEqual([])
    const audited = await scene.database.db.auditEntry.findMany({
      where: { action: 'run.approve' },
      orderBy: { sequence: 'asc' },
    })
    expect(audited.map(({ actorId, outcome }) => [actorId, outcome])).toEqual([
      ['ada', 'denied'],
      ['vic', 'denied'],
      ['eve', 'denied'],
      ['bob', 'done'],
      ['bob', 'failed'],
      ['cleo', 'done'],
    ])
  })

  it('about something else than what was seen is stale', async () => {
    const at = await awaiting()
    const digest = 'f'.repeat(64)
    await expect(decide('bob', 'run.approve', { ...at, digest })).rejects.toMatchObject({ code: 'stale' })
    expect(await scene.database.db.workflowApproval.count({ where: { runId: at.run } })).toBe(0)
  })

  it('that was given before the task was cleared releases nothing', async () => {
    const at = await awaiting()
    await decide('bob', 'run.approve', at)
    await scene.call('ada', 'run.clear', { run: at.run })
    const again = await until(
      () => scene.call('bob', 'run.task', { run: at.run, task: 'gate' }),
      ({ state, approval }) => state === 'awaiting_approval' && approval?.digest !== at.digest,
    )
    expect(again.approval).toMatchObject({ remaining: 2, given: [], mine: { passed: true } })
    await expect(decide('cleo', 'run.approve', at)).rejects.toMatchObject({ code: 'stale' })
    await scene.call('ada', 'run.cancel', { run: at.run, reason: 'done with it' })
    expect(await ended(at.run)).toMatchObject({ state: 'cancelled' })
  })

  it('is refused by one rejection', async () => {
    const at = await awaiting()
    await decide('bob', 'run.approve', at)
    await decide('bob', 'run.reject', at)
    const run = await ended(at.run)
    expect(run).toMatchObject({ state: 'failed' })
    expect(run.tasks[0]).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('Rejected by bob'),
    })
    await expect(decide('cleo', 'run.approve', at)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('expires, and belongs to nobody who lost the role or was disabled', async () => {
    const at = await awaiting()
    const { db } = scene.database
    await db.user.update({ where: { id: 'cleo' }, data: { disabledAt: new Date() } })
    await expect(decide('cleo', 'run.approve', at)).rejects.toMatchObject({ code: 'forbidden' })
    await db.user.update({ where: { id: 'cleo' }, data: { disabledAt: null } })
    scene.now = () => new Date(Date.now() + 25 * 3_600_000)
    await expect(decide('cleo', 'run.approve', at)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('expired'),
    })
    scene.now = () => new Date()
  })
})
