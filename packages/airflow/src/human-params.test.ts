import { describe, expect, it } from 'vitest'
import { humanParams } from './human-params'

const param = (name: string, value: null | string | number, schema: Record<string, unknown>) => ({
  name,
  value,
  description: null,
  schema,
})
const asked = [
  param('amount', 5, { type: 'integer', minimum: 1 }),
  param('kind', 'small', { type: 'string', enum: ['small', 'large'] }),
  param('note', null, { type: ['null', 'string'] }),
]

describe('the parameters of an answer', () => {
  it('are all of them, with the values they have where none was given', () => {
    expect(humanParams(asked, { amount: 7 })).toEqual({ amount: 7, kind: 'small', note: null })
    expect(humanParams([], {})).toEqual({})
  })

  it.each([
    ['of another type', { amount: 'much' }, 'amount', /^amount: .*number/],
    ['beyond a bound', { amount: 0 }, 'amount', /^amount: .*1/],
    ['none of those there are', { kind: 'huge' }, 'kind', /^kind: .*small/],
    ['that nobody asked for', { colour: 'red' }, 'colour', /nothing named colour/],
  ])('are refused: %s', (_, given, name, words) => {
    expect(() => humanParams(asked, given)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: expect.stringMatching(words),
        detail: expect.objectContaining({ path: `parameters.${name}` }),
      }),
    )
  })

  it('that have no value must be given', () => {
    expect(() => humanParams([param('why', null, { type: 'string' })], {})).toThrow(/why/)
  })

  it('whose schema can not be read are left to Airflow', () => {
    expect(humanParams([param('odd', 1, { type: 'a kind of its own' })], { odd: {} })).toEqual({ odd: {} })
  })
})
