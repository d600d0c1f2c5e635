import { describe, expect, test } from 'vitest'
import { appendLines, noLines, sinceOf } from './log-buffer'

const line = (second: number, text: string, pod = 'web-1') => ({
  pod,
  container: 'web',
  at: `2026-01-01T00:00:${String(second).padStart(2, '0')}.000Z`,
  text,
})
const texts = (buffer: typeof noLines) => buffer.lines.map(({ text }) => text)

describe('polled logs become one stream', () => {
  test('an overlap between two polls appears once', () => {
    const first = appendLines(noLines, [line(1, 'a'), line(2, 'b')])
    const second = appendLines(first, [line(2, 'b'), line(3, 'c')])
    expect(texts(second)).toEqual(['a', 'b', 'c'])
    expect(appendLines(second, [line(3, 'c')])).toBe(second)
  })

  test('lines that are truly there twice stay twice', () => {
    const first = appendLines(noLines, [line(1, 'tick'), line(1, 'tick')])
    expect(texts(first)).toEqual(['tick', 'tick'])
    expect(texts(appendLines(first, [line(1, 'tick'), line(1, 'tick'), line(1, 'tick')]))).toHaveLength(3)
  })

  test('pods are merged by time, and a late line takes its place', () => {
    const first = appendLines(noLines, [line(1, 'a'), line(5, 'e')])
    const second = appendLines(first, [line(3, 'c', 'web-2'), line(6, 'f', 'web-2')])
    expect(texts(second)).toEqual(['a', 'c', 'e', 'f'])
    expect(sinceOf(second)).toBe(line(6, '').at)
    expect(new Set(second.lines.map(({ id }) => id)).size).toBe(4)
  })
})
