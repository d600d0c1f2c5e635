import { FairleadError } from '@fairlead/contracts/errors'

/** No foreign page can send this header without being asked first, and then the cookie is not looked at. */
export const speaksByToken = (headers: Headers): boolean =>
  /^Bearer\s/i.test(headers.get('authorization') ?? '')

/** A cookie comes along whoever sends the request: what it may change must have been sent by our own pages. */
export function assertSameOrigin(headers: Headers, trustedOrigins: readonly string[]): void {
  if (speaksByToken(headers) || !headers.has('cookie')) return
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') throw refused(site)
  const origin = headers.get('origin')
  if (origin !== null && !trustedOrigins.includes(origin)) throw refused(origin)
  if (site === null && origin === null) throw refused('no Origin header')
}

const refused = (found: string): FairleadError =>
  new FairleadError('forbidden', 'This request did not come from a page of this console.', {
    found,
    expected: 'the console’s own origin',
  })
