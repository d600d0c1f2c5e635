import type { Bell } from '@fairlead/contracts/doorbells'
import type { RunnerEvent, TaskRunner } from '@fairlead/contracts/task-runner'
import type { WorkflowDb } from '@fairlead/db/views'
import { createClusterKnowledge } from '../../run/clusters'
import type { EngineDeps, EngineSql } from '../../run/engine-deps'
import { oneStep } from '../../run/reconcile'
import { createVersions } from '../../run/versions'
import { clusters } from './scenario'

/** Thrown into a process that is killed: nothing it does after that may have an effect. */
export class Killed extends Error {}

export interface Pass {
  readonly runId: string
  /** Of which point it stands at, outside of any transaction; null while it works or once it ended. */
  at: string | null
  resume: () => void
  ended: { readonly error: unknown; readonly checkAt: Date | 'again' | null } | null
}

export interface EngineProcess {
  readonly name: string
  readonly alive: boolean
  readonly passes: ReadonlyMap<string, Pass>
  readonly inbox: { readonly cluster: string; readonly event: RunnerEvent }[]
  readonly deps: EngineDeps
  /** Goes as far as its first pause. */
  begin(runId: string): Promise<Pass>
  resume(pass: Pass): Promise<void>
  kill(): void
}

export interface ProcessOptions {
  readonly db: WorkflowDb
  readonly sql: EngineSql
  readonly runner: TaskRunner
  readonly clock: () => Date
  readonly ring: (bells: readonly Bell[]) => void
  /** Asked at every point: whether the process is killed there. */
  readonly killed: (where: string) => boolean
  readonly trace: (line: string) => void
}

/** Where other processes may come in between: everywhere that holds no lock. */
const pauses: ReadonlySet<string> = new Set(['observed', 'recorded', 'answered', 'acted'])

/** An engine that can be stopped between any two steps, for ever if need be. */
export function createEngineProcess(name: string, options: ProcessOptions): EngineProcess {
  const { db, sql } = options
  const passes = new Map<string, Pass>()
  const inbox: EngineProcess['inbox'] = []
  const ended = new AbortController()
  let alive = true
  const die = (where: string): never => {
    if (alive) options.trace(`${name} is killed at ${where}`)
    alive = false
    ended.abort()
    throw new Killed(where)
  }
  const step = async (pass: Pass | null, where: string, quiet: () => void): Promise<void> => {
    if (!alive || options.killed(where)) die(where)
    if (pass === null || !pauses.has(where)) return
    pass.at = where
    await new Promise<void>((resolve) => {
      pass.resume = resolve
      quiet()
    })
    pass.at = null
    if (!alive) throw new Killed(where)
  }
  const depsOf = (onStep: NonNullable<EngineDeps['onStep']>): EngineDeps => ({
    db,
    sql,
    runner: options.runner,
    rollouts: { stateOf: async () => ({ kind: 'refused', reason: 'There are no rollouts.' }) },
    versions,
    clusters: knowledge,
    destinationsOf: async () => clusters.map((cluster) => ({ cluster, namespace: '*' })),
    ring: async (bells) => options.ring(bells),
    onStep,
  })
  const versions = createVersions(db)
  const knowledge = createClusterKnowledge(sql)
  for (const cluster of clusters)
    void (async () => {
      for await (const event of options.runner.observe(cluster, ended.signal)) inbox.push({ cluster, event })
    })()

  const waiting = new Map<Pass, () => void>()
  const untilQuiet = (pass: Pass, go: () => void): Promise<void> =>
    new Promise((resolve) => {
      waiting.set(pass, resolve)
      go()
    })
  const quiet = (pass: Pass): void => {
    waiting.get(pass)?.()
    waiting.delete(pass)
  }
  const run = async (pass: Pass): Promise<void> => {
    const deps = depsOf((where) => step(pass, where, () => quiet(pass)))
    try {
      const outcome = await oneStep(deps, pass.runId, options.clock)
      pass.ended = {
        error: null,
        checkAt: outcome === 'again' ? 'again' : 'checkAt' in outcome ? outcome.checkAt : null,
      }
    } catch (error) {
      pass.ended = { error: alive ? error : null, checkAt: null }
    }
    if (passes.get(pass.runId) === pass) passes.delete(pass.runId)
    quiet(pass)
  }
  return {
    name,
    get alive() {
      return alive
    },
    passes,
    inbox,
    deps: depsOf((where) => step(null, where, () => undefined)),
    async begin(runId) {
      const pass: Pass = { runId, at: null, resume: () => undefined, ended: null }
      passes.set(runId, pass)
      await untilQuiet(pass, () => void run(pass))
      return pass
    },
    resume: (pass) => untilQuiet(pass, pass.resume),
    kill() {
      alive = false
      ended.abort()
    },
  }
}
