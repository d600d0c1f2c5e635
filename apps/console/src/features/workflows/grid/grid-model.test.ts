import type { GridView } from '@fairlead/contracts/workflow'
import { expect, test } from 'vitest'
import { gridRows, longestMs, moved } from './grid-model'

const run = (number: number, states: GridView['runs'][number]['states'], durationMs: number | null = 10) => ({
  id: `r${number}`,
  number,
  state: 'succeeded' as const,
  nominalTime: '2026-11-23T00:00:00Z',
  durationMs,
  trigger: 'schedule' as const,
  states,
})
const grid: GridView = {
  tasks: ['load', 'check', 'send'],
  runs: [
    run(1, { load: 'succeeded', check: 'failed', send: 'upstream_failed' }),
    run(2, { load: 'succeeded' }, 40),
  ],
}

test('keys stay inside the grid; the line of runs is above the first task', () => {
  const size = { rows: 3, columns: 2 }
  expect(moved({ row: 0, column: 0 }, 'ArrowUp', size)).toEqual({ row: -1, column: 0 })
  expect(moved({ row: -1, column: 0 }, 'ArrowUp', size)).toEqual({ row: -1, column: 0 })
  expect(moved({ row: 2, column: 1 }, 'ArrowDown', size)).toEqual({ row: 2, column: 1 })
  expect(moved({ row: 1, column: 0 }, 'End', size)).toEqual({ row: 1, column: 1 })
  expect(moved({ row: 1, column: 0 }, 'x', size)).toBeNull()
})

test('rows keep the order of the workflow, and may be narrowed to what failed', () => {
  expect(gridRows(grid, { text: '', failing: false })).toEqual(['load', 'check', 'send'])
  expect(gridRows(grid, { text: '', failing: true })).toEqual(['check', 'send'])
  expect(gridRows(grid, { text: 'SE', failing: true })).toEqual(['send'])
})

test('bars are drawn against the longest run', () => {
  expect(longestMs(grid.runs)).toBe(40)
  expect(longestMs([])).toBe(1)
})
