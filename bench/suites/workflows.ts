import { createInProcessRunner } from '@fairlead/testkit/task-runner/in-process-runner'
import { documentOf, queueRun, type StoredWorkflow } from '@fairlead/workflow/testing/workflow-scene'
import { measure, store, type Took } from '../harness/measure-runs'
import { resultRow, type Measured, type ResultRow } from '../harness/result'
import { median } from '../harness/statistics'
import type { Suite, SuiteContext } from '../harness/suite'
import { pause } from '../harness/wait'
import { chain, fanOut, tree, upTo } from '../harness/workflow-shapes'
import { openEngine, type EngineBench } from '../harness/workflow-engine'

const turns = 3
const taskMs = 100

/** What others published of the same shape, and what Airflow 3.3.2, expertly tuned, took on a machine like ours. */
interface Shape {
  readonly name: string
  readonly published: string
  readonly source: string
  readonly runs: number
  readonly tasks: number
  readonly goal?: Measured['goal']
}

const atMost = (value: number): NonNullable<Measured['goal']> => ({ of: 'value', atMost: value })
const shapes: readonly Shape[] = [
  {
    name: 'chain of 40 no-op tasks',
    published: 'Hatchet 1.22 s, Temporal 2.97, Airflow tuned 4.3',
    source: chain(40),
    runs: 1,
    tasks: 40,
    goal: atMost(1),
  },
  {
    name: '1,000 tasks as 100 chains of 10',
    published: 'Airflow 2.0 11.6 s, 3.3.2 tuned 174',
    source: chain(10),
    runs: 100,
    tasks: 1_000,
    goal: atMost(3),
  },
  {
    name: '1,000 tasks as 10 chains of 100',
    published: 'Airflow 2.0 14.3 s',
    source: chain(100),
    runs: 10,
    tasks: 1_000,
    goal: atMost(3),
  },
  {
    name: '1,000 tasks as 10 trees of 100, ten below each',
    published: 'Airflow 2.0 12 s',
    source: tree(),
    runs: 10,
    tasks: 1_000,
    goal: atMost(3),
  },
  {
    name: 'fan-out of 100',
    published: 'Kestra 11 s',
    source: fanOut(100),
    runs: 1,
    tasks: 101,
  },
  {
    name: 'fan-out of 10,000',
    published: 'Flyte failed',
    source: fanOut(10_000),
    runs: 1,
    tasks: 10_001,
    goal: atMost(20),
  },
]

/** The engine alone: real SQL, a database that flushes, real queues; tasks that do nothing, in this process. */
async function run({ say, atEnd }: SuiteContext): Promise<readonly ResultRow[]> {
  const runner = createInProcessRunner({
    tasks: { slow: () => new Promise((resolve) => setTimeout(resolve, taskMs)) },
  })
  const engine = await openEngine(runner)
  const close = atEnd(engine.close)
  try {
    const rows: ResultRow[] = []
    await measure(engine, await store(engine, chain(40)), 3)
    for (const shape of shapes) {
      const stored = await store(engine, shape.source)
      const took: Took[] = []
      for (let turn = 0; turn < turns; turn++) took.push(await measure(engine, stored, shape.runs))
      say(`${shape.name}: ${took.map(({ seconds }) => `${seconds.toFixed(2)} s`).join(', ')}`)
      rows.push(
        resultRow({
          shape: `${shape.name} (published: ${shape.published})`,
          unit: 's',
          samples: took.map(({ seconds }) => seconds),
          ...(shape.goal === undefined ? {} : { goal: shape.goal }),
        }),
      )
    }
    rows.push(
      ...(await throughput(engine, say)),
      await slots(engine, say),
      await besideABlockedOne(engine, say),
    )
    return rows
  } finally {
    await close()
  }
}

