import { createAwsAccess } from '@fairlead/kube/aws/aws-access'
import type { EksAuth } from '@fairlead/kube/kube-client'
import { startInsightsServer, type InsightsServer } from '@fairlead/testkit/aws/insights-server'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askInsights, writeInsights } from './eks-insights'
import { watchInsights } from './insights-watch'
import { acquireLease, type Lease } from './lease'
import {
  callAs,
  eventually,
  inventoryFixture,
  plantCluster,
  type InventoryFixture,
} from './testing/inventory-fixture'

// A cluster row that signs in through EKS, and a small server in the documented shapes of its insights, which moto has not.
const auth: EksAuth = {
  kind: 'eks',
  cluster: 'production',
  region: 'eu-central-1',
  sessionName: 'fairlead-ada',
  accessKey: { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'secret' },
}
let fixture: InventoryFixture
let server: InsightsServer
let clusterId: string
let lease: Lease

const check = async (call = callAs([{ projectId: null, role: 'administrator' }])) => {
  const { checks } = await fixture.ask('cluster.upgrade', { cluster: 'production' }, call)
  return checks.find((each) => each.check === 'eks-insights')
}
const refresh = async (): Promise<void> => {
  const answer = await askInsights(createAwsAccess({ endpoint: server.url }), auth)
  await writeInsights({ db: fixture.database.db, lease, now: new Date() }, answer)
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  server = await startInsightsServer('production')
  clusterId = await plantCluster(fixture, 'production')
  await fixture.database.db.clusterCredential.update({ where: { clusterId }, data: { kind: 'eks' } })
  lease = await eventually('a free lease', () =>
    acquireLease(fixture.database.db, { clusterId, holder: 'test' }, 600_000),
  )
}, 120_000)
afterAll(async () => {
  await server.close()
  await fixture.close()
})

describe("EKS's insights in the upgrade readiness", { timeout: 60_000 }, () => {
  it('are unknown before EKS was asked, and name the right that is missing', async () => {
    expect(await check()).toMatchObject({ state: 'unknown', words: 'EKS has not been asked yet' })
    server.denied.add('eks:ListInsights')
    await refresh()
    expect(await check()).toMatchObject({
      state: 'unknown',
      words: expect.stringContaining('The IAM action eks:ListInsights is missing'),
    })
    server.denied.clear()
  })

  it('are judged as EKS gives them, and objects are named to whoever sees their namespace', async () => {
    const resource = { kubernetesResourceUri: '/apis/apps/v1beta1/namespaces/shop/deployments/web' }
    server.insights = [
      {
        id: 'a',
        name: 'Deprecated APIs',
        lastRefreshTime: Math.floor(Date.now() / 1_000),
        insightStatus: { status: 'ERROR' },
        resources: [{ ...resource, insightStatus: { status: 'ERROR' } }],
      },
    ]
    await refresh()
    const found = await check()
    expect(found).toMatchObject({ state: 'blocked', words: expect.stringContaining('EKS looked last on ') })
    expect(found?.evidence.map(({ namespace }) => namespace)).toEqual([null, 'shop'])
    const destinations = { create: { clusterId, namespace: 'other' } }
    const project = await fixture.database.db.project.create({ data: { name: 'other', destinations } })
    const elsewhere = await check(callAs([{ projectId: project.id, role: 'viewer' }]))
    expect(elsewhere?.state).toBe('blocked')
    expect(JSON.stringify(elsewhere)).not.toContain('deployments/web')
  })

  it('are asked for by the watcher, and gone once the cluster signs in another way', async () => {
    server.insights = []
    const watched = async (ask: Parameters<typeof watchInsights>[0], until: () => Promise<boolean>) => {
      const stopping = new AbortController()
      const errors: unknown[] = []
      const { db } = fixture.database
      const deps = { db, lease, clock: () => new Date(), onFenced: () => undefined }
      const onError = (error: unknown): void => void errors.push(error)
      const work = watchInsights(ask, { ...deps, onError }, stopping.signal)
      await eventually('what EKS says now', until)
      stopping.abort()
      await work
      expect(errors).toEqual([])
    }
    await watched(
      () => askInsights(createAwsAccess({ endpoint: server.url }), auth),
      async () => (await check())?.words === 'EKS has no insight into upgrades of this cluster yet',
    )
    await fixture.database.db.clusterCredential.update({ where: { clusterId }, data: { kind: 'token' } })
    expect(await check()).toBeUndefined()
    await watched(null, async () => (await fixture.database.db.eksInsightsRow.count()) === 0)
  })
})
