import { expect } from 'vitest'
import { playSeeds } from './seeds'

const usual = 2_000
const lanes = 3

/**
 * The seeds of one of two test files. `SIMULATE_SEED=n` plays one alone and prints its whole story;
 * `SIMULATE_SEEDS=10000` plays that many.
 */
export function chosenSeeds(remainder: 0 | 1, env: NodeJS.ProcessEnv): readonly number[] {
  const one = env['SIMULATE_SEED']
  const all =
    one === undefined
      ? Array.from({ length: Number(env['SIMULATE_SEEDS'] ?? usual) }, (_, index) => index + 1)
      : [Number(one)]
  return all.filter((seed) => seed % 2 === remainder)
}

/** The last lines before it broke: enough to see what led there. */
const shown = 60

export async function expectToHold(seeds: readonly number[], env: NodeJS.ProcessEnv): Promise<void> {
  const { failed, ...sum } = await playSeeds(seeds, lanes)
  const whole = env['SIMULATE_SEED'] !== undefined
  const stories = failed.map(({ seed, problem, trace, left }) =>
    [`SIMULATE_SEED=${seed}: ${problem ?? ''}`, ...(whole ? trace : trace.slice(-shown)), ...left].join('\n'),
  )
  process.stderr.write(`  simulated: ${JSON.stringify(sum)}\n`)
  expect(stories.join('\n\n')).toBe('')
}
