import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { DiffView, numbered } from './diff-view'

describe('a diff', () => {
  it('numbers each side by its own lines', () => {
    const lines = numbered([
      { kind: 'context', text: 'a' },
      { kind: 'remove', text: 'b' },
      { kind: 'add', text: 'c' },
      { kind: 'context', text: 'd' },
    ])
    expect(lines.map((line) => [line.before, line.after])).toEqual([
      [1, 1],
      [2, null],
      [null, 2],
      [3, 3],
    ])
  })

  it('says added and removed in words for those who see no colour', () => {
    const html = renderToStaticMarkup(
      <DiffView
        lines={[
          { kind: 'add', text: 'x' },
          { kind: 'remove', text: 'y' },
        ]}
      />,
    )
    expect(html).toContain('added: ')
    expect(html).toContain('removed: ')
  })

  it('says so when nothing differs', () => {
    expect(renderToStaticMarkup(<DiffView lines={[{ kind: 'context', text: 'x' }]} />)).toContain(
      'No difference.',
    )
  })
})
