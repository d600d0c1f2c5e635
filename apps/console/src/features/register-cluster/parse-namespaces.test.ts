import { maxNamespaces } from '@fairlead/contracts/watched-namespaces'
import { expect, it } from 'vitest'
import { parseNamespaces } from './parse-namespaces'

it.each([
  ['', []],
  ['  shop ', ['shop']],
  ['shop, cart\nshop  team-1', ['shop', 'cart', 'team-1']],
])('reads %j', (text, namespaces) => expect(parseNamespaces(text)).toEqual({ namespaces, problem: null }))

it('says which name cannot be one', () =>
  expect(parseNamespaces('shop, My_Team').problem).toBe('“My_Team” is no name of a namespace.'))

it('takes as many as the API does, and no more', () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => `team-${index}`).join(' ')
  expect(parseNamespaces(names(maxNamespaces)).problem).toBeNull()
  expect(parseNamespaces(names(maxNamespaces + 1)).problem).toContain(`At most ${maxNamespaces}`)
})
