import { describe, expect, test } from 'vitest'
import { resolveParameters } from './parameters'
import { compiledFrom, scopeOf, workflowText } from './testing/workflow-text'

const workflow = compiledFrom(
  workflowText(
    ['{ id: a, run: {} }'],
    [
      'parameters:',
      '  day: { type: string, format: date, default: "${{ string(run.nominalTime).substring(0, 10) }}" }',
      '  shops: { type: array, items: { type: string }, default: [] }',
      '  limit: { type: integer, minimum: 1 }',
    ],
  ),
)
const { run } = scopeOf()
const resolve = (given: Record<string, unknown>) => resolveParameters(workflow, given, { run })

describe('Parameters of a run', () => {
  test('are those given, else defaults, which may be expressions over the run', () => {
    expect(resolve({ limit: 3 })).toEqual({ ok: true, value: { day: '2026-03-29', shops: [], limit: 3 } })
    expect(resolve({ limit: 3, day: '2026-01-01', shops: ['a'] })).toMatchObject({
      ok: true,
      value: { day: '2026-01-01', shops: ['a'] },
    })
  })
  test.each<[string, Record<string, unknown>, string, RegExp]>([
    ['missing', {}, 'limit', /missing and has no default/],
    ['unknown', { limit: 1, lmit: 1 }, 'lmit', /no parameter of "nightly"/],
    ['of the wrong type', { limit: '3' }, 'limit', /must be integer/],
    ['out of range', { limit: 0 }, 'limit', /must be >= 1/],
    ['off its format', { limit: 1, day: 'today' }, 'day', /must match format "date"/],
    ['wrong inside', { limit: 1, shops: [1] }, 'shops', /"shops\.0" must be string/],
    ['named as what every object has', { limit: 1, toString: 'x' }, 'toString', /no parameter/],
  ])('one that is %s is named with its reason', (_name, given, parameter, reason) => {
    expect(resolve(given)).toMatchObject({
      ok: false,
      problems: [{ parameter, reason: expect.stringMatching(reason) as string }],
    })
  })
  test('all problems are told', () => {
    expect(resolve({ x: 1, day: 1 })).toMatchObject({ ok: false, problems: [{}, {}, {}] })
  })
  test('what is given is never evaluated', () => {
    const free = compiledFrom(
      workflowText(['{ id: a, run: {} }'], ['parameters: { text: { type: string } }']),
    )
    expect(resolveParameters(free, { text: '${{ run.id }}' }, { run })).toEqual({
      ok: true,
      value: { text: '${{ run.id }}' },
    })
  })
  test('too large ones are refused', () => {
    expect(resolve({ limit: 1, shops: ['x'.repeat(300_000)] })).toMatchObject({
      ok: false,
      problems: [{ parameter: null }],
    })
  })
})
