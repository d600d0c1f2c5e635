import type { VerdictState } from '@fairlead/contracts/verdict'

/** What is known of a workload at one moment; null before it was first seen. */
export interface Standing {
  readonly state: VerdictState
  readonly generation: number
  readonly message: string
}

export type EpisodeStep =
  | { readonly kind: 'open'; readonly reason: string }
  | { readonly kind: 'close' }
  /** Changed and converged between two looks. */
  | { readonly kind: 'flash'; readonly reason: string }
  | null

const changed = (from: number, to: number): string => `Changed: generation ${from} → ${to}`

/** Pure: an episode opens when a workload departs from converged or is changed, and closes when it converges. */
export function episodeStep(before: Standing | null, after: Standing): EpisodeStep {
  const converged = after.state === 'converged'
  if (before === null) return converged ? null : { kind: 'open', reason: `First seen: ${after.message}` }
  const wasConverged = before.state === 'converged'
  const isChanged = before.generation !== after.generation
  if (isChanged && wasConverged) {
    const reason = changed(before.generation, after.generation)
    return converged ? { kind: 'flash', reason } : { kind: 'open', reason }
  }
  if (converged) return wasConverged ? null : { kind: 'close' }
  return wasConverged ? { kind: 'open', reason: after.message } : null
}
