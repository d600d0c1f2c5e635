import { afterEach, describe, expect, it } from 'vitest'
import { getCustomObject, readCustomKind } from './custom-kind'
import { hostileServer, status, type HostileServer } from './hostile-server'
import { listAsTable } from './table'

// What an API server answers of custom kinds may be anybody's: aggregated servers answer for themselves.
let server: HostileServer | undefined
afterEach(() => server?.close())

const answering = async (body: unknown): Promise<HostileServer> => {
  server = await hostileServer((_request, response) =>
    response.end(typeof body === 'string' ? body : JSON.stringify(body)),
  )
  return server
}
const widgets = { apiVersion: 'example.org/v1', plural: 'widgets' }
const widget = {
  definition: 'widgets.example.org',
  kind: 'Widget',
  group: 'example.org',
  version: 'v1',
  plural: 'widgets',
  namespaced: true,
  otherVersions: [],
}

describe('a table', () => {
  it('is read whatever its cells are, with nothing where the server has nothing', async () => {
    const { client, requests } = await answering({
      kind: 'Table',
      columnDefinitions: [{ name: 'Name' }, { name: 'Size', description: 'How large', priority: 1 }],
      metadata: { continue: 'token', remainingItemCount: 7 },
      rows: [
        { cells: ['a', null], object: { metadata: { name: 'a', namespace: 'shop' } } },
        { cells: ['b', { deep: [1, true] }], object: { metadata: { name: 'b' } } },
        { cells: [], object: { metadata: { name: 'c' } } },
      ],
    })
    const table = await listAsTable(client, { ...widgets, namespace: 'a/../b', limit: 3, continue: 'x&y=1' })
    expect(table).toEqual({
      columns: [
        { name: 'Name', description: '', priority: 0 },
        { name: 'Size', description: 'How large', priority: 1 },
      ],
      rows: [
        { namespace: 'shop', name: 'a', cells: ['a', ''] },
        { namespace: null, name: 'b', cells: ['b', '{"deep":[1,true]}'] },
        { namespace: null, name: 'c', cells: [] },
      ],
      next: 'token',
      remaining: 7,
    })
    expect(requests).toEqual([
      '/apis/example.org/v1/namespaces/a%2F..%2Fb/widgets?limit=3&continue=x%26y%3D1',
    ])
  })

  it.each([
    ['a list', { kind: 'List', items: [] }],
    ['nothing', null],
    ['rows without names', { columnDefinitions: [], rows: [{ cells: [], object: null }] }],
    ['columns that are no columns', { columnDefinitions: 'all', rows: [] }],
  ])('is refused in words where the answer is %s', async (_name, body) => {
    const { client } = await answering(body)
    await expect(listAsTable(client, widgets)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('widgets') as string,
    })
  })
})

describe('a custom object', () => {
  it('is none of another kind, whatever the server answers', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'web' }, data: { key: 'c2VjcmV0' } }
    const { client } = await answering(secret)
    const asked = getCustomObject(client, widget, { namespace: 'shop', name: 'web' })
    await expect(asked).rejects.toMatchObject({ code: 'cluster_refused', detail: { found: 'v1 Secret' } })
  })

  it('and its kind are null where the server has none', async () => {
    server = await hostileServer((_request, response) => response.writeHead(404).end(status(404, 'NotFound')))
    const { client } = server
    expect(await readCustomKind(client, 'widgets.example.org')).toBeNull()
    expect(await getCustomObject(client, widget, { namespace: 'shop', name: 'web' })).toBeNull()
  })
})
