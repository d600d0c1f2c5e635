import { describe, expect, it } from 'vitest'
import { gitError } from './git-command'

const dialable = { url: new URL('https://git.example.org/shop.git'), address: '203.0.113.1' }

describe('what Git says on its way out', () => {
  it.each([
    ["fatal: Authentication failed for 'https://git.example.org/shop.git/'", 'forbidden', /login/],
    [
      "fatal: could not read Username for 'https://git.example.org': terminal prompts disabled",
      'forbidden',
      /login/,
    ],
    ["fatal: repository 'https://git.example.org/shop.git/' not found", 'not_found', /no repository/],
    ['error: Server does not allow request for unadvertised object 1234', 'unavailable', /moved/],
    ['fatal: remote error: upload-pack: not our ref 1234', 'unavailable', /moved/],
    [
      'fatal: unable to update url base from redirection:\n  asked for: a\n   redirect: b',
      'forbidden',
      /another address/,
    ],
    [
      "fatal: unable to access 'x': SSL certificate problem: self-signed certificate",
      'unavailable',
      /certificate/,
    ],
    [
      "fatal: unable to access 'x': Failed to connect to git.example.org port 443",
      'unavailable',
      /does not answer/,
    ],
    [
      "fatal: unable to access 'x': Operation too slow. Less than 1000 bytes/sec",
      'unavailable',
      /does not answer/,
    ],
    ['fatal: something new', 'unavailable', /fatal: something new/],
    ['', 'unavailable', /no reason/],
  ] as const)('%s', (stderr, code, words) => {
    const error = gitError(stderr, dialable)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(words)
  })
})
