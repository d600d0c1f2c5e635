import { z } from 'zod'
import type { WorkloadProgress } from '@fairlead/contracts/rollout'

/** The best that each workload has reached: updated, ready and available pods, and fewest old ones. */
const marksSchema = z.record(
  z.string(),
  z.object({ updated: z.number(), ready: z.number(), available: z.number(), old: z.number() }),
)
export type Marks = z.infer<typeof marksSchema>

export function marksOf(column: string): Marks {
  if (column === '') return {}
  try {
    return marksSchema.catch({}).parse(JSON.parse(column))
  } catch {
    return {}
  }
}

/**
 * As in Kubernetes, more updated, ready or available pods or fewer old ones are progress; unlike there, only past the
 * best so far, so a pod that becomes ready and crashes in turns can't push the deadline away for ever.
 */
export function advance(
  marks: Marks,
  workloads: readonly (Pick<WorkloadProgress, 'verdict'> & { readonly key: string })[],
): { readonly marks: Marks; readonly progressed: boolean } {
  const next: Marks = { ...marks }
  let progressed = false
  for (const { key, verdict } of workloads) {
    if (verdict.replicas === null) continue
    const { updated, ready, available, current } = verdict.replicas
    const old = Math.max(0, current - updated)
    const best = marks[key]
    if (best === undefined) {
      next[key] = { updated, ready, available, old }
      continue
    }
    const better =
      updated > best.updated || ready > best.ready || available > best.available || old < best.old
    if (!better) continue
    progressed = true
    next[key] = {
      updated: Math.max(updated, best.updated),
      ready: Math.max(ready, best.ready),
      available: Math.max(available, best.available),
      old: Math.min(old, best.old),
    }
  }
  return { marks: next, progressed }
}
