import { expect, it } from 'vitest'
import { covers } from './login'

it.each([
  ['https://git.example.org/shop', 'https://git.example.org/shop/web.git', true],
  ['https://git.example.org/shop/', 'https://git.example.org/shop/web.git', true],
  ['https://git.example.org/shop', 'https://git.example.org/shop', true],
  ['https://git.example.org', 'https://git.example.org/any/thing', true],
  ['https://git.example.org/shop', 'https://git.example.org/shopping/web.git', false],
  ['https://git.example.org/shop', 'https://git.example.org.evil.example/shop/web.git', false],
  ['https://git.example.org/shop', 'https://git.example.org:8443/shop/web.git', false],
  ['https://git.example.org/shop', 'http://git.example.org/shop/web.git', false],
  ['https://git.example.org/shop', 'https://git.example.org/shop/../other/web.git', false],
])('a login for %s is said to %s: %s', (stored, address, expected) => {
  expect(covers(stored, address)).toBe(expected)
})
