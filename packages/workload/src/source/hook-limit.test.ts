import { expect, it } from 'vitest'
import { limitsOf, networkOf } from './hook-limit'

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::'],
  ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::'],
  ['2001:db8::1', '2001:db8:0:0::'],
  ['::1', '0:0:0:0::'],
  [null, 'unknown'],
])('posts of %s count as those of %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

it('what is proven counts for its hook alone, what is not for its sender first', () => {
  const post = { application: 'a', address: '203.0.113.7' }
  const keys = (proven: boolean) => limitsOf({ ...post, proven }).map(({ key, most }) => [key, most])
  expect(keys(true)).toEqual([['source-hook/proven/a', 60]])
  expect(keys(false)).toEqual([
    ['source-hook/from/203.0.113.7', 10],
    ['source-hook/unproven/a', 30],
  ])
})
