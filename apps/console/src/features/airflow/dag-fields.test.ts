import type { DagParam } from '@fairlead/contracts/airflow'
import { expect, test } from 'vitest'
import { dagFields, readDagFields } from './dag-fields'

const param = (name: string, value: DagParam['value'], schema: DagParam['schema'], description = '') => ({
  name,
  value,
  schema,
  description: description === '' ? null : description,
})
const fields = dagFields([
  param('region', null, { type: 'string', enum: ['eu', 'us'] }, 'where they come from'),
  param('limit', 10, { type: 'integer', minimum: 1, maximum: 99 }),
  param('since', null, { type: ['null', 'string'], format: 'date' }),
  param('title', 'Orders', { type: ['null', 'string'] }),
  param('plain', 5, {}),
  param('word', 'x', {}),
  param('flag', true, {}),
  param('extra', { a: 1 }, { type: 'object' }),
])
const field = (name: string) => fields.find((each) => each.name === name)

test('a parameter of Airflow gets the control that fits it, by its value where no type is given', () => {
  expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'region choice',
    'limit number',
    'since date',
    'title text',
    'plain number',
    'word text',
    'flag boolean',
    'extra json',
  ])
  expect(field('region')?.hint).toBe('where they come from')
  expect(field('limit')).toMatchObject({ initial: '10', hint: 'From 1 to 99.' })
})

test('only what has no value and may not be null is needed', () => {
  expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['region'])
  expect(readDagFields(fields, {}).errors).toEqual({ region: 'This is needed: it has no default.' })
})

test('what was left alone is not sent; what was changed is, in its type', () => {
  const { value, errors } = readDagFields(fields, { region: '"us"', plain: '7', flag: 'false', limit: '10' })
  expect(errors).toEqual({})
  expect(value).toEqual({ region: 'us', plain: 7, flag: false })
})

test('emptied on purpose means null where that is allowed, and the value it has elsewhere', () => {
  expect(readDagFields(fields, { region: '"eu"', title: '', word: '' }).value).toEqual({
    region: 'eu',
    title: null,
  })
})

test('what is beyond a bound is told beside its field', () => {
  expect(readDagFields(fields, { region: '"eu"', limit: '100', extra: '{' }).errors).toMatchObject({
    limit: 'At most 99.',
    extra: expect.stringContaining('not JSON'),
  })
})
