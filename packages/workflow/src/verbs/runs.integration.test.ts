import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../testing/until'
import { createVerbScene, workflowText, type Person, type VerbScene } from '../testing/verb-scene'

let scene: VerbScene
let release: () => void = () => undefined
const held = new Promise<void>((resolve) => {
  release = resolve
})
beforeAll(async () => {
  scene = await createVerbScene()
  scene.startEngine({
    talk: (attempt, { log }) => {
      log(`hello from ${attempt.task}`)
      log('goodbye')
      return { exitCode: 0, output: JSON.stringify({ shops: ['x', 'y', 'z'] }) }
    },
    broken: () => ({ exitCode: 3, reason: 'The container ended with exit code 3.' }),
    hold: async (_attempt, { log, signal }) => {
      log('holding')
      await Promise.race([held, new Promise((resolve) => signal.addEventListener('abort', resolve))])
      return { exitCode: 0 }
    },
  })
})
afterAll(async () => {
  release()
  await scene.drop()
  expect(scene.problems).toEqual([])
})

const apply = (wish: Parameters<typeof workflowText>[0]) =>
  scene.call('ada', 'workflow.apply', { document: workflowText(wish) })
const start = (workflow: string, more = {}) => scene.call('ada', 'workflow.start', { workflow, ...more })
const get = (run: string, person: Person = 'vic') => scene.call(person, 'run.get', { run })
const task = (run: string, id: string, index = -1) => scene.call('vic', 'run.task', { run, task: id, index })

const ended = (run: string) =>
  until(
    () => get(run),
    ({ finishedAt }) => finishedAt !== null,
  )

describe('workflow.start', () => {
  it('settles parameters at once, and starts one run for one key', async () => {
    await apply({
      name: 'typed',
      spec: {
        parameters: {
          count: { type: 'integer', minimum: 1 },
          day: { type: 'string', default: '${{ run.nominalTime }}' },
        },
      },
      tasks: [{ id: 'one' }],
    })
    await expect(start('typed', { parameters: { count: 0, other: 1 } })).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('other'),
    })
    await expect(start('typed', { parameters: { count: 'x' } })).rejects.toMatchObject({
      code: 'invalid',
      detail: { path: 'parameters.count', found: '"x"', expected: expect.stringContaining('integer') },
    })
    await expect(start('typed')).rejects.toMatchObject({ detail: { path: 'parameters.count' } })
    const at = '2026-01-02T03:04:05.000Z'
    const first = await start('typed', { parameters: { count: 2 }, at, key: 'ci-1' })
    expect(first).toMatchObject({ number: 1, created: true })
    expect(await start('typed', { parameters: { count: 2 }, at, key: 'ci-1' })).toEqual({
      ...first,
      created: false,
    })
    const run = await ended(first.run)
    expect(run).toMatchObject({
      state: 'succeeded',
      requester: 'ada',
      trigger: 'manual',
      nominalTime: at,
      version: 1,
      parameters: { count: 2, day: at },
    })
    await expect(scene.call('vic', 'workflow.start', { workflow: 'typed' })).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('stays with the version that it began with', async () => {
    await apply({ name: 'moving', tasks: [{ id: 'old' }] })
    const { run } = await start('moving')
    await apply({ name: 'moving', tasks: [{ id: 'new' }] })
    const second = await start('moving')
    expect((await ended(run)).graph.map(({ id }) => id)).toEqual(['old'])
    expect((await ended(second.run)).graph.map(({ id }) => id)).toEqual(['new'])
    const grid = await scene.call('vic', 'workflow.grid', { workflow: 'moving' })
    expect(grid.tasks).toEqual(['new', 'old'])
    expect(grid.runs.map(({ number, states }) => [number, states])).toEqual([
      [1, { old: 'succeeded' }],
      [2, { new: 'succeeded' }],
    ])
  })
})

