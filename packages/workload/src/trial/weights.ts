import type { Trial } from '@fairlead/contracts/strategy'

/**
 * How many pods stand for a weight. The old side keeps every pod it has, so that going back starts none. Where pods alone
 * make the weight, its share is made by adding, and ends at half: the new side never outgrows what it stands beside.
 * Where something else moves the traffic, there are pods for the share that comes.
 */
export function podsFor(traffic: Trial['traffic'], weight: number, stablePods: number): number {
  if (stablePods <= 0) return 0
  if (traffic === 'service') return stablePods
  const exact =
    traffic === 'routes' ? Math.ceil((stablePods * weight) / 100) : (stablePods * weight) / (100 - weight)
  return Math.min(stablePods, Math.max(1, Math.round(exact)))
}

/** Per cent, to the nearest; what no pod serves is nobody's. */
export const shareOf = (newPods: number, stablePods: number): number =>
  newPods + stablePods === 0 ? 0 : Math.round((newPods * 100) / (newPods + stablePods))
