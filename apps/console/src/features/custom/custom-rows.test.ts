import { expect, test } from 'vitest'
import { countWords, rowsWith, shownColumns } from './custom-rows'

const columns = [
  { name: 'Ready', description: '', wide: false },
  { name: 'Issuer', description: '', wide: true },
]
const rows = [
  { namespace: 'shop', name: 'web', cells: ['True', 'letsencrypt'] },
  { namespace: 'bank', name: 'api', cells: ['False', 'internal'] },
]
const namesOf = (text: string, wide: boolean) =>
  rowsWith(rows, text, shownColumns(columns, wide)).map(({ name }) => name)

test('wide columns are shown when they are asked for, and keep their place in the row', () => {
  expect(shownColumns(columns, false).map(({ name, index }) => [name, index])).toEqual([['Ready', 0]])
  expect(shownColumns(columns, true).map(({ name, index }) => [name, index])).toEqual([
    ['Ready', 0],
    ['Issuer', 1],
  ])
})

test('words are looked for in the place and in what is shown, in any case', () => {
  expect(namesOf('', false)).toEqual(['web', 'api'])
  expect(namesOf('SHOP/w', false)).toEqual(['web'])
  expect(namesOf('false', false)).toEqual(['api'])
  expect(namesOf('internal', false)).toEqual([])
  expect(namesOf('internal', true)).toEqual(['api'])
})

test.each([
  [[3, 3, { next: false, remaining: 0 }], '3'],
  [[1, 3, { next: false, remaining: 0 }], '1 of 3'],
  [[500, 500, { next: true, remaining: 1200 }], '500 loaded, 1,200 more'],
  [[500, 500, { next: true, remaining: null }], '500 loaded, more to come'],
  [[7, 500, { next: true, remaining: 1 }], '7 of 500 loaded, 1 more'],
] as const)('%j reads "%s"', ([shown, loaded, more], words) => {
  expect(countWords(shown, loaded, more)).toBe(words)
})
