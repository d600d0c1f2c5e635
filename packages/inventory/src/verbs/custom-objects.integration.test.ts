import { definitionsOfWord, type CustomObjectPage } from '@fairlead/contracts/custom-objects'
import { isFairleadError } from '@fairlead/contracts/errors'
import type { Call } from '@fairlead/kernel/context'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { listAsTable } from '@fairlead/kube/table'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCustomScene, hostile, type CustomScene } from '../testing/custom-scene'
import {
  adminClient,
  callAs,
  eventually,
  inventoryFixture,
  testKubeconfig,
  type InventoryFixture,
} from '../testing/inventory-fixture'
import { tcpProxy, type TcpProxy } from '../testing/tcp-proxy'
import { watching } from '../testing/watching'

// The oracle is the server's own Table, asked for by an administrator beside Fairlead.
const cluster = 'real'
let fixture: InventoryFixture
let admin: KubeClient
let proxy: TcpProxy
let scene: CustomScene
let clusterId: string
let widgets: string
let gadgets: string
/** A viewer of the first namespace alone. */
let viewer: Call

const list = (input: { limit?: number; cursor?: string; namespace?: string } = {}, call?: Call) =>
  fixture.ask('custom.list', { cluster, definition: widgets, ...input }, call)
const refusal = (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: unknown) => error,
  )
const granted = (definition: string): Promise<CustomObjectPage> =>
  eventually(`the right to list ${definition}`, () =>
    fixture.ask('custom.list', { cluster, definition }).catch((error: unknown) => {
      if (isFairleadError(error) && error.code === 'cluster_denied') return null
      throw error
    }),
  )

beforeAll(async () => {
  admin = adminClient(process.env)
  fixture = inventoryFixture(await createTestDatabase())
  const given = testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG')
  const server = new URL(/server:\s*"?(https:\/\/[^\s"]+)/.exec(given)?.[1] ?? '')
  proxy = await tcpProxy({ host: server.hostname, port: Number(server.port) })
  const kubeconfig = given.replaceAll(server.host, `127.0.0.1:${proxy.port}`)
  clusterId = (await fixture.ask('cluster.register', { name: cluster, kubeconfig })).id
  scene = await createCustomScene(admin)
  widgets = `widgets.${scene.group}`
  gadgets = `gadgets.${scene.group}`
  await scene.allow('widgets', 'rbac.authorization.k8s.io/aggregate-to-view')
  await granted(widgets)
  const destinations = { create: { clusterId, namespace: scene.namespaces[0] } }
  const project = await fixture.database.db.project.create({ data: { name: 'shop', destinations } })
  viewer = callAs([{ projectId: project.id, role: 'viewer' }])
})
afterAll(async () => {
  await scene?.close()
  admin?.close()
  await fixture?.close()
  await proxy?.close()
})

describe('custom objects', () => {
  it('are the server’s own table, cell by cell, without its name column', async () => {
    const page = await list()
    const table = await listAsTable(admin, { apiVersion: `${scene.group}/v1`, plural: 'widgets' })
    expect(page.columns.map(({ name }) => name)).toEqual(table.columns.slice(1).map(({ name }) => name))
    expect(page.rows.map(({ namespace, name }) => [namespace, name])).toEqual(
      table.rows.map(({ namespace, name }) => [namespace, name]),
    )
    // An age ticks between two looks; every other cell has to be the same.
    const still = table.columns.slice(1).flatMap(({ name }, index) => (name === 'Age' ? [] : [index]))
    for (const [at, row] of page.rows.entries())
      for (const index of still) {
        const theirs = table.rows[at]?.cells[index + 1] ?? '(none)'
        if (theirs !== hostile) expect([row.name, index, row.cells[index]]).toEqual([row.name, index, theirs])
      }
    expect(page.rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
      ['3', 'true', expect.stringMatching(/^\d+y/) as string],
      ['9007199254740991', 'false', ''],
      ['', '', ''],
    ])
    expect(page).toMatchObject({ next: null, namespaces: 'all', cluster: { name: cluster } })
  })

  it('are of the version that kubectl takes, with what kubectl keeps for -o wide marked as that', async () => {
    const { kind, columns } = await list()
    expect(kind).toMatchObject({
      kind: 'Widget',
      version: 'v1',
      otherVersions: ['v1alpha1'],
      namespaced: true,
    })
    expect(columns.filter(({ wide }) => wide).map(({ name }) => name)).toEqual(['Owner'])
    expect(columns[0]).toEqual({ name: 'Size', description: 'How large it is', wide: false })
  })

  it('show what somebody hostile wrote as plain text of one line', async () => {
    const { rows } = await list()
    const row = rows.find(({ name }) => name === 'hostile')
    const shown = '\ufffd[2Jgone\ufffdtxt <img src=x onerror=alert(1)>...'
    expect(row?.cells.slice(3, 5)).toEqual([shown, shown])
  })

  it('come page by page, nothing twice and nothing left out', async () => {
    const first = await list({ limit: 2 })
    expect([first.rows.map(({ name }) => name), first.remaining]).toEqual([['first', 'hostile'], 1])
    const second = await list({ limit: 2, cursor: first.next ?? '' })
    expect([second.rows.map(({ name }) => name), second.next, second.remaining]).toEqual([['third'], null, 0])
  })
})

