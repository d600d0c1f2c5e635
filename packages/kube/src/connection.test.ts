import { afterEach, describe, expect, it } from 'vitest'
import { connect } from './connection'
import { hostileServer, status, type Answer, type HostileServer } from './hostile-server'
import { warningTexts } from './http-message'

let server: HostileServer | undefined
const serve = async (answer: Answer) => (server = await hostileServer(answer))
afterEach(async () => {
  await server?.close()
  server = undefined
})

const answers: readonly (readonly [string, number, string, string, RegExp])[] = [
  ['401', 401, status(401, 'Unauthorized', 'Unauthorized'), 'cluster_unauthorized', /Unauthorized/],
  [
    '403 by RBAC',
    403,
    status(403, 'Forbidden', 'pods is forbidden: User "x" cannot list resource "pods" in API group ""'),
    'cluster_denied',
    /cannot list/,
  ],
  [
    '403 by a webhook',
    403,
    status(403, 'Forbidden', 'admission webhook "policy.example.com" denied the request: no'),
    'cluster_refused',
    /denied/,
  ],
  [
    '403 by a quota',
    403,
    status(403, 'Forbidden', 'pods "a" is forbidden: exceeded quota: q'),
    'cluster_refused',
    /quota/,
  ],
  ['404', 404, status(404, 'NotFound', 'pods "a" not found'), 'not_found', /not found/],
  ['409', 409, status(409, 'Conflict', 'the object has been modified'), 'conflict', /modified/],
  ['410', 410, status(410, 'Expired', 'too old'), 'stale', /too old/],
  ['413', 413, status(413, 'RequestEntityTooLarge', 'too large'), 'too_large', /too large/],
  ['422', 422, status(422, 'Invalid', 'spec.replicas: Invalid value'), 'cluster_refused', /Invalid value/],
  ['429', 429, status(429, 'TooManyRequests', 'slow down'), 'rate_limited', /slow/],
  ['500', 500, status(500, 'InternalError', 'failed calling webhook'), 'unavailable', /webhook/],
  [
    '500 for an unknown field',
    500,
    status(
      500,
      '',
      'failed to create typed patch object (a/b; v1, Kind=ConfigMap): .x: field not declared in schema',
    ),
    'cluster_refused',
    /not declared/,
  ],
  ['503 of a proxy', 503, '<html>', 'cluster_unreachable', /HTTP 503/],
  ['a redirect', 302, '', 'cluster_unreachable', /redirect/],
]

describe("a refusal has our code and the server's words", () => {
  it.each(answers)('%s', async (_name, code, body, expected, message) => {
    const { client } = await serve((_request, response) => {
      response.writeHead(code, { location: 'https://127.0.0.1/', 'retry-after': '7' }).end(body)
    })
    await expect(client.json({ path: '/x' })).rejects.toMatchObject({
      code: expected,
      message: expect.stringMatching(message),
    })
  })
  it('with Retry-After as milliseconds', async () => {
    const { client } = await serve((_request, response) =>
      response.writeHead(429, { 'retry-after': '7' }).end(''),
    )
    await expect(client.json({ path: '/x' })).rejects.toMatchObject({ retryAfterMs: 7_000 })
  })
})

describe('a connection', () => {
  it('ends an answer that is too large', async () => {
    const { client } = await serve((_request, response) => response.end('x'.repeat(10_000)))
    await expect(client.request({ path: '/', maxBytes: 1_000 })).rejects.toMatchObject({ code: 'too_large' })
  })
  it('ends an answer that takes too long, half way too', async () => {
    const { client } = await serve((_request, response) => void response.write('half'))
    await expect(client.request({ path: '/', timeoutMs: 100 })).rejects.toMatchObject({
      code: 'cluster_unreachable',
      message: expect.stringContaining('0.1 s'),
    })
  })
  it('is cancelled by the caller', async () => {
    const { client } = await serve(() => undefined)
    await expect(client.request({ path: '/', signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
  it('says what is not an API server', async () => {
    const { client } = await serve((_request, response) => response.end('<html>'))
    await expect(client.json({ path: '/' })).rejects.toMatchObject({
      message: expect.stringContaining('no JSON'),
    })
  })
  it('is refused when the certificate is of another authority', async () => {
    const { client } = await serve((_request, response) => response.end('{}'))
    const stranger = await hostileServer((_request, response) => response.end('{}'))
    const other = connect(
      {
        server: client.server,
        caPem: null,
        auth: { kind: 'token', token: 't' },
        insecureSkipTlsVerify: false,
      },
      { allow: { cidrs: ['127.0.0.0/8'] } },
    )
    await expect(other.request({ path: '/' })).rejects.toMatchObject({
      code: 'cluster_unreachable',
      message: expect.stringContaining('certificate'),
    })
    other.close()
    await stranger.close()
  })
  it('never dials an address that is not allowed, literal or by name', async () => {
    const { client, requests } = await serve((_request, response) => response.end('{}'))
    for (const host of [client.server, client.server.replace('127.0.0.1', 'localhost')]) {
      const guarded = connect(
        { server: host, caPem: null, auth: { kind: 'token', token: 't' }, insecureSkipTlsVerify: true },
        { allow: { cidrs: [] } },
      )
      await expect(guarded.request({ path: '/' })).rejects.toMatchObject({ code: 'forbidden' })
      guarded.close()
    }
    expect(requests).toEqual([])
  })
  it('runs two lists at most', async () => {
    const { client } = await serve((_request, response) => response.end('{}'))
    let running = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, (running += 1))
      await new Promise((resolve) => setTimeout(resolve, 5))
      running -= 1
    }
    await Promise.all(Array.from({ length: 7 }, () => client.listSlot(work)))
    expect(most).toBe(2)
  })
  it('collects warnings', () =>
    expect(warningTexts('299 - "policy/v1beta1 is \\"old\\"", 299 - "second"')).toEqual([
      'policy/v1beta1 is "old"',
      'second',
    ]))
})
