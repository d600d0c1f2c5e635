import { describe, expect, test } from 'vitest'
import { evaluate, evaluateTemplate, evaluateText, maxTextLength } from './expression'
import { parseTemplate } from './template'
import { scopeOf } from './testing/workflow-text'

const scope = scopeOf({
  parameters: {
    day: '2026-03-29',
    limit: 10,
    ratio: 0.5,
    'some-day': 'x',
    many: Array.from({ length: 10_001 }, () => 1),
  },
  tasks: {
    'list-shops': { state: 'succeeded', outputs: { shops: ['kyiv', 'lviv'], 'odd-name': 1 } },
    settle: { state: 'succeeded', outputs: [{ amount: 5 }, { amount: 1_000_001 }, { amount: 1_000_000.5 }] },
  },
  item: { shop: 'kyiv', constructor: 'data' },
  index: 3,
})

describe('An expression reads', () => {
  test.each<[string, unknown]>([
    ["tasks['list-shops'].outputs.shops", ['kyiv', 'lviv']],
    ["tasks['list-shops'].outputs['odd-name']", 1],
    ['size(tasks.settle.outputs.filter(o, o.amount > 1000000)) > 0', true],
    ['tasks.settle.outputs.map(o, o.amount * 2)', [10, 2_000_002, 2_000_001]],
    ['tasks.settle.outputs.filter(o, o.amount >= 1000000.5).size()', 2],
    ['string(run.nominalTime).substring(0, 10)', '2026-03-29'],
    ['timestamp(run.nominalTime) + duration("36h")', '2026-03-30T14:30:00Z'],
    ['string(timestamp(run.nominalTime) - duration("24h")).substring(0, 10)', '2026-03-28'],
    ['duration("90s")', '90s'],
    ['item.shop + "-" + string(index)', 'kyiv-3'],
    ['item.constructor', 'data'],
    ['index + 1', 4],
    ['parameters.limit + 0.5', 10.5],
    ['parameters.ratio * parameters.limit', 5],
    ['parameters.limit / 4', 2],
    ["parameters['some-day']", 'x'],
    ['has(item.nope) ? 1 : 2', 2],
    ['"b" in {"a": 1}', false],
    ['[1, "two", null, {"x": 3.5}]', [1, 'two', null, { x: 3.5 }]],
    ["parameters.day.matches('^2026-[0-9]{2}')", true],
    ['run.number == 7', true],
  ])('%s', (source, value) => {
    expect(evaluate(source, scope)).toEqual({ ok: true, value })
  })
})

describe('An expression that can’t be evaluated says why', () => {
  test.each<[string, RegExp]>([
    ['tasks.nobody.state', /No such key: nobody/],
    ['item.__proto__', /No such key/],
    ['item.shop + 1', /no such overload/],
    ['1 / 0', /division by zero/],
    ['1.0 / 0.0', /Infinity/],
    ['9007199254740993', /too large for a JSON number/],
    ['b"x"', /neither text/],
    ['"a".matches("(")', /missing closing/],
    ['parameters.many', /10001 items; at most 10000/],
    ['process.env', /Unknown variable: process/],
    ['event.body', /Unknown variable: event/],
    ['(', /Unexpected/],
  ])('%s', (source, reason) => {
    const result = evaluate(source, scope)
    expect(result.ok ? '' : result.reason).toMatch(reason)
  })
})

describe('A text with expressions', () => {
  test.each<[string, unknown]>([
    ['plain', 'plain'],
    ['${{ index }}', 3],
    ['${{ item }}', { shop: 'kyiv', constructor: 'data' }],
    ['${{ index }} ', '3 '],
    ['s3://${{ parameters.day }}/${{ index }}.csv', 's3://2026-03-29/3.csv'],
    ['${{ "}}" + "${{" }}', '}}${{'],
    ["${{ {'a': {'b': 1}} }}", { a: { b: 1 } }],
    ['x=${{ [1, true, null] }}', 'x=[1,true,null]'],
    ['$ { ${ {{ }}', '$ { ${ {{ }}'],
    ['', ''],
  ])('%s', (text, value) => {
    expect(evaluateTemplate(text, scope)).toEqual({ ok: true, value })
  })
  test('as a text is always a text', () => {
    expect(evaluateText('${{ index }}', scope)).toEqual({ ok: true, value: '3' })
    expect(evaluateText('${{ null }}', scope)).toEqual({ ok: true, value: 'null' })
  })
  test('never becomes too long', () => {
    const long = { ...scope, parameters: { text: 'x'.repeat(maxTextLength) } }
    expect(evaluateText('${{ parameters.text }}', long)).toMatchObject({ ok: true })
    expect(evaluateText('a${{ parameters.text }}', long)).toMatchObject({ ok: false })
    expect(evaluateText('${{ parameters.text + "a" }}', long)).toMatchObject({ ok: false })
  })
  test.each([
    ['a ${{ run.id', 2],
    ['${{ }}', 0],
    ["${{ 'a }}", 0],
    ['${{ {1: 2 }}', 0],
  ])('"%s" isn’t whole', (text, offset) => {
    expect(parseTemplate(text)).toMatchObject({ ok: false, offset })
  })
})
