import type { ObjectRow } from '@fairlead/contracts/inventory'
import type { LiveBatch } from '@fairlead/contracts/live'
import * as changes from '@fairlead/db/changes'
import { loadVisibility } from '@fairlead/inventory/visible'
import type { Actor } from '@fairlead/kernel/context'
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/database'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createLiveFeed } from './live-feed'
import type { LiveOptions } from './trpc'

let database: TestDatabase
let feed: ReturnType<typeof createLiveFeed>
/** Today's rights, as identity would look them up; null when the session is over. */
let rights: Actor | null
/** Reads that found something. */
let reads = 0
const opened: AbortController[] = []

const clusterId = '11111111-1111-4111-8111-111111111111'
const shop = '22222222-2222-4222-8222-222222222222'
const payments = '33333333-3333-4333-8333-333333333333'
const member = (memberships: Actor['memberships'], id = 'ada'): Actor => ({
  kind: 'user',
  id,
  credentialId: 's1',
  name: id,
  email: null,
  memberships,
})
const everything = member([{ projectId: null, role: 'administrator' }])
const shopViewer = member([{ projectId: shop, role: 'viewer' }])

beforeAll(async () => {
  database = await createTestDatabase()
  const { db } = database
  await db.project.createMany({
    data: [
      { id: shop, name: 'shop' },
      { id: payments, name: 'payments' },
    ],
  })
  await db.cluster.create({
    data: {
      id: clusterId,
      name: 'one',
      uid: 'u',
      environment: 'staging',
      colour: 0,
      server: 'https://192.0.2.1',
    },
  })
  await db.destination.create({ data: { projectId: shop, clusterId, namespace: 'shop' } })
})
afterAll(() => database.drop())
beforeEach(async () => {
  const { db, url } = database
  await db.$executeRaw`TRUNCATE changes RESTART IDENTITY`
  reads = 0
  rights = everything
  feed = createLiveFeed({
    clock: () => new Date(),
    listen: (onChange) => changes.listenForChanges(url, onChange),
    currentCursor: () => changes.currentCursor(db),
    read: async (cursor) => {
      const page = await changes.readChanges(db, cursor)
      if (page.changes.length > 0) reads += 1
      return page
    },
    isBehind: (cursor) => changes.hasChangesAfter(db, cursor),
    canResume: (cursor) => changes.canResume(db, cursor),
    prune: (before) => changes.pruneChanges(db, before),
    rowsOf: async (keys) =>
      keys
        .filter(({ uid }) => !uid.startsWith('gone'))
        .map((key) => ({ ...key, name: key.uid }) as unknown as ObjectRow),
    inventoryOf: (actor) => loadVisibility(db, actor),
    refresh: async (actor) => (actor.id === 'ada' ? rights : actor),
    onError: (error) => {
      throw error
    },
  })
})
afterEach(async () => {
  for (const controller of opened.splice(0)) controller.abort()
  await feed.close()
})

const write = (...rows: changes.NewChange[]) =>
  database.db.$transaction((tx) => changes.appendChanges(tx, rows))
const pod = (uid: string, namespace = 'shop', op: 'upsert' | 'delete' = 'upsert'): changes.NewChange => ({
  topic: 'object',
  key: uid,
  op,
  clusterId,
  kind: 'Pod',
  namespace,
})
const pods = { kinds: ['Pod'], clusters: [] }

function open(actor: Actor, options: Partial<LiveOptions> = {}) {
  const controller = new AbortController()
  opened.push(controller)
  const stream = feed.subscribe(actor, { cursor: null, objects: pods, signal: controller.signal, ...options })
  const iterator = stream[Symbol.asyncIterator]()
  const next = async (): Promise<{ cursor: string; batch: LiveBatch }> => {
    const result = await iterator.next()
    if (result.done === true) throw new Error('the stream ended')
    return result.value
  }
  return { next, close: () => controller.abort(), ended: async () => (await iterator.next()).done === true }
}
const keysOf = (batch: LiveBatch): string[] =>
  batch.changes.map((change) =>
    change.topic === 'object' ? `${change.op} ${change.uid}` : `${change.topic} ${change.key}`,
  )

