import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Button } from './button'

describe('a button that cannot be pressed', () => {
  const html = renderToStaticMarkup(<Button disabledReason="Needs rollout:approve.">Approve</Button>)

  it('says why to assistive technology', () => {
    expect(html).toContain('aria-description="Needs rollout:approve."')
  })

  it('stays focusable, so that the reason can be reached by keyboard', () => {
    expect(html).toContain('aria-disabled="true"')
    expect(html).not.toContain(' disabled=""')
  })

  it('is no link, even where it would lead somewhere', () => {
    expect(
      renderToStaticMarkup(
        <Button href="/x" disabledReason="No.">
          Go
        </Button>,
      ),
    ).not.toContain('href')
  })
})
