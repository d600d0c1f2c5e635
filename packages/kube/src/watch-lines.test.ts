import { describe, expect, it } from 'vitest'
import { createBackoff } from './backoff'
import { linesOf } from './watch-lines'

describe('the parts of a watch', () => {
  it('split lines wherever the chunks end', async () => {
    const text = Buffer.from('{"a":"é"}\n{"b":"€"}\n{"c":1}')
    for (let size = 1; size < text.length; size += 1) {
      const chunks = async function* () {
        for (let at = 0; at < text.length; at += size) yield text.subarray(at, at + size)
      }
      const lines: string[] = []
      for await (const batch of linesOf(chunks())) lines.push(...batch)
      expect(lines).toEqual(['{"a":"é"}', '{"b":"€"}', '{"c":1}'])
    }
  })
  it('refuse a line without an end', async () => {
    const endless = async function* () {
      for (let part = 0; part < 10; part += 1) yield Buffer.alloc(1024 * 1024, 'x')
    }
    const read = async () => {
      for await (const _ of linesOf(endless()));
    }
    await expect(read()).rejects.toMatchObject({ code: 'too_large' })
  })
  it('back off from 0.8 s to 30 s, on top of Retry-After', () => {
    const backoff = createBackoff(() => 1)
    expect(Array.from({ length: 8 }, () => backoff.next(null))).toEqual([
      800, 1600, 3200, 6400, 12800, 25600, 30000, 30000,
    ])
    backoff.reset()
    expect(backoff.next(5_000)).toBe(5_800)
  })
})
