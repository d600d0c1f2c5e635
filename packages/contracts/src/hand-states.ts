import type { Tone } from './freshness'
import type { Permission } from './permissions'
import type { WatchedKind } from './kinds'

// Apart from hands.ts because browsers need these tables and must not pay for the schemas.

/** Owner of every field that a person changed through Fairlead: a rollout takes such a field back, nobody else's. */
export const handsFieldManager = 'fairlead-hands'

const objectKinds = [
  'Pod',
  'Service',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'EndpointSlice',
] as const

/** What can be done to one object by hand: buttons, guards and row menus read this table. */
export const hands = {
  scale: {
    word: 'Scale',
    permission: 'workload.operate',
    kinds: ['Deployment', 'StatefulSet', 'ReplicaSet'],
  },
  restart: {
    word: 'Restart',
    permission: 'workload.operate',
    kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  },
  delete: {
    word: 'Delete',
    permission: 'object.write',
    kinds: objectKinds,
  },
  edit: {
    word: 'Edit',
    permission: 'object.write',
    kinds: objectKinds,
  },
  shell: { word: 'Shell', permission: 'shell.open', kinds: ['Pod'] },
  cordon: { word: 'Cordon', permission: 'node.operate', kinds: ['Node'] },
  uncordon: { word: 'Uncordon', permission: 'node.operate', kinds: ['Node'] },
  drain: { word: 'Drain', permission: 'node.operate', kinds: ['Node'] },
} as const satisfies Record<string, { word: string; permission: Permission; kinds: readonly WatchedKind[] }>
export type Hand = keyof typeof hands

export const isFor = (hand: Hand, kind: WatchedKind): boolean =>
  (hands[hand].kinds as readonly WatchedKind[]).includes(kind)

/** What a change by hand means for something that a Fairlead application declared. */
export function driftWords(hand: 'scale' | 'restart' | 'delete' | 'edit', application: string): string {
  const owner = `The application ${application} declares it.`
  if (hand === 'restart') return `${owner} A restart keeps its release: nothing drifts.`
  if (hand === 'delete') return `${owner} It is missing until the next rollout creates it again.`
  return `${owner} This is drift: the next rollout sets back what its manifests say.`
}

export const drainStates = {
  running: { word: 'Draining', tone: 'progress', terminal: false },
  succeeded: { word: 'Drained', tone: 'ok', terminal: true },
  failed: { word: 'Failed', tone: 'failing', terminal: true },
  cancelled: { word: 'Cancelled', tone: 'neutral', terminal: true },
} as const satisfies Record<string, { word: string; tone: Tone; terminal: boolean }>
export type DrainState = keyof typeof drainStates

/**
 * What a drain does with one pod. `evict`: through the Eviction API. `wait`: the same, but a PodDisruptionBudget allows
 * no disruption now. `leave`: it stays or goes by itself. `refuse`: the drain is not begun unless it is told to take it.
 */
export const drainSteps = {
  evict: { word: 'Is evicted', tone: 'progress' },
  wait: { word: 'Waits for its budget', tone: 'waiting' },
  leave: { word: 'Stays', tone: 'neutral' },
  refuse: { word: 'Keeps the drain from starting', tone: 'failing' },
} as const satisfies Record<string, { word: string; tone: Tone }>
export type DrainStep = keyof typeof drainSteps
