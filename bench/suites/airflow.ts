import { createAirflowTaskRunner } from '@fairlead/airflow/task-runner/airflow-task-runner'
import { besideAirflow } from '@fairlead/airflow/task-runner/beside'
import { airflowState } from '@fairlead/contracts/airflow'
import { airflowPlace } from '@fairlead/contracts/airflow-place'
import type { Database } from '@fairlead/db/database'
import { createInProcessRunner } from '@fairlead/testkit/task-runner/in-process-runner'
import { dagOfAttempt, openDagRuns } from '@fairlead/workflow/run/open-dag-runs'
import { documentOf } from '@fairlead/workflow/testing/workflow-scene'
import { connectionName, openAirflowDoor, openConnections, type AirflowDoor } from '../harness/airflow-door'
import { manyDags, shapesFile } from '../harness/airflow-dags'
import { measure, store } from '../harness/measure-runs'
import { resultRow, type ResultRow } from '../harness/result'
import { share } from '../harness/share'
import type { Suite, SuiteContext } from '../harness/suite'
import {
  measureAirflow,
  openTunedAirflow,
  plantRuns,
  untilRead,
  type TunedAirflow,
} from '../harness/tuned-airflow'
import { until } from '../harness/wait'
import { chain, inOut } from '../harness/workflow-shapes'
import { benchCluster, openEngine, type EngineBench } from '../harness/workflow-engine'

/** Of shapesFile. */
const shapeDags = 4
const dags = Math.max(20, Math.round(1_000 * share))
const runsOfEach = 10
const chains = Math.max(5, Math.round(100 * share))
/** Of which the first warms up. */
const turns = Math.max(3, Math.round(10 * share))
const pageSize = 100
const of = share === 1 ? '' : `, a part of ${share} of what the goal speaks of`

interface Bench {
  readonly engine: EngineBench
  readonly tuned: TunedAirflow
  readonly door: AirflowDoor
}

/** Our engine beside a real Airflow 3.3.2 with PostgreSQL, LocalExecutor and its sleeps taken away, and through it. */
async function run({ say, atEnd }: SuiteContext): Promise<readonly ResultRow[]> {
  const tuned = await openTunedAirflow({ 'shapes.py': shapesFile, ...manyDags(dags) })
  const closeAirflow = atEnd(tuned.close)
  const engine = await openEngine(runnerOf, [benchCluster, airflowPlace(connectionName)])
  const closeEngine = atEnd(engine.close)
  try {
    const door = await openAirflowDoor(engine.db, tuned.airflow)
    await untilRead(door.client, dags + shapeDags)
    say(`${dags} DAGs are read`)
    const bench = { engine, tuned, door }
    return [...(await besideTheApi(bench, say)), ...(await shapes(bench, say)), ...(await lists(bench, say))]
  } finally {
    await closeEngine()
    await closeAirflow()
  }
}

const runnerOf = (db: Database) =>
  besideAirflow(
    createInProcessRunner({}),
    createAirflowTaskRunner({
      db,
      connections: openConnections(db),
      openRuns: (connection) => openDagRuns(db, connection),
      dagOf: (key) => dagOfAttempt(db, key),
    }),
  )

/** A DAG of one task that does nothing: through a task of a workflow, and by the API alone, in turns. */
async function besideTheApi({ engine, door }: Bench, say: (text: string) => void): Promise<ResultRow[]> {
  const stored = await store(
    engine,
    documentOf([{ id: 'dag', airflow: { connection: connectionName, dag: 'noop' } }]),
  )
  const [ours, direct]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < turns; turn++) {
    direct.push(await byApi(door, turn))
    ours.push((await measure(engine, stored, 1)).seconds)
  }
  const [first, ...samples] = ours
  const [, ...baseline] = direct
  say(`a DAG of one empty task: ${[first, ...samples].map((one) => one?.toFixed(2)).join(', ')} s`)
  return [
    resultRow({
      shape: 'a DAG of one empty task as a task of a workflow, beside its API called directly',
      unit: 's',
      samples,
      baseline,
    }),
  ]
}

