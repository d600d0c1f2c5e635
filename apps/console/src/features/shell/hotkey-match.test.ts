import { describe, expect, it } from 'vitest'
import { chordOf, matchSequence } from './hotkey-match'

const press = (
  key: string,
  held: Partial<Record<'metaKey' | 'ctrlKey' | 'altKey' | 'shiftKey', boolean>> = {},
) => chordOf({ key, metaKey: false, ctrlKey: false, altKey: false, shiftKey: false, ...held })

describe('a chord', () => {
  it('is the same with ⌘ and with Ctrl', () => {
    expect(press('k', { metaKey: true })).toBe('mod+k')
    expect(press('k', { ctrlKey: true })).toBe('mod+k')
  })

  it('is `?` on every keyboard, though some need shift for it', () => {
    expect(press('?', { shiftKey: true })).toBe('?')
    expect(press('?')).toBe('?')
  })

  it('tells a capital from a small letter', () => {
    expect(press('G', { shiftKey: true })).toBe('shift+g')
    expect(press('g')).toBe('g')
  })
})

describe('a sequence', () => {
  const known = ['g f', 'g c', '?', 'mod+k']

  it.each([
    [['g'], { kind: 'prefix' }],
    [['g', 'f'], { kind: 'hit', keys: 'g f' }],
    [['g', 'x'], { kind: 'miss' }],
    [['?'], { kind: 'hit', keys: '?' }],
    [['f'], { kind: 'miss' }],
  ])('of %j is %j', (pressed, match) => {
    expect(matchSequence(pressed, known)).toEqual(match)
  })
})
