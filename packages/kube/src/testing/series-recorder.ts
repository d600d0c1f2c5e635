import fs from 'node:fs'
import path from 'node:path'
import type { VerdictContext } from '../health/verdict-of'
import { verdictOf } from '../health/verdict-of'
import type { KubeObject } from '../kube-object'

/** One look at a workload: what was there, and what our verdict was of it. */
export interface Tick {
  readonly now: string
  readonly minGeneration: number | null
  readonly object: KubeObject
  readonly replicaSets: readonly KubeObject[]
  readonly pods: readonly KubeObject[]
  readonly verdict: string
}

export interface SeriesRecorder {
  tick(object: KubeObject, context: VerdictContext): void
}

/** Whole series in a file say less than what of them was read. */
const kept = (object: KubeObject): KubeObject => {
  const { managedFields: _, ...metadata } = object.metadata
  return { ...object, metadata }
}

/**
 * With FAIRLEAD_RECORD_SERIES=FOLDER the live oracle writes what it saw of these workloads, one tick a line:
 * health/series.test.ts plays it again. Read a new recording before it is committed: the verdicts are what it asserts.
 */
export function seriesRecorder(names: ReadonlySet<string>): SeriesRecorder {
  const folder = process.env['FAIRLEAD_RECORD_SERIES']
  const last = new Map<string, string>()
  return {
    tick(object, { replicaSets = [], pods = [], minGeneration = null, now = new Date() }) {
      const { name } = object.metadata
      if (folder === undefined || !names.has(name)) return
      const own = (all: readonly KubeObject[]) =>
        all.filter(({ metadata }) => metadata.labels?.['app'] === name).map(kept)
      const scene = {
        minGeneration,
        object: kept(object),
        replicaSets: own(replicaSets),
        pods: own(pods),
      }
      const text = JSON.stringify(scene)
      if (last.get(name) === text) return
      last.set(name, text)
      const { state, message } = verdictOf(object, { replicaSets, pods, minGeneration, now })
      const tick: Tick = { now: now.toISOString(), ...scene, verdict: `${state}: ${message}` }
      fs.mkdirSync(folder, { recursive: true })
      fs.appendFileSync(path.join(folder, `${name}.jsonl`), `${JSON.stringify(tick)}\n`)
    },
  }
}
