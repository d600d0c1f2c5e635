import { expect, it } from 'vitest'
import { yamlPieces } from './yaml-pieces'

it('parts a line into key, marks and value', () => {
  expect(yamlPieces('  - name: web')).toEqual([
    { kind: 'mark', text: '  - ' },
    { kind: 'key', text: 'name' },
    { kind: 'mark', text: ':' },
    { kind: 'value', text: ' web' },
  ])
  expect(yamlPieces('# a comment')).toEqual([{ kind: 'comment', text: '# a comment' }])
})

it('names what would turn the direction of writing instead of obeying it', () => {
  expect(yamlPieces('note: user\u202etxt.exe')).toEqual([
    { kind: 'mark', text: '' },
    { kind: 'key', text: 'note' },
    { kind: 'mark', text: ':' },
    { kind: 'value', text: ' user' },
    { kind: 'hidden', text: '‹U+202E›' },
    { kind: 'value', text: 'txt.exe' },
  ])
})
