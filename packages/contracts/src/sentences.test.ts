import { expect, it } from 'vitest'
import { sentences } from './sentences'

const remedy = 'Its owner can give the right: kubectl apply -f fairlead-hands.yaml'

it.each<[string, readonly (string | null | undefined)[], string]>([
  ['nothing at its end', ['pods is forbidden', remedy], `pods is forbidden. ${remedy}`],
  ['a colon', ['pods is forbidden: ', remedy], `pods is forbidden. ${remedy}`],
  ['a full stop', ['Somebody changed it.', 'Read it again.'], 'Somebody changed it. Read it again.'],
  ['a question', ['Is it there?', 'Look.'], 'Is it there? Look.'],
  ['a stop within quotes', ['It said "no."', 'Ask.'], 'It said "no." Ask.'],
  [
    'an address',
    ['The API server https://127.0.0.1:6443', 'Wait.'],
    'The API server https://127.0.0.1:6443. Wait.',
  ],
  ['one alone', ['pods is forbidden'], 'pods is forbidden'],
  ['gaps', [undefined, 'It failed', null, ' ', 'Retry.'], 'It failed. Retry.'],
  ['nothing at all', [undefined, ''], ''],
])('joins what ends with %s', (_name, parts, expected) => {
  expect(sentences(...parts)).toBe(expected)
})