describe('who sees which', () => {
  it('shows a person the namespaces of their projects, and asks for no other', async () => {
    const page = await list({}, viewer)
    expect(page.rows.map(({ name }) => name)).toEqual(['first', 'hostile'])
    expect(page.namespaces).toEqual([scene.namespaces[0]])
    expect((await list({ namespace: scene.namespaces[1] })).rows.map(({ name }) => name)).toEqual(['third'])
  })

  it('answers "not yours" as it answers "none", also to somebody else’s place in the list', async () => {
    const errors = [
      await refusal(list({ namespace: scene.namespaces[1] }, viewer)),
      await refusal(list({ namespace: 'no-such-namespace' }, viewer)),
    ]
    for (const error of errors)
      expect(error).toMatchObject({
        code: 'not_found',
        message: 'There is no such namespace, or you may not see it.',
      })
    const { next } = await list({ limit: 1 })
    expect(await refusal(list({ cursor: next ?? '' }, viewer))).toMatchObject({ code: 'stale' })
    expect(await refusal(list({}, callAs([])))).toMatchObject({ code: 'forbidden' })
  })
})

describe('one custom object', () => {
  const yaml = (namespace: string | null, name: string, call?: Call) =>
    fixture.ask('custom.yaml', { cluster, definition: widgets, namespace, name }, call)

  it('is read as the pages of other objects read theirs', async () => {
    const answer = await yaml(scene.namespaces[0], 'first', viewer)
    expect(answer.yaml).toContain('owner: ada')
    expect(answer.yaml).toContain('example.org/kept')
    expect(answer.yaml).not.toMatch(/managedFields|last-applied/)
  })

  it('escapes what would act on a terminal', async () => {
    const answer = await yaml(scene.namespaces[0], 'hostile')
    expect(answer.yaml).toContain('onerror=alert(1)')
    expect(answer.yaml).not.toContain('\u001b')
  })

  it('is missing where it is not theirs, where it has no namespace, and where nothing defines it', async () => {
    const missing = { code: 'not_found' }
    expect(await refusal(yaml(scene.namespaces[1], 'third', viewer))).toMatchObject(missing)
    expect(await refusal(yaml(null, 'first'))).toMatchObject(missing)
    const none = { cluster, definition: 'secrets.core.example.org', namespace: 'default', name: 'key' }
    expect(await refusal(fixture.ask('custom.yaml', none))).toMatchObject(missing)
    const core = fixture.ask('custom.yaml', { ...none, definition: 'secrets' })
    expect(await refusal(core)).toMatchObject({ code: 'invalid' })
  })
})

describe('a kind that nobody let Fairlead read', () => {
  it('is refused with the file that gives the right, and shown once the right is given', async () => {
    const denied = await refusal(fixture.ask('custom.list', { cluster, definition: gadgets }))
    expect(denied).toMatchObject({
      code: 'cluster_denied',
      detail: { remedy: expect.stringContaining('fairlead-custom-objects.yaml') as string },
    })
    await scene.allow('gadgets', 'fairlead.dev/aggregate-to-console')
    const page = await granted(gadgets)
    expect(page).toMatchObject({
      rows: [],
      namespaces: null,
      kind: { version: 'v1beta1', namespaced: false },
    })
    expect(page.columns.map(({ name }) => name)).toEqual(['Age'])
  })
})

describe('words for custom kinds', () => {
  it('are known from what the watcher saw', async () => {
    const watch = await watching(fixture, clusterId)
    const { kinds } = await eventually('the definition is seen', async () => {
      const found = await fixture.ask('custom.kinds', { search: scene.group })
      return found.kinds.length === 2 && found
    })
    await watch.stop()
    expect(definitionsOfWord(scene.shortName, kinds)).toMatchObject([
      { definition: widgets, namespaced: true },
    ])
    expect(definitionsOfWord(gadgets, kinds)).toMatchObject([{ kind: 'Gadget', namespaced: false }])
    const own = await fixture.ask('custom.kinds', { search: 'WIDG' }, viewer)
    expect(own.kinds.map(({ definition }) => definition)).toContain(widgets)
    await expect(fixture.ask('custom.kinds', {}, callAs([]))).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a cluster that is silent', () => {
  it('is said to be, and asked again as soon as it answers', async () => {
    proxy.cut()
    const error = await refusal(list())
    expect(error).toMatchObject({
      code: 'cluster_unreachable',
      detail: { remedy: expect.stringContaining('try again') as string },
    })
    proxy.restore()
    expect((await eventually('an answer', () => list().catch(() => null))).rows).toHaveLength(3)
  })
})