describe('the live feed', () => {
  it('says first where it stands, and then what commits', async () => {
    const stream = open(everything)
    expect((await stream.next()).batch).toMatchObject({ changes: [], reset: false })
    await write(pod('p1'), { topic: 'rollout', key: 'r1', projectId: shop })
    expect(keysOf((await stream.next()).batch)).toEqual(['upsert p1', 'rollout r1'])
  })

  it('resumes from where a reader stood, without a gap', async () => {
    const first = open(everything)
    const { cursor } = await first.next()
    first.close()
    await write(pod('p1'))
    await write(pod('p2'))
    const second = open(everything, { cursor })
    // Transactions of other tests on this server can hold the second back for a moment.
    const seen = new Set<string>()
    while (seen.size < 2) for (const key of keysOf((await second.next()).batch)) seen.add(key)
    expect([...seen]).toEqual(['upsert p1', 'upsert p2'])
  })

  it('tells a reader that was away too long to ask everything again', async () => {
    await write(pod('p1'))
    const { cursor } = await open(everything, { cursor: '0.0' }).next()
    for (let n = 0; n < 3; n += 1) await write(pod(`q${n}`))
    await changes.pruneChanges(database.db, new Date(Date.now() + 1_000))
    await write(pod('last'))
    expect((await open(everything, { cursor }).next()).batch.reset).toBe(true)
  })

  it('shows a project’s people what its destinations cover, and its own changes', async () => {
    rights = shopViewer
    const stream = open(shopViewer)
    await stream.next()
    await write(
      pod('theirs', 'payments'),
      pod('mine'),
      { topic: 'object', key: 'node', clusterId, kind: 'Pod', namespace: null },
      { topic: 'rollout', key: 'r1', projectId: payments },
      { topic: 'rollout', key: 'r2', projectId: shop },
      { topic: 'audit', key: 'log', projectId: shop },
      { topic: 'token', key: 't1' },
      { topic: 'people', key: 'grace' },
      { topic: 'cluster', key: clusterId },
    )
    expect(keysOf((await stream.next()).batch)).toEqual([
      'upsert mine',
      'upsert node',
      'rollout r2',
      `cluster ${clusterId}`,
    ])
  })

  it('brings only the objects that are on screen', async () => {
    const stream = open(everything, { objects: { kinds: ['Pod'], clusters: [clusterId], namespace: 'shop' } })
    const none = open(everything, { objects: undefined })
    await Promise.all([stream.next(), none.next()])
    const elsewhere = { ...pod('p2'), clusterId: '44444444-4444-4444-8444-444444444444' }
    await write(elsewhere, pod('p3', 'other'), { ...pod('n1'), kind: 'Node' }, pod('p1'), {
      topic: 'people',
      key: 'x',
    })
    expect(keysOf((await stream.next()).batch)).toEqual(['upsert p1', 'people x'])
    expect(keysOf((await none.next()).batch)).toEqual(['people x'])
  })

  it('says that an object is gone when its row is gone by now, and tells the last state once', async () => {
    const stream = open(everything)
    await stream.next()
    await write(pod('gone-1'), pod('p1'), pod('p1', 'shop', 'delete'))
    expect(keysOf((await stream.next()).batch)).toEqual(['delete gone-1', 'delete p1'])
  })

  it('reads the change log once for all readers', async () => {
    const streams = Array.from({ length: 20 }, () => open(everything))
    await Promise.all(streams.map((stream) => stream.next()))
    const before = reads
    await write(pod('p1'))
    await Promise.all(
      streams.map(async (stream) => expect(keysOf((await stream.next()).batch)).toEqual(['upsert p1'])),
    )
    expect(reads - before).toBe(1)
  })

  it('skips nothing that commits late, behind a transaction that began before it', async () => {
    const stream = open(everything)
    await stream.next()
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => void (release = resolve))
    const slow = database.db.$transaction(async (tx) => {
      await changes.appendChanges(tx, [pod('slow')])
      await held
    })
    await write(pod('quick'))
    setTimeout(release, 200)
    const seen: string[] = []
    while (seen.length < 2) seen.push(...keysOf((await stream.next()).batch))
    await slow
    expect(seen.sort()).toEqual(['upsert quick', 'upsert slow'])
  })

  it('ends when the session, the token or the person is gone', async () => {
    const stream = open(everything)
    await stream.next()
    rights = null
    await write({ topic: 'people', key: 'ada' })
    await expect(stream.next()).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('asks for everything again when rights differ, and filters by the new ones', async () => {
    const stream = open(everything)
    await stream.next()
    rights = shopViewer
    await write({ topic: 'people', key: 'ada' })
    expect((await stream.next()).batch.reset).toBe(true)
    await write(pod('theirs', 'payments'))
    await write(pod('mine'))
    expect(keysOf((await stream.next()).batch)).toEqual(['upsert mine'])
  })

  it('ends when the reader goes', async () => {
    const stream = open(everything)
    await stream.next()
    stream.close()
    expect(await stream.ended()).toBe(true)
  })
})
