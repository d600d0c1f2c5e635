import type { TargetLive } from './observation'

export function provenWords(live: TargetLive | null): string {
  if (live === null || !live.reachable) return 'Converged.'
  const unproven = live.workloads.filter(({ verdict }) => verdict.state === 'unproven')
  return unproven.length === 0
    ? 'Converged.'
    : `Converged, but unproven: ${unproven.map(({ kind, name, verdict }) => `${kind} ${name} (${verdict.message})`).join(', ')}`
}
