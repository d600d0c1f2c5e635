import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { SurgeBars } from './surge-bars'

const bars = (ready: number) =>
  renderToStaticMarkup(
    <SurgeBars
      desired={10}
      maxSurge={3}
      maxUnavailable={2}
      oldSet={{ revision: '12', ready: 0, total: 5 }}
      newSet={{ revision: '13', ready, total: 8 }}
    />,
  )

describe('surge bars', () => {
  it('draw counts and limits on one scale', () => {
    const html = bars(8)
    expect(html).toContain(`width="${(8 / 13) * 100}%"`)
    expect(html).toContain(`x1="${(8 / 13) * 100}%"`)
    expect(html).toContain('x1="100%"')
  })

  it('turn red, with a word, when fewer are ready than the floor', () => {
    expect(bars(7)).toContain('below the floor')
    expect(bars(8)).not.toContain('below the floor')
  })

  it('need no inline style, so that a strict content security policy holds', () => {
    expect(bars(8)).not.toContain('style=')
  })
})
