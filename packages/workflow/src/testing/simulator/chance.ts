import { seededRandom } from '@fairlead/testkit/task-runner/faulty-runner'

/** Everything random of one simulation comes from here, so that a seed is a whole story. */
export interface Chance {
  of(probability: number): boolean
  /** Whole, from `least` to `most`. */
  between(least: number, most: number): number
  pick<T>(from: readonly T[]): T
  /** By weight; null when all weights are zero. */
  weigh<T>(from: readonly (readonly [number, T])[]): T | null
}

export function createChance(seed: number): Chance {
  const random = seededRandom(seed)
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1))
  return {
    of: (probability) => random() < probability,
    between,
    pick: (from) => {
      const picked = from[between(0, from.length - 1)]
      if (picked === undefined) throw new Error('Nothing to pick from.')
      return picked
    },
    weigh: (from) => {
      let left = random() * from.reduce((sum, [weight]) => sum + weight, 0)
      for (const [weight, item] of from) {
        left -= weight
        if (weight > 0 && left < 0) return item
      }
      return null
    },
  }
}
