import { describe, expect, it } from 'vitest'
import { plainCell } from './plain-cell'

describe('a cell of a foreign table', () => {
  it.each([
    ['plain text stays as it is', 'True', 'True'],
    ['other scripts stay as they are', 'Готово ✓ 準備 😀', 'Готово ✓ 準備 😀'],
    ['markup is text', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['it ends at the first line break, and says so', 'first\nsecond', 'first...'],
    ['a terminal’s commands lose their escape', '\u001b[2J\u001b]0;x\u0007y', '\ufffd[2J\ufffd]0;x\ufffdy'],
    ['what C1 would do is not done', 'a\u009b31mb', 'a\ufffd31mb'],
    ['a tab is a space', 'a\tb', 'a b'],
    ['nothing turns the direction of writing', 'user\u202etxt.exe', 'user\ufffdtxt.exe'],
    ['half a character is none', 'a\ud83d', 'a\ufffd'],
    ['an empty one stays empty', '', ''],
  ])('%s', (_name, text, shown) => expect(plainCell(text)).toBe(shown))

  it('is cut where it would fill the screen', () => {
    const shown = plainCell('x'.repeat(10_000_000))
    expect(shown).toHaveLength(503)
    expect(shown.endsWith('...')).toBe(true)
  })

  it('keeps no half of a character where it was cut', () => {
    expect(plainCell(`${'x'.repeat(499)}😀 and more`)).toBe(`${'x'.repeat(499)}\ufffd...`)
  })
})
