import type { Bell } from '@fairlead/contracts/doorbells'
import type { RolloutGate } from '@fairlead/contracts/gates'
import type { TaskRunner } from '@fairlead/contracts/task-runner'
import { runStates, type RunState } from '@fairlead/contracts/workflow-states'
import type { WorkflowDb } from '@fairlead/db/views'
import { createClusterKnowledge } from '../run/clusters'
import { dueRuns } from '../run/due-runs'
import type { EngineDeps, EngineSql } from '../run/engine-deps'
import { intake } from '../run/intake'
import { runReconciler } from '../run/reconcile'
import { keepHouse } from '../run/upkeep'
import { createVersions } from '../run/versions'

export interface LocalEngine {
  readonly deps: EngineDeps
  ring(bells: readonly Bell[]): Promise<void>
  /** Until the run is over; its state. */
  finished(runId: string): Promise<RunState>
  close(): Promise<void>
}

export interface LocalEngineOptions {
  readonly db: WorkflowDb
  /** Prisma's own client when left out. */
  readonly sql?: EngineSql
  readonly runner: TaskRunner
  readonly clusters: readonly string[]
  readonly rollouts?: RolloutGate
  readonly onStep?: EngineDeps['onStep']
  /** Runs looked at side by side. */
  readonly width?: number
  readonly sweepMs?: number
}

/**
 * A whole engine in this process without Redis: what apps/workflow-worker wires, with a queue of keys in memory that
 * keeps the one promise of the real one: never two passes of a key at once, and one more for a bell during a pass.
 */
export function createLocalEngine(options: LocalEngineOptions): LocalEngine {
  const { db, runner } = options
  const sql = options.sql ?? db
  const waiting = new Set<string>()
  const busy = new Map<string, boolean>()
  const stop = new AbortController()
  const errors: unknown[] = []
  const ring = (bells: readonly Bell[]): Promise<void> => {
    for (const { key } of bells) {
      if (busy.has(key)) busy.set(key, true)
      else waiting.add(key)
    }
    pump()
    return Promise.resolve()
  }
  const deps: EngineDeps = {
    db,
    sql,
    runner,
    rollouts: options.rollouts ?? {
      stateOf: async () => ({ kind: 'refused', reason: 'There are no rollouts.' }),
    },
    versions: createVersions(db),
    clusters: createClusterKnowledge(sql),
    destinationsOf: async () => options.clusters.map((cluster) => ({ cluster, namespace: '*' })),
    ring,
    onStep: options.onStep,
  }
  const reconcile = runReconciler(deps)
  const pass = async (key: string): Promise<void> => {
    try {
      const outcome = await reconcile(key, new Date())
      if ('checkAt' in outcome && outcome.checkAt <= new Date()) busy.set(key, true)
    } catch (error) {
      errors.push(error)
    }
    const again = busy.get(key) === true
    busy.delete(key)
    if (again) waiting.add(key)
    pump()
  }
  const pump = (): void => {
    if (stop.signal.aborted) return
    for (const key of waiting) {
      if (busy.size >= (options.width ?? 8)) return
      waiting.delete(key)
      busy.set(key, false)
      void pass(key)
    }
  }
  const observers = options.clusters.map(async (cluster) => {
    for await (const event of runner.observe(cluster, stop.signal))
      await ring(await intake(sql, cluster, event, new Date())).catch((error: unknown) => errors.push(error))
  })
  const sweep = setInterval(() => {
    void dueRuns(sql, new Date()).then(
      (ids) => ring(ids.map((key) => ({ doorbell: 'run', key }))),
      (error: unknown) => errors.push(error),
    )
    void keepHouse(deps, new Date()).catch((error: unknown) => errors.push(error))
  }, options.sweepMs ?? 100)
  return {
    deps,
    ring,
    finished: async (runId) => {
      for (;;) {
        if (errors.length > 0) throw errors[0]
        const run = await db.workflowRun.findUniqueOrThrow({ where: { id: runId }, select: { state: true } })
        const state = run.state as RunState
        if (runStates[state].terminal) return state
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    },
    close: async () => {
      clearInterval(sweep)
      stop.abort()
      await Promise.allSettled(observers)
      while (busy.size > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    },
  }
}
