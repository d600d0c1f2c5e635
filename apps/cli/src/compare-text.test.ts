import type { ComparedObject, ComparisonView } from '@fairlead/contracts/comparison'
import { comparedSide } from '@fairlead/contracts/testing/compared-side'
import { describe, expect, it } from 'vitest'
import { compareText } from './compare-text'

const view = (objects: readonly ComparedObject[]): ComparisonView => {
  const count = (wanted: string): number => objects.filter(({ outcome }) => outcome === wanted).length
  return {
    left: comparedSide('staging'),
    right: comparedSide('production'),
    application: null,
    read: 'live',
    objects,
    counts: {
      different: count('different'),
      left: count('left'),
      right: count('right'),
      equal: count('equal'),
    },
    leftOut: [],
    at: '2026-11-23T10:00:00Z',
  }
}
const object = (name: string, change: Partial<ComparedObject>): ComparedObject => ({
  kind: 'Deployment',
  name,
  outcome: 'equal',
  differences: [],
  more: 0,
  ...change,
})
const different = object('web', {
  outcome: 'different',
  differences: [
    { path: 'spec.replicas', left: '2', right: '5' },
    { path: 'metadata.annotations.note', left: null, right: 'one\ntwo\nthree' },
  ],
  more: 3,
})

describe('a comparison in the terminal', () => {
  it('names each field of what differs, and what one side alone has', () => {
    expect(
      compareText(view([different, object('old', { outcome: 'left' }), object('same', {})])).split('\n'),
    ).toEqual([
      'OBJECT           FIELD                       STAGING/SHOP   PRODUCTION/SHOP',
      'Deployment/web   spec.replicas               2              5',
      'Deployment/web   metadata.annotations.note   (not set)      one … 2 more lines',
      'Deployment/web   … 3 more',
      'Deployment/old   (only left)',
    ])
  })

  it('says in words that nothing differs', () => {
    expect(compareText(view([object('same', {})]))).toBe('No difference that matters.')
  })
})
