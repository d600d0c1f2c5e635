import { wire as server } from '@fairlead/api/wire'
import superjson from 'superjson'
import { describe, expect, test } from 'vitest'
import { wire } from './wire'

const overTheWire = (value: unknown): string => JSON.stringify(value)

describe('the browser reads what the server writes, and the other way round', () => {
  test.each([
    [{ rows: [{ uid: 'a', cells: { 'Port(s)': '80/TCP' } }], next: null, ok: true, count: 1.5 }],
    [{ message: undefined, list: [{ 'fleet.dev/a': undefined, kept: 1 }], labels: { 'a\\b': 'x' } }],
    [undefined],
    ['text'],
    [null],
  ])('%j', (value) => {
    const answer = overTheWire(server.output.serialize(value))
    expect(wire.deserialize(JSON.parse(answer) as { json: unknown })).toEqual(value)
    const asked = overTheWire(wire.serialize(value))
    expect(superjson.deserialize(JSON.parse(asked) as { json: never })).toEqual(value)
  })
})
