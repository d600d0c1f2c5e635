import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { tabAfter, Tabs } from './tabs'

const items = ['image', 'manifests', 'release'].map((value) => ({
  value,
  label: value,
  content: `of ${value}`,
}))

describe('tabs', () => {
  const html = renderToStaticMarkup(
    <Tabs label="Source" items={items} value="manifests" onValueChange={() => undefined} />,
  )

  it('show the open one alone, named by its tab', () => {
    expect(html).toContain('of manifests')
    expect(html).not.toContain('of image')
    const [, tab = ''] = /aria-labelledby="([^"]+)"/.exec(html) ?? []
    expect(html).toContain(`id="${tab}" aria-selected="true"`)
  })

  it('are one stop of the Tab key', () => {
    expect(html.match(/role="tab"[^>]*tabindex="0"/g)).toHaveLength(1)
    expect(html.match(/role="tab"[^>]*tabindex="-1"/g)).toHaveLength(2)
  })

  it.each([
    ['ArrowRight', 2, 0],
    ['ArrowLeft', 0, 2],
    ['Home', 1, 0],
    ['End', 0, 2],
    ['Enter', 1, null],
  ])('%s leads from %s to %s', (key, from, to) => expect(tabAfter(key, from, 3)).toBe(to))
})
