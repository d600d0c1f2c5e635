import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Freshness, freshnessStates } from './freshness'

const longAgo = new Date(Date.now() - 190_000)

describe('freshness', () => {
  it.each(freshnessStates.filter((state) => state !== 'live'))(
    'is never green when the source is %s',
    (state) => {
      expect(renderToStaticMarkup(<Freshness state={state} lastSeenAt={longAgo} />)).not.toContain('text-ok')
    },
  )

  it('does not believe "live" of a source that was never seen', () => {
    const html = renderToStaticMarkup(<Freshness state="live" lastSeenAt={null} />)
    expect(html).toContain('Never synced')
    expect(html).not.toContain('text-ok')
  })

  it('says since when a stale source has been silent, and its exact time on hover', () => {
    const html = renderToStaticMarkup(<Freshness state="stale" lastSeenAt={longAgo} />)
    expect(html).toContain('last seen 3 min ago')
    expect(html).toContain(`${longAgo.toISOString().slice(0, 19).replace('T', ' ')} UTC`)
  })
})
