import { expect, test } from 'vitest'
import { fieldsOf } from './parameter-fields'
import { readFields, refusedField } from './parameter-values'

const fields = fieldsOf({
  day: { type: 'string', format: 'date', 'x-default': '${{ run.nominalTime }}' },
  size: { type: 'integer', minimum: 1, maximum: 9, default: 3 },
  mode: { enum: ['fast', 'safe', 2], default: 'safe' },
  dry: { type: 'boolean', default: true },
  regions: { type: 'array', items: { type: 'string' }, default: ['eu', 'us'] },
  counts: { type: 'array', items: { type: 'integer' } },
  extra: { type: 'object' },
  note: { type: ['string', 'null'], title: 'A note' },
})
const field = (name: string) => fields.find((each) => each.name === name)

test('each schema gets the control that fits it', () => {
  expect(fields.map(({ name, kind }) => [name, kind])).toEqual([
    ['day', 'date'],
    ['size', 'number'],
    ['mode', 'choice'],
    ['dry', 'boolean'],
    ['regions', 'list'],
    ['counts', 'list'],
    ['extra', 'json'],
    ['note', 'text'],
  ])
  expect(field('note')?.title).toBe('A note')
})

test('what has a default is not needed, also where the default is worked out later', () => {
  expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual([
    'counts',
    'extra',
    'note',
  ])
  expect(field('day')?.hint).toContain('Left empty: ${{ run.nominalTime }}')
})

test('fields left as they were send nothing; changed ones send typed values', () => {
  const { value, errors } = readFields(fields, {
    size: '5',
    mode: '2',
    dry: 'false',
    regions: 'asia\n\n eu ',
    counts: '1\n2',
    extra: '{"a": 1}',
    note: 'x',
  })
  expect(errors).toEqual({})
  expect(value).toEqual({
    size: 5,
    mode: 2,
    dry: false,
    regions: ['asia', 'eu'],
    counts: [1, 2],
    extra: { a: 1 },
    note: 'x',
  })
})

test('what can not be read is told beside its field', () => {
  const { errors } = readFields(fields, { size: '10', counts: 'a', extra: '{', note: '' })
  expect(errors['size']).toBe('At most 9.')
  expect(errors['counts']).toContain('not a number')
  expect(errors['extra']).toContain('not JSON')
  expect(errors['note']).toContain('needed')
})

test('a refusal of the server finds its field', () => {
  expect(refusedField('parameters.size', fields)).toBe('size')
  expect(refusedField('parameters', fields)).toBeNull()
  expect(refusedField(undefined, fields)).toBeNull()
})
