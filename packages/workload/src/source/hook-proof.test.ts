import { expect, it } from 'vitest'
import { proves } from './hook-proof'

// The example of GitHub's documentation on validating webhook deliveries.
const secret = "It's a Secret to Everybody"
const body = 'Hello, World!'
const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'

it.each([
  ['a signature of the body', 'sha256', signature, body, true],
  ['the signature of another body', 'sha256', signature, 'Hello, World', false],
  ['a signature without its scheme', 'sha256', signature.slice(7), body, false],
  ['the secret as a signature', 'sha256', secret, body, false],
  ['nothing', 'sha256', '', body, false],
  ['the secret', 'token', secret, body, true],
  ['a signature as the secret', 'token', signature, body, false],
  ['the beginning of the secret', 'token', secret.slice(0, 5), body, false],
  ['no secret', 'token', '', body, false],
] as const)('%s (%s)', (_, scheme, proof, text, expected) => {
  expect(proves(secret, { scheme, proof, body: text })).toBe(expected)
})