describe('a run', () => {
  it('shows tally, outputs, fan-out, attempts, path and why each task stands as it does', async () => {
    await apply({
      name: 'whole',
      spec: { deadline: '3h' },
      tasks: [
        { id: 'list', run: { image: 'talk' }, outputs: { shops: { type: 'array' } } },
        { id: 'each', needs: ['list'], forEach: '${{ tasks.list.outputs.shops }}', run: { image: 'talk' } },
        { id: 'bad', needs: ['each'], run: { image: 'broken' } },
        { id: 'after', needs: ['bad'] },
        { id: 'alert', needs: ['bad'], trigger: 'one_failed' },
      ],
    })
    const { run } = await start('whole')
    const view = await ended(run)
    expect(view).toMatchObject({
      state: 'failed',
      tally: { succeeded: 3, failed: 1, upstream_failed: 1 },
      deadline: { missed: false },
      actions: { cancel: { passed: false }, clear: { passed: false } },
    })
    expect((await get(run, 'ada')).actions).toMatchObject({
      cancel: { passed: false },
      clear: { passed: true },
    })
    expect(view.criticalPath).toEqual(expect.arrayContaining(['list', 'each', 'bad']))
    expect(view.tasks.find(({ id }) => id === 'each')?.indexes).toEqual({ size: 3, succeeded: 3, failed: 0 })
    expect(view.timeline[0]).toMatchObject({ kind: 'created', task: null })
    const indexes = await scene.call('vic', 'run.indexes', { run, task: 'each', limit: 2 })
    expect([indexes.total, indexes.tasks.map(({ index }) => index)]).toEqual([3, [0, 1]])
    const rest = await scene.call('vic', 'run.indexes', { run, task: 'each', after: 1 })
    expect(rest.tasks.map(({ index }) => index)).toEqual([2])
    expect(await task(run, 'each', 1)).toMatchObject({ item: 'y', state: 'succeeded' })
    expect((await task(run, 'list')).outputs).toEqual({ shops: ['x', 'y', 'z'] })
    const bad = await task(run, 'bad')
    expect(bad.attemptList).toMatchObject([
      {
        number: 1,
        state: 'failed',
        cause: 'exit_code',
        exitCode: 3,
        cluster: 'one',
        spec: { image: 'broken' },
      },
    ])
    const after = await task(run, 'after')
    expect(after.upstream).toEqual([{ id: 'bad', state: 'failed' }])
    expect(after.why).toEqual([
      {
        what: 'rule',
        passed: false,
        message: 'all_success: 1 upstream task failed. Of 1: 1 failed.',
        until: null,
      },
      { what: 'upstream', passed: false, message: 'bad: failed.', until: null },
    ])
    const [summary] = await scene.call('vic', 'run.list', { workflow: 'whole', states: ['failed'] })
    expect(summary).toMatchObject({ id: run, tally: view.tally })
    expect(await scene.call('vic', 'run.list', { workflow: 'whole', states: ['running'] })).toEqual([])
  })

  it('has logs while it runs and when it is gone, and who follows gets each line once', async () => {
    await apply({
      name: 'talker',
      tasks: [
        { id: 'hold', run: { image: 'hold' } },
        { id: 'talk', run: { image: 'talk' } },
      ],
    })
    const { run } = await start('talker')
    const logs = (id: string, cursor?: string | null) =>
      scene.call('vic', 'run.logs', { run, task: id, cursor })
    const live = await until(
      () => logs('hold'),
      ({ lines }) => lines.length > 0,
    )
    expect(live).toMatchObject({ archived: false, missing: null, lines: [{ text: 'holding' }] })
    expect((await logs('hold', live.cursor)).lines).toEqual([])
    const archived = await until(
      () => logs('talk'),
      (page) => page.archived,
    )
    expect(archived.lines.map(({ text }) => text)).toEqual(['hello from talk', 'goodbye'])
    expect(archived).toMatchObject({ cursor: null, missing: null })
    expect(archived.lines[0]?.at).toMatch(/^\d{4}-/)
    expect((await logs('talk', '1:x')).lines.map(({ text }) => text)).toEqual(['goodbye'])
    const { attemptList } = await until(
      () => task(run, 'talk'),
      ({ attemptList: [attempt] }) => attempt?.upkeep === 'done',
    )
    expect(attemptList).toMatchObject([{ logs: 'archived' }])
    await expect(scene.call('vic', 'run.logs', { run, task: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    })
    await scene.call('ada', 'run.cancel', { run, reason: 'seen enough' })
    await ended(run)
  })

  it('is over when it is cancelled, in every state, and once', async () => {
    await apply({
      name: 'stopped',
      spec: { limits: { maxActiveRuns: 1 } },
      tasks: [
        { id: 'hold', run: { image: 'hold' } },
        { id: 'after', needs: ['hold'] },
      ],
    })
    const begun = await scene.database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    const first = await start('stopped')
    await until(
      () => get(first.run),
      ({ tally }) => tally.running === 1,
    )
    const second = await start('stopped')
    const queued = await task(second.run, 'hold')
    expect(queued.why).toMatchObject([
      { what: 'limit', passed: false, message: expect.stringContaining('1 of 1') },
    ])
    const waiting = await task(first.run, 'after')
    expect(waiting.why).toMatchObject([
      { what: 'rule', passed: false, message: expect.stringContaining('1 upstream task is not finished') },
      { what: 'upstream', passed: false, message: 'hold: running.' },
    ])
    await scene.call('ada', 'run.cancel', { run: second.run, reason: 'not needed' })
    expect(await get(second.run)).toMatchObject({ state: 'cancelled', tally: { cancelled: 2 } })
    await expect(scene.call('vic', 'run.cancel', { run: first.run, reason: 'no' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await scene.call('ada', 'run.cancel', { run: first.run, reason: 'too slow' })
    const over = await ended(first.run)
    expect(over).toMatchObject({ state: 'cancelled', reason: expect.stringContaining('too slow') })
    await expect(scene.call('ada', 'run.cancel', { run: first.run, reason: 'again' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const audited = await scene.database.db.auditEntry.findMany({
      where: { action: 'run.cancel', sequence: { gt: begun.sequence } },
    })
    expect(audited.map(({ outcome }) => outcome).sort()).toEqual(['denied', 'done', 'done', 'failed'])
  })

  it('of another project is no run at all', async () => {
    const [run] = await scene.call('vic', 'run.list', { limit: 1 })
    await expect(get(run?.id ?? '', 'eve')).rejects.toMatchObject({ code: 'not_found' })
    expect(await scene.call('eve', 'run.list', {})).toEqual([])
    expect(await scene.call('vic', 'run.list', { project: 'elsewhere' })).toEqual([])
  })
})
