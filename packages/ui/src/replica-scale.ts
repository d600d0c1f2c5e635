export type Replicas = {
  desired: number
  ready: number
  /** Pods of the newest revision. */
  updated: number
  unavailable: number
}

export type ReplicaSegment = { kind: 'ready' | 'outdated' | 'unavailable' | 'missing'; count: number }

/**
 * Splits a workload's replicas into segments that add up to the larger of desired and existing.
 * Ready pods of an older revision count as outdated: they serve, but they are not what is wanted.
 */
export function replicaSegments({ desired, ready, updated, unavailable }: Replicas): ReplicaSegment[] {
  const upToDate = Math.min(ready, updated)
  const outdated = Math.max(0, ready - upToDate)
  const missing = Math.max(0, desired - ready - unavailable)
  const all: ReplicaSegment[] = [
    { kind: 'ready', count: upToDate },
    { kind: 'outdated', count: outdated },
    { kind: 'unavailable', count: Math.max(0, unavailable) },
    { kind: 'missing', count: missing },
  ]
  return all.filter((segment) => segment.count > 0)
}
