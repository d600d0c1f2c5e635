import type { GraphTask, RunTask } from '@fairlead/contracts/workflow'
import { describe, expect, test } from 'vitest'
import { criticalLinks, depthsOf, ganttRows } from './gantt-rows'

const node = (id: string, needs: string[] = []): GraphTask => ({
  id,
  kind: 'run',
  needs,
  trigger: 'all_success',
  forEach: false,
  cluster: null,
  pool: null,
  summary: '',
})
const task = (id: string, index = -1, size: number | null = null): RunTask => ({
  id,
  index,
  state: 'waiting',
  reason: '',
  attempts: 0,
  cluster: null,
  readyAt: null,
  startedAt: null,
  finishedAt: null,
  nextAt: null,
  indexes: size === null ? null : { size, succeeded: 0, failed: 0 },
})
const graph = [node('publish', ['settle', 'list']), node('settle', ['list']), node('list'), node('alert')]
const tasks = graph.map(({ id }) => task(id, -1, id === 'settle' ? 500 : null))

describe('the rows of a Gantt chart', () => {
  test('the longest way from a root says how far down a task stands', () => {
    expect(Object.fromEntries(depthsOf(graph))).toEqual({ list: 0, alert: 0, settle: 1, publish: 2 })
  })

  test('upstream stands before downstream, siblings as the definition has them', () => {
    expect(ganttRows({ graph, tasks, opened: new Map() }).map(({ key }) => key)).toEqual([
      'list',
      'alert',
      'settle',
      'publish',
    ])
  })

  test('a fan-out is one row until it is opened, and says how many are not loaded', () => {
    const opened = new Map([['settle', [task('settle', 0), task('settle', 1)]]])
    const rows = ganttRows({ graph, tasks, opened })
    expect(rows.map(({ key }) => key)).toEqual([
      'list',
      'alert',
      'settle',
      'settle[0]',
      'settle[1]',
      'settle+',
      'publish',
    ])
    expect(rows[5]).toMatchObject({ kind: 'more', left: 498 })
  })

  test('the critical path links rows, also across opened indexes', () => {
    const opened = new Map([['settle', [task('settle', 0)]]])
    const rows = ganttRows({ graph, tasks, opened })
    expect(criticalLinks(rows, ['list', 'settle', 'publish'])).toEqual([
      [0, 2],
      [2, 5],
    ])
    expect(criticalLinks(rows, ['list', 'gone'])).toEqual([])
  })
})
