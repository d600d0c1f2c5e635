import superjson from 'superjson'
import { describe, expect, test } from 'vitest'
import { wire } from './wire'

const overTheWire = (value: unknown): unknown =>
  wire.deserialize(JSON.parse(JSON.stringify(superjson.serialize(value))) as { json: unknown })

describe('the browser reads what superjson writes, and the other way round', () => {
  test.each([
    [{ rows: [{ uid: 'a', cells: { 'Port(s)': '80/TCP' } }], next: null, ok: true, count: 1.5 }],
    [{ message: undefined, list: [{ 'fleet.dev/a': undefined, kept: 1 }], labels: { 'a\\b': 'x' } }],
    [[undefined, 1]],
    [undefined],
    ['text'],
    [null],
  ])('%j', (value) => {
    expect(overTheWire(value)).toEqual(value)
    const sent = JSON.parse(JSON.stringify(wire.serialize(value) ?? null)) as { json: never }
    expect(superjson.deserialize(sent)).toEqual(JSON.parse(JSON.stringify({ value })).value)
  })

  test('an object that is named twice is there twice', () => {
    const release = { number: 12 }
    expect(overTheWire({ verified: release, current: { release } })).toEqual({
      verified: release,
      current: { release },
    })
  })
})
