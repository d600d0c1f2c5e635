import type { WatchedKind } from '@fairlead/contracts/kinds'

const withPods: readonly WatchedKind[] = ['Pod', 'Event']
const alsoWatched: Partial<Record<WatchedKind, readonly WatchedKind[]>> = {
  Deployment: ['ReplicaSet', ...withPods],
  ReplicaSet: withPods,
  StatefulSet: withPods,
  DaemonSet: withPods,
  Job: withPods,
  CronJob: ['Job', ...withPods],
  Service: ['EndpointSlice', ...withPods],
}

/** What must be heard to keep the page of one object current: itself, what it makes, and what is said of it. */
export const watchedWith = (kind: WatchedKind): WatchedKind[] => [
  ...new Set([kind, ...(alsoWatched[kind] ?? ['Event'])]),
]
