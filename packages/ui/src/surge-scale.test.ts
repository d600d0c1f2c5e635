import { describe, expect, it } from 'vitest'
import { surgeScale } from './surge-scale'

describe('the scale of a rolling update', () => {
  it.each([
    { desired: 10, maxSurge: '25%', maxUnavailable: '25%', ceiling: 13, floor: 8 },
    { desired: 3, maxSurge: '25%', maxUnavailable: '25%', ceiling: 4, floor: 3 },
    { desired: 1, maxSurge: 0, maxUnavailable: 0, ceiling: 1, floor: 0 },
    { desired: 5, maxSurge: 0, maxUnavailable: '10%', ceiling: 5, floor: 4 },
    { desired: 4, maxSurge: 2, maxUnavailable: 9, ceiling: 6, floor: 0 },
    { desired: 0, maxSurge: '25%', maxUnavailable: '25%', ceiling: 0, floor: 0 },
  ])(
    'gives $desired pods with surge $maxSurge and unavailable $maxUnavailable Kubernetes’ own limits',
    (row) => {
      expect(surgeScale(row, 0)).toMatchObject({ ceiling: row.ceiling, floor: row.floor })
    },
  )

  it('is as wide as the pods that exist, when they are more than the ceiling (after a scale-down)', () => {
    expect(surgeScale({ desired: 2, maxSurge: 1, maxUnavailable: 0 }, 9).width).toBe(9)
  })

  it('never has no width, so that nothing divides by zero', () => {
    expect(surgeScale({ desired: 0, maxSurge: 0, maxUnavailable: 0 }, 0).width).toBe(1)
  })
})
