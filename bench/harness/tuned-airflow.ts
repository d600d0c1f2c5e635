import type { AirflowClient } from '@fairlead/airflow/client/airflow-client'
import { startAirflow, type RunningAirflow } from '@fairlead/devairflow/airflow'
import { freePort } from '@fairlead/devservices/free-port'
import { startPostgres } from '@fairlead/devservices/postgres'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { until } from './wait'

export interface TunedAirflow {
  readonly airflow: RunningAirflow
  /** Airflow's own database. */
  readonly sql: pg.Pool
  close(): Promise<void>
}

/**
 * What takes its default sleeps away, and the limits that a run of thousands of tasks meets: compared with the default
 * one, anything is fast. No task of the shapes starts a process, so two of them are enough.
 */
const tuning = {
  AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME: '0.05',
  AIRFLOW__SCHEDULER__MAX_DAGRUNS_TO_CREATE_PER_LOOP: '100',
  AIRFLOW__SCHEDULER__MAX_DAGRUNS_PER_LOOP_TO_SCHEDULE: '100',
  AIRFLOW__CORE__MAX_ACTIVE_RUNS_PER_DAG: '1000',
  AIRFLOW__CORE__MAX_ACTIVE_TASKS_PER_DAG: '1000',
  // One file holds a hundred DAGs.
  AIRFLOW__CORE__DAGBAG_IMPORT_TIMEOUT: '600',
  AIRFLOW__DAG_PROCESSOR__DAG_FILE_PROCESSOR_TIMEOUT: '1200',
  AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL: '3600',
  AIRFLOW__LOGGING__LOGGING_LEVEL: 'WARNING',
}

/** A real Airflow with PostgreSQL and LocalExecutor, and these Python files. */
export async function openTunedAirflow(files: Readonly<Record<string, string>>): Promise<TunedAirflow> {
  const home = fs.mkdtempSync(path.join('/var/tmp', 'fairlead-bench-airflow-'))
  fs.chmodSync(home, 0o755)
  const dagsFolder = path.join(home, 'dags')
  fs.mkdirSync(dagsFolder)
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(dagsFolder, name), text)
  const postgres = await startPostgres({ folder: path.join(home, 'postgres'), port: await freePort() })
  const sql = new pg.Pool({ connectionString: postgres.url, max: 2 })
  const running = await startAirflow({
    folder: path.join(home, 'airflow'),
    dagsFolder,
    port: await freePort(),
    cacheFolder: path.join(os.homedir(), '.cache/fairlead'),
    database: postgres.url.replace(/^postgres(ql)?:/, 'postgresql+psycopg2:'),
    env: tuning,
    announce: (message) => void process.stderr.write(`  ${message}\n`),
  })
  return {
    airflow: running,
    sql,
    close: async () => {
      await running.stop()
      await sql.end()
      await postgres.stop()
      fs.rmSync(home, { recursive: true, force: true })
    },
  }
}

/** All of them parsed and stored. */
export const untilRead = (client: AirflowClient, dags: number): Promise<true> =>
  until({ what: `${dags} DAGs in Airflow`, timeoutMs: 900_000, everyMs: 1_000 }, async () =>
    (await client.dags({ offset: 0, text: '' })).total >= dags ? true : undefined,
  )

/**
 * Runs of one DAG, from the moment at which it may start them until the last is over: they are triggered while it is
 * paused, as ours are queued while the engine is held.
 */
export async function measureAirflow(
  { client, sql }: { readonly client: AirflowClient; readonly sql: pg.Pool },
  { dag, runs, turn }: { readonly dag: string; readonly runs: number; readonly turn: number },
): Promise<number> {
  await client.setPaused(dag, true)
  for (let at = 0; at < runs; at++)
    await client.trigger({ dag, run: `bench__${turn}_${at}`, conf: {}, note: 'Measured.' })
  const startedAt = performance.now()
  await client.setPaused(dag, false)
  await until({ what: `end of ${runs} runs of ${dag}`, timeoutMs: 900_000, everyMs: 50 }, async () => {
    const { rows } = await sql.query<{ state: string; count: string }>(
      `SELECT state, count(*) FROM dag_run WHERE dag_id = $1 AND run_id LIKE $2 GROUP BY state`,
      [dag, `bench\\_\\_${turn}\\_%`],
    )
    if (rows.some(({ state }) => state === 'failed')) throw new Error(`A run of ${dag} failed.`)
    return rows.length === 1 && rows[0]?.state === 'success' ? true : undefined
  })
  return (performance.now() - startedAt) / 1_000
}

/** Ended runs of these DAGs, made of one that Airflow itself made: as many rows, put straight into its database. */
export async function plantRuns(
  sql: pg.Pool,
  { of, like, each }: { readonly of: string; readonly like: string; readonly each: number },
): Promise<number> {
  const { rows: columns } = await sql.query<{ column_name: string }>(
    `SELECT column_name FROM information_schema.columns WHERE table_name = 'dag_run' AND table_schema = 'public'`,
  )
  const own: Readonly<Record<string, string>> = {
    dag_id: 'd.dag_id',
    run_id: `'planted__' || n`,
    run_after: `r.run_after - n * interval '1 hour'`,
    logical_date: 'NULL',
    created_dag_version_id: 'NULL',
  }
  const names = columns.map(({ column_name: name }) => name).filter((name) => name !== 'id')
  const { rowCount } = await sql.query(
    `INSERT INTO dag_run (${names.map((name) => `"${name}"`).join(', ')})
     SELECT ${names.map((name) => own[name] ?? `r."${name}"`).join(', ')}
     FROM dag d CROSS JOIN generate_series(1, $3::int) n
     CROSS JOIN (SELECT * FROM dag_run WHERE dag_id = $1 LIMIT 1) r
     WHERE d.dag_id LIKE $2`,
    [of, like, each],
  )
  return rowCount ?? 0
}
