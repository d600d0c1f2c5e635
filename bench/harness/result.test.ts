import { expect, it } from 'vitest'
import { resultRow } from './result'

it('judges a goal by the ratio to what was measured beside it', () => {
  const row = resultRow({
    shape: 'deploy',
    unit: 's',
    samples: [4, 5, 6],
    baseline: [5, 5, 5],
    goal: { of: 'ratio', atMost: 1.05 },
  })
  expect(row).toMatchObject({ runs: 3, median: 5, min: 4, max: 6, baseline: 5, ratio: 1, met: true })
  expect(row.goal).toBe('≤ 1.05×')
})

it('judges what it shows no rounding of', () => {
  const row = resultRow({ shape: 'p', unit: 'ms', samples: [250.0004], goal: { of: 'value', atMost: 250 } })
  expect(row).toMatchObject({ median: 250, met: false })
})

it('claims nothing where no goal was set', () => {
  const row = resultRow({ shape: 'cold', unit: 's', samples: [90] })
  expect(row).toMatchObject({ baseline: null, ratio: null, goal: null, met: null })
})
