import { setTimeout as sleep } from 'node:timers/promises'
import { airflowPlace } from '@fairlead/contracts/airflow-place'
import type { Call, Services } from '@fairlead/kernel/context'
import { workflowEntries } from '@fairlead/workflow/entries'
import { dagOfAttempt, openDagRuns } from '@fairlead/workflow/run/open-dag-runs'
import { oneStep } from '@fairlead/workflow/run/reconcile'
import { createLocalEngine, type LocalEngine } from '@fairlead/workflow/testing/local-engine'
import { documentOf, queueRun, storeWorkflow } from '@fairlead/workflow/testing/workflow-scene'
import { createAirflowTaskRunner } from '../task-runner/airflow-task-runner'
import type { AirflowScene } from './airflow-scene'

type Entries = ReturnType<typeof workflowEntries>
type Tasks = Parameters<typeof documentOf>[0]

/** The workflow engine on the scene's database, with the scene's Airflow as its only runner. */
export function createDagRunScene(
  { database: { db }, connections, shop }: AirflowScene,
  names: readonly string[],
) {
  const runner = createAirflowTaskRunner({
    db,
    connections,
    openRuns: (connection) => openDagRuns(db, connection),
    dagOf: (key) => dagOfAttempt(db, key),
    pollMs: 200,
  })
  const places = names.map(airflowPlace)
  const begin = (): LocalEngine => createLocalEngine({ db, runner, clusters: places })
  const entries = workflowEntries({
    db,
    runner,
    destinationsOf: async () => places.map((cluster) => ({ cluster, namespace: '*' })),
  })
  const services: Services = {
    db,
    queues: { ring: () => Promise.resolve() },
    clock: () => new Date(),
    onInternalError: (error) => process.stderr.write(`${String(error)}\n`),
  }
  const call: Call = {
    actor: {
      kind: 'user',
      id: 'dan',
      name: 'dan',
      email: null,
      memberships: [{ projectId: shop, role: 'deployer' }],
    },
    via: 'cli',
    address: null,
  }
  const as = <N extends 'run.task' | 'run.cancel'>(
    name: N,
    input: unknown,
  ): ReturnType<Entries[N]['invoke']> =>
    entries[name].invoke(services, call, input) as ReturnType<Entries[N]['invoke']>
  return {
    begin,
    queue: async (tasks: Tasks, parameters: Readonly<Record<string, unknown>> = {}, spec = {}) =>
      queueRun(db, await storeWorkflow(db, documentOf(tasks, spec), shop), parameters),
    /** A process that is killed once it has come to `point`. */
    dieAt: async (runId: string, point: string): Promise<void> => {
      const idle = createLocalEngine({ db, runner, clusters: [], sweepMs: 1_000_000 })
      const deps = {
        ...idle.deps,
        destinationsOf: async () => places.map((cluster) => ({ cluster, namespace: '*' })),
        onStep: (step: string) => {
          if (step === point) throw new Error(`killed at ${point}`)
        },
      }
      // An Airflow that is busy refuses the first try at times; the next one is due seconds later.
      const giveUpAt = Date.now() + 120_000
      const die = async (): Promise<void> => {
        for (let next: unknown = 'again'; Date.now() < giveUpAt;) {
          if (next !== 'again') await sleep(200)
          next = await oneStep(deps, runId, () => new Date())
        }
      }
      const end = await die().then(
        () => `never came to ${point}`,
        (error: unknown) => String(error),
      )
      await idle.close()
      if (!end.includes('killed')) throw new Error(end)
    },
    task: (run: string, task: string) => as('run.task', { run, task }),
    cancel: (run: string) => as('run.cancel', { run, reason: 'enough' }),
    attempts: (runId: string) =>
      db.workflowAttempt.findMany({ where: { runId }, orderBy: { number: 'asc' } }),
  }
}
