import superjson from 'superjson'
import { describe, expect, it } from 'vitest'
import { wire } from './wire'

const read = (value: unknown): unknown =>
  superjson.deserialize(JSON.parse(JSON.stringify(wire.output.serialize(value))) as { json: never })

describe('an answer of ours', () => {
  it.each([
    ['rows', { rows: [{ uid: 'a', cells: { 'Port(s)': '80/TCP', none: '<none>' } }], next: null, ok: true }],
    ['what is not there', { message: undefined, kept: [{ detail: undefined, count: 1.5 }] }],
    ['nothing', undefined],
    ['null', null],
    ['text', 'a\u2028b'],
  ])('is read by superjson as it was meant: %s', (_name, value) => {
    expect(read(value)).toEqual(value)
  })

  it('names twice what stands in it twice', () => {
    const release = { number: 12 }
    expect(read({ verified: release, current: { release } })).toEqual({
      verified: release,
      current: { release },
    })
  })
})
