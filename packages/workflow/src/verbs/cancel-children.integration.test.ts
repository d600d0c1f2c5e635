import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '@fairlead/db/sql'
import type { TaskRow } from '../run/rows'
import { startChildren } from '../run/start-children'
import { observeRun } from '../run/observe'
import type { LocalEngine } from '../testing/local-engine'
import { until } from '../testing/until'
import { createVerbScene, workflowText, type VerbScene } from '../testing/verb-scene'

let scene: VerbScene
let engine: LocalEngine
let release: () => void = () => undefined
const held = new Promise<void>((resolve) => {
  release = resolve
})
beforeAll(async () => {
  scene = await createVerbScene()
  engine = scene.startEngine({
    hold: async (_attempt, { signal }) => {
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
const start = (workflow: string) => scene.call('ada', 'workflow.start', { workflow })
const get = (run: string) => scene.call('vic', 'run.get', { run })
const cancel = (run: string, reason: string) => scene.call('ada', 'run.cancel', { run, reason })
const waitFor = (name: string) => ({ id: `wait-${name}`, wait: { workflow: { name } } })
const hold = { id: 'hold', run: { image: 'hold' } }
const childOf = (run: string) =>
  until(
    () => scene.database.db.workflowRun.findFirst({ where: { parentRunId: run } }),
    (child) => child !== null,
  ).then((child) => child?.id ?? '')
const running = (run: string) =>
  until(
    () => get(run),
    ({ tally }) => tally.running === 1,
  )
const ended = (run: string) =>
  until(
    () => get(run),
    ({ finishedAt }) => finishedAt !== null,
  )
const messages = async (run: string) => (await get(run)).timeline.map(({ message }) => message)

describe('cancelling a run', () => {
  it('takes along what its tasks started, to any depth, and nothing else', async () => {
    await apply({ name: 'deep', tasks: [hold] })
    await apply({ name: 'middle', tasks: [waitFor('deep')] })
    await apply({ name: 'top', tasks: [waitFor('middle')] })
    const alone = await start('deep')
    const top = await start('top')
    const middle = await childOf(top.run)
    const deep = await childOf(middle)
    await running(deep)
    await running(alone.run)
    await cancel(top.run, 'wrong day')
    await cancel(top.run, 'wrong day').catch((error: unknown) =>
      expect(error).toMatchObject({ code: 'conflict' }),
    )
    expect((await ended(top.run)).state).toBe('cancelled')
    expect(await ended(middle)).toMatchObject({
      state: 'cancelled',
      reason: 'Cancelled by the run 1 of top: wrong day',
    })
    expect(await ended(deep)).toMatchObject({
      state: 'cancelled',
      reason: 'Cancelled by the run 1 of middle: wrong day',
      tally: { cancelled: 1 },
    })
    const { db } = scene.database
    expect(await db.workflowAttempt.count({ where: { runId: deep, live: true } })).toBe(0)
    expect((await get(alone.run)).state).toBe('running')
    const told = (await messages(top.run)).filter((message) => message.includes('is cancelled with it'))
    expect(told).toEqual(['Run 1 of middle, which a task of this run started, is cancelled with it.'])
    expect(await messages(middle)).toContain('Cancelled by the run 1 of top, which started it: wrong day')
    const [audited] = await db.auditEntry.findMany({
      where: { action: 'run.cancel', outcome: 'done' },
      orderBy: { sequence: 'asc' },
    })
    expect(audited?.detail).toMatchObject({ reason: 'wrong day', children: ['middle #1'] })
    await cancel(alone.run, 'seen enough')
    await ended(alone.run)
  })

  it('takes along a child that still waits to be started', async () => {
    await apply({ name: 'narrow', spec: { limits: { maxActiveRuns: 1 } }, tasks: [hold] })
    await apply({ name: 'asks', tasks: [waitFor('narrow')] })
    const first = await start('narrow')
    await running(first.run)
    const asks = await start('asks')
    const child = await childOf(asks.run)
    expect((await get(child)).state).toBe('queued')
    await cancel(asks.run, 'not needed')
    expect((await ended(child)).state).toBe('cancelled')
    expect((await get(first.run)).state).toBe('running')
    await cancel(first.run, 'seen enough')
    await ended(first.run)
  })

  it('leaves no child that a pass from before the cancel would start after it', async () => {
    await apply({ name: 'late', tasks: [hold] })
    await apply({
      name: 'asker',
      tasks: [
        { id: 'ok', approval: {} },
        { ...waitFor('late'), needs: ['ok'] },
      ],
    })
    const { run } = await start('asker')
    await until(
      () => get(run),
      ({ tally }) => tally.awaiting_approval === 1,
    )
    const seen = await observeRun(engine.deps, run, new Date())
    const [row] = await engine.deps.sql.$queryRaw<TaskRow[]>(
      Prisma.sql`SELECT * FROM workflow_tasks WHERE "runId" = ${run}::uuid AND "taskId" = 'wait-late'`,
    )
    if (seen === null || row === undefined) throw new Error('The run is not there.')
    await cancel(run, 'no')
    await ended(run)
    await startChildren(engine.deps, seen, [{ row, workflow: 'late', parameters: {} }], new Date())
    expect(await scene.database.db.workflowRun.count({ where: { parentRunId: run } })).toBe(0)
  })
})
