import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { createInProcessRunner, type InProcessTask } from '@fairlead/testkit/task-runner/in-process-runner'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createLocalEngine, type LocalEngine } from '../testing/local-engine'
import { until } from '../testing/until'
import { documentOf, queueRun, storeWorkflow } from '../testing/workflow-scene'

let database: TestDatabase
let engine: LocalEngine | undefined
beforeAll(async () => {
  database = await createTestDatabase()
})
afterEach(async () => {
  await engine?.close()
  engine = undefined
})
afterAll(() => database.drop())

const output =
  (value: unknown): InProcessTask =>
  () => ({ exitCode: 0, output: JSON.stringify(value) })

async function run(source: string, tasks: Readonly<Record<string, InProcessTask>> = {}, parameters = {}) {
  const { db } = database
  const clusters = ['one', 'two']
  engine = createLocalEngine({ db, runner: createInProcessRunner({ tasks }), clusters })
  const id = await queueRun(db, await storeWorkflow(db, source), parameters)
  await engine.ring([{ doorbell: 'run', key: id }])
  const state = await engine.finished(id)
  const rows = await db.workflowTask.findMany({
    where: { runId: id },
    orderBy: [{ position: 'asc' }, { index: 'asc' }],
  })
  return {
    id,
    state,
    rows,
    states: Object.fromEntries(
      rows.map((row) => [row.index < 0 ? row.taskId : `${row.taskId}.${row.index}`, row.state]),
    ),
  }
}

describe('a run', () => {
  it('runs a chain in order to its end', async () => {
    const { state, states } = await run(
      documentOf([{ id: 'a' }, { id: 'b', needs: ['a'] }, { id: 'c', needs: ['b'] }]),
    )
    expect(state).toBe('succeeded')
    expect(states).toEqual({ a: 'succeeded', b: 'succeeded', c: 'succeeded' })
  })

  it('passes outputs and items on, fans out once, and gives ordered outputs back', async () => {
    const seen: string[][] = []
    const { state, states } = await run(
      documentOf([
        { id: 'list', run: { image: 'list' }, outputs: { shops: { type: 'array' } } },
        {
          id: 'each',
          needs: ['list'],
          forEach: '${{ tasks.list.outputs.shops }}',
          run: { image: 'each', command: ['${{ item }}', '${{ index }}'] },
          outputs: { n: { type: 'integer' } },
        },
        {
          id: 'sum',
          needs: ['each'],
          run: { image: 'sum', args: ['${{ tasks.each.outputs.map(o, o.n) }}'] },
        },
      ]),
      {
        list: output({ shops: ['x', 'y', 'z'] }),
        each: (attempt) => ({ exitCode: 0, output: JSON.stringify({ n: attempt.index * 10 }) }),
        sum: (attempt) => void seen.push([...attempt.spec.args]),
      },
    )
    expect(states).toMatchObject({
      list: 'succeeded',
      each: 'succeeded',
      'each.0': 'succeeded',
      'each.2': 'succeeded',
      sum: 'succeeded',
    })
    expect(state).toBe('succeeded')
    expect(seen).toEqual([['[0,10,20]']])
  })

  it('skips a fan-out over nothing and what needs it', async () => {
    const { state, states } = await run(
      documentOf([
        { id: 'each', forEach: '${{ [] }}' },
        { id: 'after', needs: ['each'] },
        { id: 'anyway', needs: ['each'], trigger: 'none_failed' },
      ]),
    )
    expect(states).toEqual({ each: 'skipped', after: 'skipped', anyway: 'succeeded' })
    expect(state).toBe('succeeded')
  })

  it('fails when a leaf fails, and says so when only something on the way did', async () => {
    const fail: InProcessTask = () => ({ exitCode: 3 })
    const failed = await run(
      documentOf([
        { id: 'a', run: { image: 'fail' } },
        { id: 'b', needs: ['a'] },
      ]),
      { fail },
    )
    expect([failed.state, failed.states]).toEqual(['failed', { a: 'failed', b: 'upstream_failed' }])
    await engine?.close()
    const hidden = await run(
      documentOf([
        { id: 'a', run: { image: 'fail' } },
        { id: 'b', needs: ['a'], trigger: 'all_done' },
      ]),
      { fail },
    )
    expect([hidden.state, hidden.states]).toEqual([
      'succeeded_with_failures',
      { a: 'failed', b: 'succeeded' },
    ])
  })

  it('retries within its budget and gives an OOM kill more memory', async () => {
    const memories: (string | undefined)[] = []
    const { state, rows } = await run(
      documentOf([
        {
          id: 'big',
          run: { image: 'big', resources: { limits: { memory: '64Mi' } } },
          retries: {
            max: 3,
            backoff: { initial: '1s', factor: 1, max: '1s', jitter: false },
            onOom: { memory: '2x' },
          },
        },
      ]),
      {
        big: (attempt) => {
          memories.push(attempt.spec.resources.limits['memory'])
          return attempt.attempt < 3 ? { exitCode: 137, cause: 'oom' } : { exitCode: 0 }
        },
      },
    )
    expect(memories).toEqual(['64Mi', '128Mi', '256Mi'])
    expect([state, rows[0]?.attempts]).toEqual(['succeeded', 3])
  })

  it('takes a slot of its pool, and no more than there are', async () => {
    let [running, most] = [0, 0]
    const slow: InProcessTask = async () => {
      running += 1
      most = Math.max(most, running)
      // The first waits for company; a third would come within the time that each takes.
      while (most < 2) await new Promise((resolve) => setTimeout(resolve, 5))
      await new Promise((resolve) => setTimeout(resolve, 15))
      running -= 1
    }
    const { db } = database
    const source = documentOf([
      { id: 'each', forEach: '${{ [1,2,3,4,5,6,7,8] }}', run: { image: 'slow' }, pool: 'narrow' },
    ])
    const stored = await storeWorkflow(db, source)
    await db.workflowPool.create({ data: { projectId: stored.workflow.projectId, name: 'narrow', slots: 2 } })
    engine = createLocalEngine({ db, runner: createInProcessRunner({ tasks: { slow } }), clusters: ['one'] })
    const ids = await Promise.all([queueRun(db, stored), queueRun(db, stored)])
    await engine.ring(ids.map((key) => ({ doorbell: 'run', key })))
    expect(await Promise.all(ids.map((id) => engine?.finished(id)))).toEqual(['succeeded', 'succeeded'])
    expect(most).toBe(2)
  })

  it('says once that a task is later than its deadline, and stops nothing', async () => {
    const toldOf = (runId: string) =>
      database.db.workflowEntry.findMany({ where: { runId, kind: 'deadline' } })
    const { state, id } = await run(
      documentOf([
        { id: 'slow', run: { image: 'slow' }, deadline: '1s' },
        { id: 'soon', deadline: '1h' },
      ]),
      {
        slow: async (attempt) => {
          await until(
            () => toldOf(attempt.run),
            (told) => told.length > 0,
          )
        },
      },
    )
    expect([state, (await toldOf(id)).map(({ taskId }) => taskId)]).toEqual(['succeeded', ['slow']])
  })
})
