import type { ClusterPrincipal } from '@fairlead/contracts/acting'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { hostileServer, status, type Answer, type HostileServer } from './hostile-server'
import type { KubeClient, KubeRequest } from './kube-client'

let far: HostileServer | undefined
let heard: (readonly [string, string])[] = []
/** Every line of the request's head as it came, in order. */
const linesOf = (raw: readonly string[]) =>
  raw.flatMap((name, index) => (index % 2 === 0 ? [[name.toLowerCase(), raw[index + 1] ?? ''] as const] : []))

async function serve(answer: Answer = (_request, response) => void response.end('{}')): Promise<KubeClient> {
  far = await hostileServer((request, response, url) => {
    heard = linesOf(request.rawHeaders)
    answer(request, response, url)
  })
  return far.client
}
afterEach(async () => {
  await far?.close()
  far = undefined
  heard = []
})

const ada: ClusterPrincipal = {
  user: 'fairlead:ada@example.org',
  groups: ['fairlead:project:shop', 'fairlead:project:shop:operator'],
}
const said = (): (readonly [string, string])[] => heard.filter(([name]) => name.startsWith('impersonate-'))
const adas = [
  ['impersonate-user', ada.user],
  ['impersonate-group', ada.groups[0]],
  ['impersonate-group', ada.groups[1]],
]

describe('a client that acts as somebody', () => {
  it('says so with every request, by every way to ask, and its origin goes on saying nothing', async () => {
    const client = await serve()
    const acting = client.actingAs(ada)
    expect([client.principal, acting.principal]).toEqual([null, ada])
    await acting.json({ path: '/version' })
    expect(said()).toEqual(adas)
    await acting.request({ method: 'POST', path: '/api', body: {} })
    expect(said()).toEqual(adas)
    ;(await acting.stream({ path: '/api' })).close()
    expect(said()).toEqual(adas)
    await client.json({ path: '/version' })
    expect(said()).toEqual([])
  })

  it('says so where it asks for a terminal, too', async () => {
    const client = await serve()
    const sockets = new WebSocketServer({ noServer: true })
    far?.server.on('upgrade', (request, socket, head) => {
      heard = linesOf(request.rawHeaders)
      sockets.handleUpgrade(request, socket, head, () => undefined)
    })
    const socket = await client.actingAs(ada).upgrade({ path: '/exec' }, ['v'])
    socket.close()
    expect(said()).toEqual(adas)
  })

  it('says it after everything else that a request says of itself', async () => {
    const client = await serve()
    await client
      .actingAs(ada)
      .json({ method: 'PATCH', path: '/api', body: {}, accept: 'a/b', contentType: 'c/d' })
    const names = heard.map(([name]) => name)
    for (const name of ['accept', 'content-type', 'authorization', 'user-agent'])
      expect(names.indexOf(name)).toBeLessThan(names.indexOf('impersonate-user'))
  })

  it.each<[string, ClusterPrincipal]>([
    ['all rights', { user: ada.user, groups: ['system:masters'] }],
    ['a component', { user: 'system:kube-controller-manager', groups: [] }],
    ['a service account', { user: 'system:serviceaccount:kube-system:default', groups: [] }],
    ['nobody', { user: '', groups: [] }],
    ['no name', { user: 'fairlead:', groups: [] }],
    ['a name that somebody else gave', { user: 'oidc:ada@example.org', groups: [] }],
    ['two lines', { user: 'fairlead:a\r\nimpersonate-group: system:masters', groups: [] }],
    ['another alphabet', { user: 'fairlead:адa@example.org', groups: [] }],
    ['a list', { user: ada.user, groups: ['fairlead:a, system:masters'] }],
  ])('refuses to be %s, before anything is asked', async (_name, principal) => {
    const client = await serve()
    expect(() => client.actingAs(principal)).toThrow(/no cluster can be told/)
    expect(far?.requests).toEqual([])
  })
})

describe('whatever a request holds', () => {
  const hostile = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc.constantFrom(
      'x\r\nImpersonate-User: system:admin',
      '\nimpersonate-group: system:masters\n\n',
      ' HTTP/1.1\r\nImpersonate-User: root\r\n\r\nGET /',
      'application/json\u0000\r\nImpersonate-Uid: 0',
      'Connection: Impersonate-User',
    ),
  )

  it('it is asked in the name that it was given, or not at all', async () => {
    const client = await serve()
    const acting = client.actingAs(ada)
    let arrived = 0
    await fc.assert(
      fc.asyncProperty(
        fc.record({ path: hostile, accept: hostile, type: hostile, query: hostile }),
        async (parts) => {
          heard = []
          const { path, accept, type, query } = parts
          const smuggled = { headers: { 'impersonate-user': 'system:admin', connection: 'impersonate-user' } }
          const request: KubeRequest = {
            ...smuggled,
            method: 'POST',
            path: `/${path}`,
            accept,
            contentType: type,
            query: { [query]: query },
            body: { text: query },
          }
          await acting.request(request).catch(() => undefined)
          if (heard.length === 0) return
          arrived += 1
          expect(said()).toEqual(adas)
        },
      ),
      { numRuns: 60 },
    )
    expect(arrived).toBeGreaterThan(0)
  })
})

describe('a refusal', () => {
  const refusing = async (message: string) => {
    const client = await serve((_request, response) => {
      response.writeHead(403).end(status(403, 'Forbidden', message))
    })
    return client
  }
  const patch = 'cannot patch resource "deployments" in API group "apps" in the namespace "shop"'

  it('of a person names the person, as the cluster knows them, and who can change it', async () => {
    const client = await refusing(`deployments.apps "web" is forbidden: User "${ada.user}" ${patch}`)
    await expect(client.actingAs(ada).json({ path: '/api' })).rejects.toMatchObject({
      code: 'cluster_denied',
      message: expect.stringContaining(`User "${ada.user}" cannot patch`) as string,
      detail: {
        remedy: expect.stringMatching(/knows you as fairlead:ada@example\.org .*operator.*owner/) as string,
      },
    })
    await expect(client.json({ path: '/api' })).rejects.toMatchObject({ detail: {} })
  })

  it.each([
    'cannot impersonate resource "users" in API group "" at the cluster scope',
    'cannot impersonate-on:user-info:patch resource "deployments" in API group "apps" in the namespace "shop"',
  ])('of acting as people at all is told apart from it: %s', async (cannot) => {
    const client = await refusing(`users "${ada.user}" is forbidden: User "fairlead" ${cannot}`)
    await expect(client.actingAs(ada).json({ path: '/api' })).rejects.toMatchObject({
      code: 'cluster_denied',
      detail: { remedy: expect.stringContaining('its credential may not') as string },
    })
  })
})
