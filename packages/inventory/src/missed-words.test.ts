import { describe, expect, it } from 'vitest'
import { missedWords } from './missed-words'
import type { WatchUnit } from './watch-unit'

const unit = (kind: WatchUnit['kind'], namespace: string | null = null): WatchUnit => ({ kind, namespace })

describe('what may not be read', () => {
  it.each<[string, WatchUnit[], WatchUnit[], string | null]>([
    ['nothing', [], [unit('Pod')], null],
    ['what nobody has to permit', [unit('Secret'), unit('Secret', 'shop')], [unit('Pod', 'shop')], null],
    ['a kind', [unit('Pod')], [unit('Node')], 'May not read Pod'],
    [
      'a kind of one namespace',
      [unit('Pod', 'shop')],
      [unit('Pod', 'cart'), unit('Service', 'shop')],
      'May not read Pod in shop',
    ],
    [
      'a kind of every namespace',
      [unit('Node'), unit('Pod', 'shop'), unit('Pod', 'cart')],
      [unit('Service', 'cart'), unit('Service', 'shop')],
      'May not read Node, Pod',
    ],
    [
      'a whole namespace',
      [unit('Pod', 'shop'), unit('Service', 'shop')],
      [unit('Pod', 'cart'), unit('Service', 'cart'), unit('Namespace', 'shop')],
      'May not read anything in shop',
    ],
    [
      'a whole namespace and a kind of the others',
      [unit('Pod', 'shop'), unit('Service', 'shop'), unit('Pod', 'cart')],
      [unit('Service', 'cart')],
      'May not read anything in shop, Pod',
    ],
  ])('is %s', (_what, forbidden, allowed, words) => {
    expect(missedWords(forbidden, allowed)).toBe(words)
  })
})