/** Triggered, and looked at ten times a second until it is over. */
async function byApi({ client }: AirflowDoor, turn: number): Promise<number> {
  const ref = { dag: 'noop', run: `direct__${turn}` }
  const startedAt = performance.now()
  await client.trigger({ ...ref, conf: {}, note: 'Measured.' })
  await until({ what: 'end of a DAG run', timeoutMs: 120_000, everyMs: 100 }, async () =>
    airflowState((await client.run(ref)).state).terminal ? true : undefined,
  )
  return (performance.now() - startedAt) / 1_000
}

interface Shape {
  readonly name: string
  readonly dag: string
  readonly source: string
  readonly runs: number
}

/** What the suite `workflows` measures of our engine alone, and the same of Airflow, in turns. */
async function shapes({ engine, tuned, door }: Bench, say: (text: string) => void): Promise<ResultRow[]> {
  const list: readonly Shape[] = [
    { name: 'chain of 40 no-op tasks', dag: 'chain40', source: chain(40), runs: 1 },
    { name: '1 → 100 → 1 no-op tasks', dag: 'inout100', source: inOut(100), runs: 1 },
    { name: `${chains} chains of 10 no-op tasks`, dag: 'chain10', source: chain(10), runs: chains },
  ]
  const rows: ResultRow[] = []
  for (const { name, dag, source, runs } of list) {
    const stored = await store(engine, source)
    const [ours, theirs]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < 3; turn++) {
      ours.push((await measure(engine, stored, runs)).seconds)
      theirs.push(await measureAirflow({ client: door.client, sql: tuned.sql }, { dag, runs, turn }))
    }
    say(
      `${name}: ${ours.map((one) => one.toFixed(2)).join(', ')} s, Airflow ${theirs.map((one) => one.toFixed(2)).join(', ')}`,
    )
    rows.push(
      resultRow({
        shape: `${name}, beside Airflow 3.3.2, tuned, whose empty tasks start no process`,
        unit: 's',
        samples: ours,
        baseline: theirs,
      }),
    )
  }
  return rows
}

/** Every page of the DAGs with the last runs of each: what a screen of them asks of the server. */
async function lists({ tuned, door }: Bench, say: (text: string) => void): Promise<ResultRow[]> {
  await byApi(door, turns)
  const planted = await plantRuns(tuned.sql, { of: 'noop', like: 'many\\_%', each: runsOfEach })
  const [cold, warm, direct]: [number[], number[], number[]] = [[], [], []]
  for (let turn = 0; turn < turns; turn++) {
    const took = { cold: 0, warm: 0, direct: 0 }
    for (let offset = 0; offset < dags; offset += pageSize) {
      took.direct += await timed(() => door.client.dags({ offset, text: 'many' }))
      took.cold += await timed(() => page(door, offset))
      // At once: what is kept is kept for three seconds.
      took.warm += await timed(() => page(door, offset))
    }
    cold.push(took.cold)
    warm.push(took.warm)
    direct.push(took.direct)
    // Until nothing of it is kept any more.
    await new Promise((resolve) => setTimeout(resolve, 3_100))
  }
  say(
    `list: ${cold.map((one) => one.toFixed(0)).join(', ')} ms cold, ${warm.map((one) => one.toFixed(1)).join(', ')} ms warm`,
  )
  const shape = `all pages of ${dags} DAGs that Airflow parsed and of their last runs out of ${planted} rows put into its database${of}`
  return [
    resultRow({
      shape: `${shape}, at the server from warm cache`,
      unit: 'ms',
      samples: warm,
      ...(share === 1 ? { goal: { of: 'value', atMost: 300 } } : {}),
    }),
    resultRow({
      shape: `${shape}, asked of Airflow, beside its own list of the DAGs alone`,
      unit: 'ms',
      samples: cold,
      baseline: direct,
    }),
  ]
}

async function page({ ask }: AirflowDoor, offset: number): Promise<void> {
  const { dags: rows } = await ask('airflow.dags', { connection: connectionName, text: 'many', offset })
  if (rows.length === 0) throw new Error('A page of DAGs is empty.')
  await ask('airflow.lastRuns', { connection: connectionName, dags: rows.map(({ dag }) => dag) })
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

export const airflow: Suite = { needs: 'nothing', run }
