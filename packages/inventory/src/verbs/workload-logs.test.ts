import { describe, expect, it } from 'vitest'
import { mergeLines } from './workload-logs'

const line = (pod: string, at: string | null, text: string) => ({ pod, container: 'main', at, text })

describe('merged logs', () => {
  it('are in the order of time over all pods', () => {
    const merged = mergeLines([
      line('a', '2026-01-01T00:00:01Z', '1'),
      line('a', '2026-01-01T00:00:03Z', '3'),
      line('b', '2026-01-01T00:00:02Z', '2'),
      line('b', '2026-01-01T00:00:04Z', '4'),
    ])
    expect(merged.map(({ text }) => text).join('')).toBe('1234')
  })

  it('keep a line without a time behind the one before it', () => {
    const merged = mergeLines([
      line('a', '2026-01-01T00:00:01Z', 'a1'),
      line('a', null, 'a2'),
      line('b', '2026-01-01T00:00:00Z', 'b1'),
    ])
    expect(merged.map(({ text }) => text)).toEqual(['b1', 'a1', 'a2'])
  })
})
