import { describe, it } from 'vitest'
import { chosenSeeds, expectToHold } from './chosen-seeds'

// Half of the seeds each in two files, so that two cores play them.
describe('whatever goes wrong', () => {
  const seeds = chosenSeeds(1, process.env)
  it.skipIf(seeds.length === 0)(
    `keeps every property of workflows after every step, ${seeds.length} odd seeds`,
    { timeout: 60 * 60 * 1_000 },
    () => expectToHold(seeds, process.env),
  )
})
