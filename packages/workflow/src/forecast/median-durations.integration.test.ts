import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { medianDurations } from './median-durations'

let database: TestDatabase
let workflowId: string
let versionId: string
let projectId: string
beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  projectId = (await db.project.create({ data: { name: 'shop' } })).id
  workflowId = (await db.workflow.create({ data: { projectId, name: 'settle' } })).id
  const version = { workflowId, number: 1, source: '', digest: '', authorId: 'ada', authorName: 'Ada' }
  versionId = (await db.workflowVersion.create({ data: version })).id
})
afterAll(() => database.drop())

const t0 = Date.parse('2026-11-23T02:00:00Z')
const at = (ms: number): Date => new Date(t0 + ms)

async function run(
  number: number,
  state: string,
  tasks: Readonly<Record<string, number | 'skipped'>>,
): Promise<void> {
  const { id } = await database.db.workflowRun.create({
    data: {
      workflowId,
      versionId,
      projectId,
      number,
      trigger: 'manual',
      requesterId: 'ada',
      requesterName: 'Ada',
      nominalTime: at(0),
      state,
    },
  })
  await database.db.workflowTask.createMany({
    data: Object.entries(tasks).flatMap(([taskId, took]) =>
      [-1, 0].map((index) => ({
        runId: id,
        taskId,
        index,
        position: 0,
        state: took === 'skipped' ? 'skipped' : 'succeeded',
        readyAt: took === 'skipped' ? null : at(0),
        startedAt: took === 'skipped' ? null : at(1),
        finishedAt: at(took === 'skipped' ? 5 : index === -1 ? took : 1_000_000),
      })),
    ),
  })
}

it('are those of the last twenty successful runs, tasks alone, skipped ones as nothing', async () => {
  expect(await medianDurations(database.db, workflowId)).toEqual(new Map())
  for (let number = 1; number <= 5; number++) await run(number, 'succeeded', { load: 900_000 })
  for (let number = 6; number <= 25; number++)
    await run(number, 'succeeded', { load: number * 100, alert: 'skipped' })
  await run(26, 'failed', { load: 7_000_000 })
  expect(await medianDurations(database.db, workflowId)).toEqual(
    new Map([
      ['load', 1_550],
      ['alert', 0],
    ]),
  )
})
