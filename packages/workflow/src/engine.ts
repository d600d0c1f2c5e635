/**
 * The parts that a process of the engine runs, each told apart and each safe beside its own double: run/reconcile.ts
 * for a bell, sweep, intake of one cluster, upkeep. apps/workflow-worker binds them.
 */
import type { RunnerEvent } from '@fairlead/contracts/task-runner'
import { createClusterKnowledge } from './run/clusters'
import { dueRuns } from './run/due-runs'
import type { EngineDeps } from './run/engine-deps'
import { intake } from './run/intake'
import { runReconciler } from './run/reconcile'
import { keepHouse } from './run/upkeep'
import { createVersions } from './run/versions'

export type EngineSettings = Omit<EngineDeps, 'versions' | 'clusters' | 'onStep'>

/** A project's destinations are asked for at most every other second. */
const keptMs = 2_000

function kept(destinationsOf: EngineSettings['destinationsOf']): EngineSettings['destinationsOf'] {
  const known = new Map<string, { readonly at: number; readonly value: ReturnType<typeof destinationsOf> }>()
  return (projectId) => {
    const found = known.get(projectId)
    if (found !== undefined && performance.now() - found.at < keptMs) return found.value
    const value = destinationsOf(projectId)
    known.set(projectId, { at: performance.now(), value })
    value.catch(() => known.delete(projectId))
    return value
  }
}

export function createEngine(settings: EngineSettings) {
  const { db, sql } = settings
  const deps: EngineDeps = {
    ...settings,
    destinationsOf: kept(settings.destinationsOf),
    versions: createVersions(db),
    clusters: createClusterKnowledge(sql),
  }
  return {
    versions: deps.versions,
    reconcile: runReconciler(deps),
    due: (now: Date) => dueRuns(sql, now),
    hear: async (cluster: string, event: RunnerEvent, now: Date): Promise<void> =>
      settings.ring(await intake(sql, cluster, event, now)),
    keepHouse: (now: Date) => keepHouse(deps, now),
  }
}
