import { expect, it } from 'vitest'
import { customTables } from './get-custom'

const columns = [
  { name: 'Ready', description: '', wide: false },
  { name: 'Issuer', description: '', wide: true },
]
const held = (cluster: string, cells: readonly string[], headings = columns) => ({
  cluster,
  definition: 'certificates.cert-manager.io',
  columns: headings,
  rows: [{ namespace: 'shop', name: 'web', cells }],
})

it('puts clusters of the same columns into one table, without the wide ones', () => {
  expect(
    customTables([held('one', ['True', 'ca']), held('two', ['False', 'ca'])], false).split('\n'),
  ).toEqual([
    'CLUSTER   NAMESPACE   NAME   READY',
    'one       shop        web    True',
    'two       shop        web    False',
  ])
})

it('shows wide columns when they are asked for', () => {
  expect(customTables([held('one', ['True', 'ca'])], true)).toContain('READY   ISSUER')
})

it('keeps clusters apart that serve other columns', () => {
  const other = [{ name: 'Phase', description: '', wide: false }]
  const text = customTables([held('one', ['True', 'ca']), held('two', ['Issued'], other)], false)
  expect(text.split('\n\n')).toHaveLength(2)
  expect(text).toContain('PHASE')
})

it('has words for none', () => {
  expect(customTables([{ ...held('one', []), rows: [] }], false)).toBe('No resources found.')
})
