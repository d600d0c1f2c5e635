import type { ComparedObject, ComparedSide, Outcome } from '@fairlead/contracts/compare'
import { describe, expect, it } from 'vitest'
import { groupsInView, hasDifferences, summaryText } from './in-view'

const object = (kind: string, name: string, outcome: Outcome, path?: string): ComparedObject => ({
  kind,
  name,
  outcome,
  differences: path === undefined ? [] : [{ path, left: '1', right: '2' }],
  more: 0,
})
const objects = [
  object('ConfigMap', 'same', 'equal'),
  object('ConfigMap', 'old', 'left'),
  object('Deployment', 'web', 'different', 'spec.replicas'),
  object('Service', 'web', 'right'),
]
const everything = { kind: null, text: '', onlyDifferences: false }
const shown = (filter: object): (readonly [string, string[]])[] =>
  groupsInView(objects, { ...everything, ...filter }).map((group) => [
    group.outcome,
    group.objects.map(({ kind, name }) => `${kind}/${name}`),
  ])

const side = (name: string): ComparedSide => ({
  cluster: {
    id: name,
    name,
    environment: 'staging',
    colour: 0,
    freshness: { state: 'live', lastSeenAt: null, message: null },
  },
  namespace: 'shop',
})
const view = (counts: Partial<Record<Outcome, number>>) => ({
  left: side('staging'),
  right: side('production'),
  counts: { different: 0, left: 0, right: 0, equal: 0, ...counts },
})

describe('what is shown of a comparison', () => {
  it('begins with what differs, and leaves out what there is none of', () => {
    expect(shown({})).toEqual([
      ['different', ['Deployment/web']],
      ['left', ['ConfigMap/old']],
      ['right', ['Service/web']],
      ['equal', ['ConfigMap/same']],
    ])
  })

  it('is what differs alone, one kind, or what holds the words in name or path', () => {
    expect(shown({ onlyDifferences: true }).map(([outcome]) => outcome)).toEqual([
      'different',
      'left',
      'right',
    ])
    expect(shown({ kind: 'ConfigMap' }).flatMap(([, names]) => names)).toEqual([
      'ConfigMap/old',
      'ConfigMap/same',
    ])
    expect(shown({ text: ' REPLICAS ' })).toEqual([['different', ['Deployment/web']]])
  })
})

describe('a comparison in one line', () => {
  it('names the side that alone has something', () => {
    expect(summaryText(view({ different: 3, left: 1, equal: 12 }))).toBe(
      '3 differ, 1 only in staging/shop, 12 equal',
    )
    expect(summaryText(view({ different: 1, right: 2 }))).toBe('1 differs, 2 only in production/shop')
  })

  it('has a difference unless all is equal', () => {
    expect(
      [view({ equal: 4 }), view({ left: 1 }), view({ right: 1 }), view({ different: 1 })].map(hasDifferences),
    ).toEqual([false, true, true, true])
  })
})
