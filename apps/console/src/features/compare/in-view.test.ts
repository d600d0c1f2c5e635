import type { ComparedObject, Outcome } from '@fairlead/contracts/comparison'
import { describe, expect, it } from 'vitest'
import { groupsInView } from './in-view'

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
