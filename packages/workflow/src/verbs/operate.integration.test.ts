import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../testing/until'
import { createVerbScene, workflowText, type VerbScene } from '../testing/verb-scene'

let scene: VerbScene
beforeAll(async () => {
  scene = await createVerbScene()
  scene.startEngine({
    broken: () => ({ exitCode: 3, reason: 'The container ended with exit code 3.' }),
  })
})
afterAll(async () => {
  await scene.drop()
  expect(scene.problems).toEqual([])
})

const apply = (wish: Parameters<typeof workflowText>[0]) =>
  scene.call('ada', 'workflow.apply', { document: workflowText(wish) })
const start = (workflow: string, more = {}) => scene.call('ada', 'workflow.start', { workflow, ...more })
const get = (run: string) => scene.call('vic', 'run.get', { run })
const task = (run: string, id: string, index = -1) => scene.call('vic', 'run.task', { run, task: id, index })

const ended = (run: string) =>
  until(
    () => get(run),
    ({ finishedAt }) => finishedAt !== null,
  )

describe('clearing', () => {
  it('resets what its preview named, and runs it again with the version that was asked for', async () => {
    const tasks = [
      { id: 'fine' },
      { id: 'bad', needs: ['fine'], run: { image: 'broken' } },
      { id: 'after', needs: ['bad'] },
    ]
    await apply({ name: 'mended', tasks })
    const { run } = await start('mended')
    expect(await ended(run)).toMatchObject({ state: 'failed', version: 1 })
    await apply({ name: 'mended', tasks: tasks.map(({ run: _run, ...rest }) => rest) })
    const wish = { run, onlyFailed: true, version: 2 }
    const plan = await scene.call('ada', 'run.planClear', wish)
    expect(plan).toEqual({
      version: 2,
      tasks: [
        { id: 'bad', index: -1, state: 'failed' },
        { id: 'after', index: -1, state: 'upstream_failed' },
      ],
      stops: 0,
      blocked: null,
    })
    await expect(scene.call('vic', 'run.clear', wish)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(scene.call('ada', 'run.clear', { ...wish, tasks: ['nobody'] })).rejects.toMatchObject({
      code: 'invalid',
      detail: { found: 'nobody' },
    })
    await expect(scene.call('ada', 'run.clear', { ...wish, version: 9 })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await scene.call('ada', 'run.clear', wish)).toEqual({ cleared: 2 })
    expect(await ended(run)).toMatchObject({ state: 'succeeded', version: 2, tally: { succeeded: 3 } })
    expect((await task(run, 'fine')).attempts).toBe(1)
    expect((await task(run, 'bad')).attemptList.map(({ number, state }) => [number, state])).toEqual([
      [2, 'succeeded'],
      [1, 'failed'],
    ])
    await expect(scene.call('ada', 'run.clear', wish)).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('why a task is not running', () => {
  it('names the pool that nobody made, and starts once it has slots', async () => {
    await apply({ name: 'pooled', tasks: [{ id: 'one', pool: 'ledger' }] })
    const { run } = await start('pooled')
    const stuck = await until(
      () => task(run, 'one'),
      ({ state, reason }) => state === 'ready' && reason.includes('ledger'),
    )
    expect(stuck.why).toMatchObject([
      { what: 'rule', passed: true },
      { what: 'pool', passed: false, message: expect.stringContaining('There is no pool ledger') },
      { what: 'cluster', passed: true },
    ])
    const pool =
      'apiVersion: fairlead.dev/v1\nkind: Pool\nmetadata: { name: ledger, project: shop }\nspec: { slots: 1 }\n'
    await scene.call('ada', 'pool.apply', { document: pool })
    expect(await ended(run)).toMatchObject({ state: 'succeeded' })
  })
})

describe('event.send', () => {
  const send = (more = {}) => scene.call('ada', 'event.send', { project: 'shop', name: 'paid', ...more })

  it('wakes who waits for it, keeps one event for one key, and matches what it carries', async () => {
    await apply({
      name: 'waits',
      tasks: [{ id: 'paid', wait: { event: { name: 'paid', match: 'event.amount > 10' } } }],
    })
    const { run } = await start('waits')
    const waiting = await until(
      () => task(run, 'paid'),
      ({ state }) => state === 'deferred',
    )
    expect(waiting.why.at(-1)).toMatchObject({
      what: 'event',
      message: expect.stringContaining('event.amount > 10'),
    })
    const first = await send({ payload: { amount: 1 }, key: 'order-1' })
    expect(first.created).toBe(true)
    expect(await send({ payload: { amount: 99 }, key: 'order-1' })).toEqual({ ...first, created: false })
    expect((await get(run)).state).toBe('running')
    await send({ payload: { amount: 99 } })
    expect(await ended(run)).toMatchObject({ state: 'succeeded' })
    expect((await task(run, 'paid')).outputs).toEqual({ amount: 99 })
  })

  it('refuses what cannot be kept, and who may not', async () => {
    await expect(send({ payload: { text: 'a\u0000b' } })).rejects.toMatchObject({ code: 'invalid' })
    await expect(send({ payload: { text: 'x'.repeat(300_000) } })).rejects.toMatchObject({
      code: 'too_large',
    })
    await expect(scene.call('vic', 'event.send', { project: 'shop', name: 'paid' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(scene.call('eve', 'event.send', { project: 'shop', name: 'paid' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
