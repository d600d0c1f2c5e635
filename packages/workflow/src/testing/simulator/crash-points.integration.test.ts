import type { FastSql } from '@fairlead/db/fast-sql'
import type { Script } from '@fairlead/testkit/task-runner/faulty-runner'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documentOf } from '../workflow-scene'
import { forgetAll, guard } from './invariants'
import { openSql } from './open-sql'
import { cancel, decide } from './people'
import type { Scenario } from './scenario'
import { tell } from './simulation'
import type { Story } from './story'

let database: TestDatabase
let sql: FastSql
beforeAll(async () => {
  database = await createTestDatabase()
  await guard(database.db)
  sql = openSql(database)
})
afterAll(async () => {
  await sql.close()
  await database.drop()
})

interface Case {
  readonly tasks: Parameters<typeof documentOf>[0]
  readonly script?: Scenario['script']
  readonly tend?: Story['tend']
  /** What a task of it waits for. */
  readonly child?: string
}

const backoff = { initial: '1s', factor: 1, max: '1s', jitter: false }
const brief: Script = { runMs: 500, lines: ['hello'] }
const child = documentOf([{ id: 'c0' }, { id: 'c1', needs: ['c0'] }])
const childName = (JSON.parse(child) as { metadata: { name: string } }).metadata.name
const cases: Readonly<Record<string, Case>> = {
  'a chain': { tasks: [{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }] },
  'a fan-out': {
    tasks: [
      { id: 'a' },
      { id: 'each', needs: ['a'], forEach: '${{ [1, 2, 3] }}' },
      { id: 'z', needs: ['each'] },
    ],
  },
  'a retry': {
    tasks: [
      { id: 'a', retries: { max: 2, backoff } },
      { id: 'b', needs: ['a'], trigger: 'all_done' },
    ],
    script: ({ task, attempt }) => (task === 'a' && attempt < 3 ? { ...brief, exitCode: 3 } : brief),
  },
  'a pool of one slot': { tasks: ['a', 'b', 'c'].map((id) => ({ id, pool: 'narrow' })) },
  'a failure with all that follows from it': {
    tasks: [
      { id: 'a' },
      { id: 'b', needs: ['a'] },
      { id: 'c', needs: ['b'] },
      { id: 'd', needs: ['c'], trigger: 'one_failed' },
    ],
    script: ({ task }) => (task === 'a' ? { ...brief, exitCode: 3 } : brief),
  },
  'an approval': {
    tasks: [
      { id: 'ok', approval: { expires: '10m' } },
      { id: 'b', needs: ['ok'] },
    ],
    tend: async (scene, [runId]) =>
      runId === undefined ? null : decide({ ...scene, chance: approving }, runId),
  },
  'a cancel in the middle': {
    tasks: [{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }],
    script: ({ task }) => (task === 'b' ? { runMs: 600_000 } : brief),
    tend: async (scene, [runId]) => {
      const running = await scene.db.workflowAttempt.count({ where: { taskId: 'b', state: 'running' } })
      return runId === undefined || running === 0 ? null : cancel(scene, runId)
    },
  },
  'a cancel while the run that a task started goes on': {
    child,
    tasks: [{ id: 'a', wait: { workflow: { name: childName } } }],
    script: ({ task }) => (task === 'c1' ? { runMs: 600_000 } : brief),
    tend: async (scene, [runId]) => {
      const running = await scene.db.workflowAttempt.count({ where: { taskId: 'c1', state: 'running' } })
      return runId === undefined || running === 0 ? null : cancel(scene, runId)
    },
  },
}
const approving = {
  of: () => true,
  between: (least: number) => least,
  pick: <T>([first]: readonly T[]): T => first as T,
  weigh: () => null,
}

async function run(one: Case, killed: (where: string) => boolean) {
  const scenario: Scenario = {
    source: documentOf(one.tasks),
    child: one.child ?? null,
    pools: [{ name: 'narrow', slots: 1 }],
    runs: 1,
    script: one.script ?? (() => brief),
  }
  const { problem, trace, attempts } = await tell(
    { db: database.db, sql },
    {
      seed: 1,
      scenario,
      stormy: 0,
      faults: {},
      killed,
      ...(one.tend === undefined ? {} : { tend: one.tend }),
    },
  )
  const runs = await database.db.workflowRun.findMany({
    select: { state: true },
    orderBy: { createdAt: 'asc' },
  })
  const rows = await database.db.workflowTask.findMany({ orderBy: [{ taskId: 'asc' }, { index: 'asc' }] })
  const archived = await database.db.workflowLog.count()
  await forgetAll(database.db)
  if (problem !== null) throw new Error(`${problem}\n${trace.join('\n')}`)
  return {
    runs: runs.map(({ state }) => state),
    tasks: rows.map(
      ({ taskId, index, state, attempts: tries }) => `${taskId}[${index}] ${state} after ${tries}`,
    ),
    created: attempts,
    archived,
  }
}

describe('killed at any point', () => {
  for (const [name, one] of Object.entries(cases))
    it(`${name} ends as if nobody had been`, { timeout: 600_000 }, async () => {
      let points = 0
      const expected = await run(one, () => ((points += 1), false))
      expect(points).toBeGreaterThan(15)
      for (let at = 1; at <= points; at++) {
        let count = 0
        let where = ''
        const found = await run(one, (point) => {
          count += 1
          if (count === at) where = point
          return count === at
        })
        expect({ at, where, ...found }).toEqual({ at, where, ...expected })
      }
    })
})