/** Runs of ten tasks side by side, as many as fit into a minute's tenth at the goal. */
async function throughput(engine: EngineBench, say: (text: string) => void): Promise<ResultRow[]> {
  const [runs, tasks] = [500, 5_000]
  const stored = await store(engine, documentOf(upTo(10).map((at) => ({ id: `t${at}` }))))
  const took: Took[] = []
  for (let turn = 0; turn < turns; turn++) took.push(await measure(engine, stored, runs))
  const shape = `${runs} runs of 10 parallel no-op tasks`
  const row = (what: string, unit: string, of: (one: Took) => number, goal?: Measured['goal']): ResultRow =>
    resultRow({
      shape: `${shape}: ${what}`,
      unit,
      samples: took.map(of),
      ...(goal === undefined ? {} : { goal }),
    })
  say(`${shape}: ${took.map(({ seconds }) => `${((tasks / seconds) * 60).toFixed(0)} a minute`).join(', ')}`)
  return [
    row(
      'milliseconds a task, where 2 are 30,000 a minute (published: Airflow 285 a minute on one scheduler)',
      'ms',
      ({ seconds }) => (seconds * 1000) / tasks,
      atMost(2),
    ),
    row('CPU a task, engine and database', 'ms', ({ cpuMs }) => cpuMs / tasks, atMost(10)),
    row('SQL statements a task', '', ({ statements }) => statements / tasks),
  ]
}

async function slots(engine: EngineBench, say: (text: string) => void): Promise<ResultRow> {
  const [size, width] = [2_000, 100]
  const stored = await store(engine, fanOut(size, { run: { image: 'slow' }, pool: 'wide' }))
  const { projectId } = stored.workflow
  await engine.db.workflowPool.create({ data: { projectId, name: 'wide', slots: width } })
  const ideal = (size / width) * (taskMs / 1000)
  const took: number[] = []
  for (let turn = 0; turn < turns; turn++) took.push((await measure(engine, stored, 1)).seconds)
  say(
    `${size} × ${taskMs} ms in ${width} slots: ${took.map((one) => one.toFixed(2)).join(', ')} s, ideal ${ideal}`,
  )
  return resultRow({
    shape: `${size} tasks of ${taskMs} ms in ${width} slots, beside the ideal (published: Windmill 1.02× at 10,000)`,
    unit: 's',
    samples: took,
    baseline: [ideal],
  })
}

/** A small chain alone, and the same beside a graph of 10,000 tasks of which one in a hundred could run. */
async function besideABlockedOne(engine: EngineBench, say: (text: string) => void): Promise<ResultRow> {
  const small = await store(engine, chain(3))
  const alone = await several(engine, small)
  const large = await store(
    engine,
    documentOf(
      upTo(10_000).map((at) => ({
        id: `t${at}`,
        needs: at < 100 ? [] : [`t${at % 100}`],
        run: { image: 'slow' },
        pool: 'narrow',
      })),
    ),
  )
  const { projectId } = large.workflow
  await engine.db.workflowPool.create({ data: { projectId, name: 'narrow', slots: 2 } })
  const blocked = await queueRun(engine.db, large)
  await engine.ring([blocked])
  await pause(3_000)
  const beside = await several(engine, small)
  await engine.db.workflowRun.update({
    where: { id: blocked },
    data: { state: 'cancelling', version: { increment: 1 }, cancelReason: 'Measured.', cancelledBy: 'Bench' },
  })
  await engine.ring([blocked])
  say(
    `a chain of 3: ${median(alone).toFixed(0)} ms alone, ${median(beside).toFixed(0)} ms beside 10,000 tasks`,
  )
  return resultRow({
    shape: 'chain of 3: how much later it ends beside a blocked graph of 10,000 tasks',
    unit: 'ms',
    samples: beside.map((one) => one - median(alone)),
    goal: atMost(100),
  })
}

async function several(engine: EngineBench, stored: StoredWorkflow): Promise<number[]> {
  const took: number[] = []
  for (let turn = 0; turn < 10; turn++) took.push((await measure(engine, stored, 1)).seconds * 1000)
  return took
}

export const workflows: Suite = { needs: 'nothing', run }
