import { describe, expect, it } from 'vitest'
import { hasDifferences, summaryOf, type Outcome } from './comparison'
import { comparedSide } from './testing/compared-side'

const view = (counts: Partial<Record<Outcome, number>>, namespace: string | null = 'shop') => ({
  left: comparedSide('staging', namespace),
  right: comparedSide('production', namespace),
  counts: { different: 0, left: 0, right: 0, equal: 0, ...counts },
})

describe('a comparison in one line', () => {
  it.each([
    [view({ different: 3, left: 1, equal: 12 }), '3 differ, 1 only in staging/shop, 12 equal'],
    [view({ different: 1, right: 2 }), '1 differs, 2 only in production/shop'],
    [view({ left: 1, equal: 1 }, null), '1 only in staging, 1 equal'],
    [view({}), 'Neither side has anything to compare'],
  ])('%#: %s', (compared, words) => {
    expect(summaryOf(compared)).toBe(words)
  })

  it('has a difference unless all is equal', () => {
    const views = [
      view({ equal: 4 }),
      view({}),
      view({ left: 1 }),
      view({ right: 1 }),
      view({ different: 1 }),
    ]
    expect(views.map(hasDifferences)).toEqual([false, false, true, true, true])
  })
})
