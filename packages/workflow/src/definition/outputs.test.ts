import { describe, expect, test } from 'vitest'
import { maxOutputBytes } from '@fairlead/contracts/workflow-document'
import { parseOutputs } from './outputs'
import { compiledFrom, workflowText } from './testing/workflow-text'

const tasks = compiledFrom(
  workflowText([
    '{ id: free, run: {} }',
    '{ id: strict, run: {}, outputs: { shops: { type: array, items: { type: string, pattern: "^[a-z]+$" } }, n: { type: integer } } }',
  ]),
).tasks
const read = (id: string, raw: string | null) => {
  const task = tasks.get(id)
  if (task === undefined) throw new Error(id)
  return parseOutputs(task, raw)
}

describe('What a container wrote', () => {
  test('is one JSON object', () => {
    expect(read('free', ' {"a": [1, {"b": null}]}\n')).toEqual({ ok: true, value: { a: [1, { b: null }] } })
  })
  test('may be nothing where nothing is declared', () => {
    expect(read('free', null)).toEqual({ ok: true, value: {} })
    expect(read('free', '\n')).toEqual({ ok: true, value: {} })
  })
  test('may hold more than is declared', () => {
    expect(read('strict', '{"shops":["a"],"n":1,"x":true}')).toMatchObject({ ok: true, value: { x: true } })
  })
})

describe('What can’t be used fails with its reason', () => {
  const cut = JSON.stringify({ a: 'x'.repeat(5_000) }).slice(0, maxOutputBytes)
  test.each<[string, string, string | null, RegExp]>([
    ['a text', 'free', 'done', /"done" is not JSON/],
    ['a list', 'free', '[1]', /one JSON object, found \[1\]/],
    ['a number', 'free', '1', /one JSON object/],
    ['null', 'free', 'null', /one JSON object/],
    ['two objects', 'free', '{}{}', /not JSON/],
    ['what Kubernetes cut', 'free', cut, /larger than 4096 bytes and were cut/],
    [
      'more than there may be',
      'free',
      JSON.stringify({ a: 'x'.repeat(5_000) }),
      /they are 5008 bytes; at most 4096/,
    ],
    ['nothing where something is declared', 'strict', null, /"shops" is declared, but was not written/],
    ['half of what is declared', 'strict', '{"shops":[]}', /"n" is declared/],
    ['what is off its schema', 'strict', '{"shops":["a","B"],"n":1}', /"shops\.1" must match pattern/],
    ['the wrong type', 'strict', '{"shops":[],"n":"1"}', /"n" must be integer/],
  ])('%s', (_name, id, raw, reason) => {
    const result = read(id, raw)
    expect(result).toMatchObject({ ok: false, cause: 'invalid' })
    expect(result.ok ? '' : result.reason).toMatch(reason)
  })
  test('exactly as many bytes as there may be, and whole, are fine', () => {
    const raw = JSON.stringify({ a: 'x'.repeat(maxOutputBytes - 8) })
    expect(Buffer.byteLength(raw)).toBe(maxOutputBytes)
    expect(read('free', raw)).toMatchObject({ ok: true })
  })
  test('bytes are counted, not characters', () => {
    expect(read('free', JSON.stringify({ a: '€'.repeat(2_000) }))).toMatchObject({ ok: false })
  })
})
