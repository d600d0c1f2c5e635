import { expect, it } from 'vitest'
import { authorizationOf } from './authorization'

it.each([
  // The example of RFC 7617, section 2.
  ['Aladdin', 'open sesame', 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=='],
  // The second one, section 2.1: UTF-8.
  ['test', '123£', 'Basic dGVzdDoxMjPCow=='],
  // The example of RFC 6750, section 2.1.
  ['', 'mF_9.B5f-4.1JqM', 'Bearer mF_9.B5f-4.1JqM'],
])('the login of %j is said as its RFC says it', (username, password, header) => {
  expect(authorizationOf({ username, password })).toBe(header)
})
