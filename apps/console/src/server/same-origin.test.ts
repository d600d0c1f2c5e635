import { describe, expect, it } from 'vitest'
import { assertSameOrigin } from './same-origin'

const trusted = ['https://fairlead.example.org']
const check = (headers: Record<string, string>) => () => assertSameOrigin(new Headers(headers), trusted)
const cookie = 'fairlead.session_token=x'

describe('a request with a cookie', () => {
  it.each([
    { cookie, 'sec-fetch-site': 'same-origin', origin: 'https://fairlead.example.org' },
    { cookie, 'sec-fetch-site': 'same-origin' },
    { cookie, origin: 'https://fairlead.example.org' },
  ])('is let in from our own pages: %j', (headers) => {
    expect(check(headers)).not.toThrow()
  })

  it.each([
    { cookie },
    { cookie, authorization: 'Basic eDp5' },
    { cookie, origin: 'https://evil.example' },
    { cookie, origin: 'null' },
    { cookie, origin: 'https://fairlead.example.org.evil.example' },
    { cookie, 'sec-fetch-site': 'cross-site' },
    { cookie, 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' },
    { cookie, 'sec-fetch-site': 'none' },
    { cookie, 'sec-fetch-site': 'same-origin', origin: 'https://evil.example' },
  ])('is refused from anywhere else: %j', (headers) => {
    expect(check(headers)).toThrow(/did not come from a page/)
  })

  it('is not asked for its origin when a token speaks, which no foreign page can send', () => {
    expect(check({ cookie, authorization: 'Bearer flt_x' })).not.toThrow()
    expect(check({})).not.toThrow()
  })
})
