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
  ['oci://registry.example.org/team', 'oci://registry.example.org/team/charts', true],
  ['oci://registry.example.org', 'oci://registry.example.org/team/charts/', true],
  ['oci://registry.example.org/team', 'oci://registry.example.org/teams', false],
  ['oci://registry.example.org', 'oci://evil.example/team', false],
  ['oci://registry.example.org', 'oci://registry.example.org:5000/team', false],
  ['oci://registry.example.org', 'https://registry.example.org/team', false],
  ['https://registry.example.org', 'oci://registry.example.org/team', false],
])('a login for %s is said to %s: %s', (stored, address, expected) => {
  expect(covers(stored, address)).toBe(expected)
})
