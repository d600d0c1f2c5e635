import type { DagRunRow } from '@fairlead/contracts/airflow'
import { describe, expect, it } from 'vitest'
import type { InstanceOfRun } from './client/many-runs'
import { gridColumns, taskOrder } from './grid'

const node = (task: string, ...downstream: string[]) => ({ task, downstream })
const instance = (run: string, task: string, state: string | null, mapIndex = -1) =>
  ({ run, task, state, mapIndex }) as InstanceOfRun
const run = (id: string) => ({ run: id, state: 'success' }) as DagRunRow

describe('the order of tasks', () => {
  it.each([
    ['none', [], []],
    [
      'a chain, whatever the order of the answer',
      [node('c'), node('a', 'b'), node('b', 'c')],
      ['a', 'b', 'c'],
    ],
    [
      'a diamond, by name between',
      [node('end'), node('right', 'end'), node('begin', 'right', 'left'), node('left', 'end')],
      ['begin', 'left', 'right', 'end'],
    ],
    [
      'what waits for itself is shown all the same',
      [node('a', 'b'), node('b', 'a'), node('c')],
      ['c', 'a', 'b'],
    ],
  ])('%s', (_, nodes, expected) => {
    expect(taskOrder(nodes, [])).toEqual(expected)
  })

  it('ends with tasks that only older runs had', () => {
    expect(taskOrder([node('z'), node('a')], [{ task: 'gone' }, { task: 'a' }, { task: 'gone' }])).toEqual([
      'a',
      'z',
      'gone',
    ])
  })
})

describe('a cell', () => {
  it('says of several indexes the gravest state, and how many they are', () => {
    const columns = gridColumns(
      [run('one'), run('two'), run('three')],
      [
        instance('one', 'load', 'success', 0),
        instance('one', 'load', 'failed', 1),
        instance('one', 'load', 'running', 2),
        instance('two', 'load', 'success', 0),
        instance('two', 'load', null, 1),
        instance('two', 'check', 'success'),
        instance('elsewhere', 'load', 'failed'),
      ],
    )
    expect(columns.map(({ cells }) => cells)).toEqual([
      { load: { state: 'failed', indexes: 3 } },
      { load: { state: null, indexes: 2 }, check: { state: 'success', indexes: 1 } },
      {},
    ])
  })
})
