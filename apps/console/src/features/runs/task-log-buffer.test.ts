import { expect, test } from 'vitest'
import { emptyLog, mostLines, withLines } from './task-log-buffer'

const lines = (count: number) => Array.from({ length: count }, (_, n) => ({ at: null, text: `line ${n}` }))

test('lines keep their identity while others come', () => {
  const first = withLines(emptyLog, lines(2))
  const second = withLines(first, lines(1))
  expect(second.lines.map(({ id }) => id)).toEqual([1, 2, 3])
  expect(second.lines[0]).toBe(first.lines[0])
})

test('nothing new draws nothing new', () => {
  const log = withLines(emptyLog, lines(2))
  expect(withLines(log, [])).toBe(log)
})

test('beyond the limit the oldest go, and their number is told', () => {
  const log = withLines(withLines(emptyLog, lines(mostLines)), lines(10))
  expect(log.lines).toHaveLength(mostLines)
  expect(log.dropped).toBe(10)
  expect(log.lines[0]?.id).toBe(11)
})
