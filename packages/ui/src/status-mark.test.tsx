import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { StatusMark } from './status-mark'
import { tones, toneWord } from './tone'

describe('a status mark', () => {
  it.each(tones)('says %s by an icon and a word, never by colour alone', (tone) => {
    const html = renderToStaticMarkup(<StatusMark tone={tone} />)
    expect(html).toContain('<svg')
    expect(html).toContain(toneWord[tone])
  })

  it('gives every tone its own icon', () => {
    const shapes = tones.map(
      (tone) => /<svg.*<\/svg>/.exec(renderToStaticMarkup(<StatusMark tone={tone} word="" />))?.[0],
    )
    expect(new Set(shapes).size).toBe(tones.length)
  })

  it('is green for ok only', () => {
    for (const tone of tones) {
      expect(renderToStaticMarkup(<StatusMark tone={tone} variant="pill" />).includes('text-ok')).toBe(
        tone === 'ok',
      )
    }
  })
})
