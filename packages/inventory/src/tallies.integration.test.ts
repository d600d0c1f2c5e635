import { Prisma } from '@fairlead/db/sql'
import type { Call } from '@fairlead/kernel/context'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forgetUnwatched } from './forget-unwatched'
import { ingest } from './ingest'
import { acquireLease, type Lease } from './lease'
import { summarize } from './summarize/summarize'
import type { Summarized } from './summarize/summarized'
import { administrator, callAs, inventoryFixture, plantCluster } from './testing/inventory-fixture'
import type { InventoryFixture } from './testing/inventory-fixture'
import { visibleObjects } from './visible'
import { watchUnits } from './watch-unit'

let fixture: InventoryFixture
let lease: Lease

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  lease = await leaseOn(await plantCluster(fixture, 'one'))
})
afterAll(() => fixture.close())

async function leaseOn(clusterId: string): Promise<Lease> {
  const taken = await acquireLease(fixture.database.db, { clusterId, holder: 'test' }, 600_000)
  if (taken === null) throw new Error('no lease')
  return taken
}

/** Numbers from 0 to 1, the same in every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

interface PodShape {
  readonly uid: string
  readonly namespace: string
  readonly phase: string
  readonly cpu: string
}
let version = 0
const pod = ({ uid, namespace, phase, cpu }: PodShape): Summarized =>
  summarize('Pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: uid,
      namespace,
      uid,
      resourceVersion: String((version += 1)),
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: { containers: [{ name: 'app', resources: { requests: { cpu, memory: '64Mi' } } }] },
    status: { phase },
  })

const write = (upserts: readonly Summarized[], deletes: readonly string[] = [], by = lease) =>
  ingest(
    fixture.database.db,
    by,
    { kind: 'Pod', upserts, deletes },
    { now: new Date('2026-01-01T00:00:00Z'), announce: false },
  )

interface Tally {
  readonly clusterId: string
  readonly namespace: string
  readonly kind: string
  readonly state: string
  readonly objects: number
  readonly cpu: number
  readonly memory: number
}
const order = Prisma.sql`ORDER BY 1, 2, 3, 4`
/** Rows that hold something: one of nothing is as good as none. */
const kept = (): Promise<Tally[]> =>
  fixture.database.db.$queryRaw<Tally[]>(Prisma.sql`
    SELECT "clusterId", namespace, kind, state, objects, "cpuMillis"::float8 AS cpu, "memoryBytes"::float8 AS memory
    FROM inventory_tallies WHERE objects <> 0 ${order}`)
const countedAnew = (): Promise<Tally[]> =>
  fixture.database.db.$queryRaw<Tally[]>(Prisma.sql`
    SELECT "clusterId", place AS namespace, kind, coalesce(state, '') AS state, count(*)::int AS objects,
      coalesce(sum("cpuMillis"), 0)::float8 AS cpu, coalesce(sum("memoryBytes"), 0)::float8 AS memory
    FROM inventory_objects CROSS JOIN LATERAL (VALUES (coalesce(namespace, '')), ('*')) p(place)
    GROUP BY 1, 2, 3, 4 ${order}`)

const phases = ['Running', 'Pending', 'Failed', 'Succeeded']
const namespaces = ['shop', 'bank', 'lab']

describe('tallies', () => {
  it('stay equal to what counting anew gives, whatever comes, changes and goes', async () => {
    const roll = dice(7)
    const one = <T>(of: readonly T[]): T => of[Math.floor(roll() * of.length)] as T
    const shape = (at: number): PodShape => ({
      uid: `pod-${at}`,
      namespace: namespaces[at % 3] ?? '',
      phase: one(phases),
      cpu: `${Math.ceil(roll() * 9)}00m`,
    })
    for (let round = 0; round < 30; round += 1) {
      const some = Array.from({ length: 20 }, () => Math.floor(roll() * 60))
      const gone = some.filter(() => roll() < 0.3).map((at) => `pod-${at}`)
      await write(
        some.map((at) => pod(shape(at))),
        gone,
      )
      expect(await kept()).toEqual(await countedAnew())
    }
  })

  it('count an object once, however often it is stored', async () => {
    const first = pod({ uid: 'again', namespace: 'shop', phase: 'Running', cpu: '1' })
    await write([first])
    const before = await kept()
    await write([first])
    expect(await kept()).toEqual(before)
  })

  it('are right when namespaces of one cluster are written at once', async () => {
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        write(
          [pod({ uid: `at-once-${at}`, namespace: namespaces[at % 3] ?? '', phase: 'Running', cpu: '1' })],
          [`pod-${at}`],
        ),
      ),
    )
    expect(await kept()).toEqual(await countedAnew())
  })

  it('forget a namespace that is not watched any more, and keep no empty row of it', async () => {
    await forgetUnwatched(fixture.database.db, {
      lease,
      units: watchUnits(['shop', 'bank']),
      namespaces: ['shop', 'bank'],
      now: new Date(),
    })
    expect(await kept()).toEqual(await countedAnew())
    expect(await fixture.database.db.inventoryTally.count({ where: { namespace: 'lab' } })).toBe(0)
  })

  it('go with their cluster, and leave those of others', async () => {
    const other = await leaseOn(await plantCluster(fixture, 'two'))
    await write([pod({ uid: 'elsewhere', namespace: 'shop', phase: 'Running', cpu: '1' })], [], other)
    const mine = (await kept()).filter(({ clusterId }) => clusterId === lease.clusterId)
    expect(await kept()).toHaveLength(mine.length + 2)
    await fixture.database.db.cluster.delete({ where: { id: other.clusterId } })
    expect(await kept()).toEqual(mine)
    expect(await fixture.database.db.inventoryTally.count({ where: { clusterId: other.clusterId } })).toBe(0)
  })
})

describe('cards made of them', () => {
  const viewerOf = async (name: string, places: readonly (readonly [string, string])[]): Promise<Call> => {
    const destinations = { create: places.map(([clusterId, namespace]) => ({ clusterId, namespace })) }
    const { id } = await fixture.database.db.project.create({ data: { name, destinations } })
    return callAs([{ projectId: id, role: 'viewer' }])
  }
  const running = async (call: Call): Promise<number> => {
    const [row] = await fixture.database.db.$queryRaw<{ count: number }[]>(Prisma.sql`
      SELECT count(*)::int AS count FROM inventory_objects o
      WHERE o.kind = 'Pod' AND o.state = 'running' AND ${visibleObjects(call.actor)}`)
    return row?.count ?? -1
  }

  it('count for each viewer what the viewer may see, and capacity of the whole cluster', async () => {
    const { clusterId } = lease
    const viewers = [
      administrator,
      await viewerOf('one namespace', [[clusterId, 'shop']]),
      await viewerOf('two namespaces', [
        [clusterId, 'shop'],
        [clusterId, 'bank'],
      ]),
      await viewerOf('a namespace and all of them', [
        [clusterId, 'shop'],
        [clusterId, '*'],
      ]),
      await viewerOf('a namespace that holds nothing', [[clusterId, 'nowhere']]),
    ]
    const capacities = new Set<string>()
    for (const viewer of viewers) {
      const { clusters } = await fixture.ask('fleet.get', {}, viewer)
      expect(clusters.map(({ pods }) => pods.running)).toEqual([await running(viewer)])
      capacities.add(JSON.stringify(clusters[0]?.capacity))
    }
    expect(await running(viewers[1] ?? administrator)).toBeGreaterThan(0)
    expect(capacities.size).toBe(1)
  })
})
