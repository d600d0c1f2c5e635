import crypto from 'node:crypto'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ingest } from '../ingest'
import { acquireLease } from '../lease'
import { summarize } from '../summarize/summarize'
import { callAs, inventoryFixture, plantCluster, type InventoryFixture } from '../testing/inventory-fixture'

// Episodes of known lengths, on a real database: percentiles are its own arithmetic.
const minuteMs = 60_000
let fixture: InventoryFixture
let clusterId = ''
const uids = { cart: crypto.randomUUID(), plain: crypto.randomUUID() }

const deployment = (name: string, uid: string, labels: Record<string, string>) =>
  summarize('Deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'shop',
      uid,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels,
    },
    spec: { replicas: 0 },
    status: {},
  })
const episode = (
  workloadUid: string,
  ended: { readonly minutesAgo: number; readonly lastedMs: number | null; readonly reason?: string },
) => {
  const closedAt = new Date(Date.now() - ended.minutesAgo * minuteMs)
  return fixture.database.db.episode.create({
    data: {
      clusterId,
      workloadUid,
      openedAt: new Date(closedAt.getTime() - (ended.lastedMs ?? 0)),
      closedAt: ended.lastedMs === null ? null : closedAt,
      reason: ended.reason ?? 'Changed: generation 1 → 2',
    },
  })
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  clusterId = await plantCluster(fixture, 'alpha')
  const { db } = fixture.database
  const lease = await acquireLease(db, { clusterId, holder: 'test' })
  if (lease === null) throw new Error('the lease is taken')
  const upserts = [
    deployment('cart', uids.cart, { 'fairlead.dev/application': 'checkout' }),
    deployment('plain', uids.plain, {}),
  ]
  await ingest(db, lease, { kind: 'Deployment', upserts, deletes: [] }, { now: new Date(), announce: false })
  await db.episode.deleteMany()
  for (const seconds of [10, 20, 30, 40, 50])
    await episode(uids.cart, { minutesAgo: 90, lastedMs: seconds * 1000 })
  await episode(uids.cart, { minutesAgo: 60 * 24 * 30, lastedMs: 9_000_000 })
  const gap = 'Changed; not observed from 2026-01-01T00:00:00Z to 2026-01-01T01:00:00Z'
  await episode(uids.cart, { minutesAgo: 90, lastedMs: 3_600_000, reason: gap })
  await episode(uids.plain, { minutesAgo: 5, lastedMs: null })
  await episode(crypto.randomUUID(), { minutesAgo: 5, lastedMs: 1_000 })
})
afterAll(() => fixture.close())

describe('time to converge', () => {
  it('is told in percentiles by application, leaving out what nobody watched to the end', async () => {
    const { rows } = await fixture.ask('fleet.convergence', { days: 7 })
    expect(rows.map(({ application }) => application)).toEqual(['checkout', 'shop/plain'])
    const [checkout, plain] = rows
    expect(checkout).toMatchObject({ episodes: 5, unobserved: 1, open: 0 })
    expect(Math.round(checkout?.p50Ms ?? 0)).toBe(30_000)
    expect(Math.round(checkout?.p90Ms ?? 0)).toBe(46_000)
    expect(Math.round(checkout?.slowestMs ?? 0)).toBe(50_000)
    expect(plain).toMatchObject({ episodes: 0, p50Ms: null, open: 1 })
  })

  it('reaches further back when asked, and adds up by cluster', async () => {
    const { rows } = await fixture.ask('fleet.convergence', { days: 90, by: 'cluster' })
    expect(rows).toMatchObject([{ application: null, episodes: 6, unobserved: 1, open: 1 }])
    expect(Math.round(rows[0]?.slowestMs ?? 0)).toBe(9_000_000)
  })

  it('and changes of the last hour are shown to nobody who may not see the workload', async () => {
    const { changes, total } = await fixture.ask('fleet.changes', {})
    expect([total, changes.map(({ name }) => name)]).toEqual([1, ['plain']])
    const stranger = callAs([{ projectId: crypto.randomUUID(), role: 'viewer' }])
    expect(await fixture.ask('fleet.changes', {}, stranger)).toEqual({ changes: [], total: 0 })
    expect((await fixture.ask('fleet.convergence', {}, stranger)).rows).toEqual([])
  })
})
