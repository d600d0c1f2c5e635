import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { maxWorkflowBytes } from '@fairlead/contracts/workflow-document'
import { parseWorkflow } from './parse-workflow'
import { workflowText } from './testing/workflow-text'

const told = (text: string) => {
  const parsed = parseWorkflow(text)
  expect(parsed.ok).toBe(false)
  return parsed.ok ? [] : parsed.problems
}

describe('A document that no person wrote gets one clear answer', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (let level = 1; level < 9; level += 1)
    bomb.push(
      `${'abcdefghi'[level]}: &${'abcdefghi'[level]} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[level - 1]}`).join(', ')}]`,
    )

  test.each<[string, string, RegExp]>([
    ['10 MB', `${workflowText(['{ id: a, run: {} }'])}# ${'x'.repeat(10 * 1024 * 1024)}`, /too large/],
    ['a billion laughs', bomb.join('\n'), /aliases are not allowed/],
    ['an alias of itself', 'a: &a [*a]', /aliases are not allowed/],
    ['a megabyte of brackets', '['.repeat(900_000), /too deeply/],
    ['a line of list marks', '- '.repeat(300_000), /too deeply/],
    [
      'a control character',
      workflowText(['{ id: a, run: {} }']).replace('shop', 'sh\u0000op'),
      /control character/,
    ],
    ['a key given twice', 'a: 1\nb: 2\na: 3\n', /"a" is given twice/],
    ['__proto__', '__proto__: { x: 1 }', /can’t be a key/],
    ['a key that is a map', '? { a: 1 }\n: 2\n', /not a plain text/],
    ['a number that can’t be kept', 'a: 12345678901234567890', /exactly/],
    ['two documents', 'a: 1\n---\nb: 2\n', /Not valid YAML/],
    ['a tab as indentation', 'a:\n\tb: 1\n', /Not valid YAML/],
    ['nothing', '', /missing|wrong type/],
    ['a text', 'hello', /wrong type/],
  ])('%s', (_name, text, message) => {
    expect(told(text)[0]?.message).toMatch(message)
  })

  test('the line of a key given twice is that of the second', () => {
    expect(told('a: 1\nb: 2\na: 3\n')).toMatchObject([{ line: 3, column: 1 }])
  })

  test('the limit is in bytes, not characters', () => {
    expect(told(`# ${'€'.repeat(maxWorkflowBytes / 3)}`)[0]).toMatchObject({
      message: 'The document is too large',
    })
  })
})

const anything = fc.anything({ withNullPrototype: false, maxDepth: 4 })
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/)
const task = fc.record(
  {
    run: fc.record({
      command: fc.array(fc.string({ maxLength: 20 }).filter((text) => !text.includes('${{'))),
    }),
    trigger: fc.constantFrom('all_success', 'none_failed', 'always'),
    priority: fc.integer({ min: -1000, max: 1000 }),
    timeout: fc.constantFrom('10m', '1h30m', { start: '2m', finish: '1h' }),
    retries: fc.record({ max: fc.integer({ min: 0, max: 1000 }) }),
    outputs: fc.constantFrom({}, { shops: { type: 'array' } }),
  },
  { requiredKeys: ['run'] },
)
const document = fc
  .uniqueArray(name, { minLength: 1, maxLength: 12 })
  .chain((ids) =>
    fc.tuple(
      fc.constant(ids),
      fc.tuple(...ids.map(() => task)),
      fc.tuple(...ids.map((_, index) => fc.subarray(ids.slice(0, index)))),
    ),
  )
  .map(([ids, tasks, needs]) => ({
    apiVersion: 'fairlead.dev/v1',
    kind: 'Workflow',
    metadata: { name: 'nightly', project: 'shop' },
    spec: {
      defaults: { cluster: 'production', namespace: 'batch', image: 'settle:2' },
      tasks: ids.map((id, index) => ({ id, needs: needs[index], ...tasks[index] })),
    },
  }))

const written = (value: unknown): string => stringify(value, { aliasDuplicateObjects: false })

describe('Whatever the text', () => {
  test('reading never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          anything.map((value) => stringify(value) ?? ''),
        ),
        (text) => {
          parseWorkflow(text)
        },
      ),
    )
  })
  test('a document with anything in one place never throws', () => {
    const base = workflowText(['{ id: a, run: {} }', 'PLACE'])
    const value = anything.map((part) => JSON.stringify(part) ?? 'null')
    fc.assert(
      fc.property(
        value,
        fc.constantFrom('needs', 'run', 'when', 'forEach', 'retries', 'wait', 'outputs'),
        (part, key) => {
          parseWorkflow(base.replace('PLACE', () => `{ "id": b, "${key}": ${part} }`))
        },
      ),
    )
  })
  test('what was read, written down again and read again is the same', () => {
    fc.assert(
      fc.property(document, (given) => {
        const first = parseWorkflow(written(given))
        expect(first).toMatchObject({ ok: true })
        expect(first.ok && parseWorkflow(written(first.document))).toEqual(first)
      }),
      { numRuns: 50 },
    )
  })
})
