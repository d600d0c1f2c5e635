import { expect, test } from 'vitest'
import { objectQueryOf } from './object-query'

test('kubectl’s short names choose the kind, the rest is looked for', () => {
  expect(objectQueryOf('deploy web')).toEqual({ kinds: ['Deployment'], search: 'web' })
  expect(objectQueryOf(' po ')).toEqual({ kinds: ['Pod'], search: '' })
})

test('any other words are looked for in the usual kinds, once there are enough letters', () => {
  expect(objectQueryOf('checkout')).toMatchObject({ search: 'checkout' })
  expect(objectQueryOf('c')).toBeNull()
  expect(objectQueryOf('')).toBeNull()
})
