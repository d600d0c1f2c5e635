import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { createInProcessRunner } from '@fairlead/testkit/task-runner/in-process-runner'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createLocalEngine, type LocalEngine } from '../testing/local-engine'
import { until } from '../testing/until'
import { documentOf, queueRun, storeWorkflow } from '../testing/workflow-scene'
import { observeRun } from './observe'
import { batch } from './ready-rows'

let database: TestDatabase
let engine: LocalEngine
beforeAll(async () => {
  database = await createTestDatabase()
})
afterEach(() => engine.close())
afterAll(() => database.drop())

const many = `\${{ ${JSON.stringify(Array.from({ length: batch + 44 }, (_, index) => index))} }}`

async function start(source: string, pools: Readonly<Record<string, number>> = {}): Promise<string> {
  const { db } = database
  const stored = await storeWorkflow(db, source)
  const { projectId } = stored.workflow
  for (const [name, slots] of Object.entries(pools))
    await db.workflowPool.create({ data: { projectId, name, slots } })
  engine = createLocalEngine({ db, runner: createInProcessRunner({ tasks: {} }), clusters: ['one'] })
  const run = await queueRun(db, stored)
  await engine.ring([{ doorbell: 'run', key: run }])
  return run
}

describe('ready rows', () => {
  it('of a pool without slots hide nothing of lower rank, with a pool or without', async () => {
    const run = await start(
      documentOf([
        { id: 'blocked', forEach: many, pool: 'full', priority: 5 },
        // After the fan-out has unfolded: every row of it is ready before these are.
        { id: 'later', wait: { for: '1s' } },
        { id: 'free', needs: ['later'], forEach: '${{ [1, 2] }}', priority: -5 },
        { id: 'open', needs: ['later'], forEach: '${{ [1, 2] }}', pool: 'open', priority: -5 },
      ]),
      { full: 0, open: 1 },
    )
    const rows = await until(
      () =>
        database.db.workflowTask.findMany({
          where: { runId: run, index: -1, taskId: { in: ['free', 'open'] }, state: 'succeeded' },
        }),
      (found) => found.length === 2,
    )
    expect(rows.map(({ taskId }) => taskId).sort()).toEqual(['free', 'open'])
    const blocked = await database.db.workflowTask.count({
      where: { runId: run, taskId: 'blocked', state: 'ready' },
    })
    expect(blocked).toBe(batch + 44)
    const seen = await observeRun(engine.deps, run, new Date())
    expect(seen?.tasks.filter(({ state }) => state === 'ready').length).toBeLessThanOrEqual(batch)
  })

  it('that can not be rendered end, however many there are', async () => {
    const run = await start(documentOf([{ id: 'each', forEach: many, run: { args: ['${{ 1 / 0 }}'] } }]))
    expect(await engine.finished(run)).toBe('failed')
    const failed = await database.db.workflowTask.count({
      where: { runId: run, index: { gte: 0 }, state: 'failed' },
    })
    expect(failed).toBe(batch + 44)
  })

  it('of a pool with slots take them all, best first', async () => {
    const run = await start(documentOf([{ id: 'each', forEach: many, pool: 'wide' }]), { wide: 300 })
    expect(await engine.finished(run)).toBe('succeeded')
  })
})
