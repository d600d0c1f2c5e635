import type { ComponentImpact, ControlPlaneComponent } from '@fairlead/contracts/control-plane'
import { labelKeys } from '@fairlead/contracts/labels'
import { applyObject } from '@fairlead/kube/apply'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { createTestDatabase } from '@fairlead/testkit/database'
import { openOwnCluster, type OwnCluster } from '@fairlead/testkit/own-cluster'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  eventually,
  inventoryFixture,
  loopback,
  testKubeconfig,
  type InventoryFixture,
} from './testing/inventory-fixture'
import { watching, type Watching } from './testing/watching'

// A cluster of its own whose parts are stopped one after the other, beside another that nobody touches.
const namespace = 'default'
let own: OwnCluster
let fixture: InventoryFixture
let admin: KubeClient
const watches: Watching[] = []

const deployment = (name: string, replicas: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace, labels: { [labelKeys.application]: 'checkout' } },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        automountServiceAccountToken: false,
        containers: [{ name: 'main', image: 'registry.example.org/a:1' }],
      },
    },
  },
})
const apply = (name: string, replicas: number) =>
  applyObject(admin, deployment(name, replicas), { fieldManager: 'test' })

const components = async (cluster: string): Promise<readonly ComponentImpact[]> =>
  (await fixture.ask('cluster.controlPlane', { cluster })).components

/** Waits until the component is in this state, and reaches these workloads. */
const becomes = (
  component: ControlPlaneComponent,
  state: ComponentImpact['state'],
  reaches: readonly string[] = [],
): Promise<ComponentImpact> =>
  eventually(`${component} ${state}, reaching ${reaches.join(', ') || 'nothing'}`, async () => {
    const row = (await components('own')).find((each) => each.component === component)
    const names = row?.affected.map(({ name }) => name) ?? []
    return row?.state === state && reaches.every((name) => names.includes(name)) && row
  })
const allWell = (cluster: string) =>
  eventually(`a healthy control plane of ${cluster}`, async () => {
    const rows = await components(cluster)
    const { cluster: card } = await fixture.ask('cluster.get', { cluster })
    return rows.length === 5 && rows.every(({ state }) => state === 'ok') && card.freshness.state === 'live'
  })
const convergedIs = (name: string) =>
  eventually(`${name} converged`, async () => {
    const { rows } = await fixture.ask('object.list', { kinds: ['Deployment'], search: name })
    return rows.some((row) => row.name === name && row.verdict?.state === 'converged')
  })

async function register(name: string, kubeconfig: string): Promise<void> {
  const { id } = await fixture.ask('cluster.register', { name, kubeconfig })
  watches.push(await watching(fixture, id))
}

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  own = await openOwnCluster()
  admin = connect(parseKubeconfig(own.adminKubeconfig, { development: true }), { allow: { cidrs: loopback } })
  await register('own', own.consoleKubeconfig)
  await register('other', testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG'))
  await apply('web', 2)
  await convergedIs('web')
}, 300_000)
afterAll(async () => {
  await Promise.all(watches.map((watch) => watch.stop()))
  admin.close()
  await fixture.close()
  await own.close()
}, 120_000)

describe('the control plane, part by part', { timeout: 400_000 }, () => {
  it('is well, with evidence for each part', async () => {
    await allWell('own')
    const rows = await components('own')
    for (const row of rows) expect([row.component, row.now, row.affected]).toEqual([row.component, null, []])
    const server = rows.find(({ component }) => component === 'apiserver')
    expect(server?.signals.map(({ what }) => what)).toEqual(['/livez', '/readyz', 'dry-run create'])
  })

  it('names the pods that nobody places when the scheduler is gone', async () => {
    await own.stop('scheduler')
    await becomes('scheduler', 'failing')
    await apply('late', 1)
    const scheduler = await becomes('scheduler', 'failing', ['late'])
    expect(scheduler.applications).toEqual(['checkout'])
    expect(scheduler.affected.find(({ name }) => name === 'late')?.words).toContain('nobody has looked at it')
    await allWell('other')
    await own.start('scheduler')
    await becomes('scheduler', 'ok')
    await convergedIs('late')
  })

  it('names the workloads that nobody corrects when the controller manager is gone', async () => {
    await own.stop('controller-manager')
    await becomes('controller-manager', 'failing')
    await apply('web', 3)
    const manager = await becomes('controller-manager', 'failing', ['web'])
    expect(manager.affected.map(({ words }) => words).join()).toContain('is not acted on')
    await allWell('other')
    await own.start('controller-manager')
    await becomes('controller-manager', 'ok')
    await convergedIs('web')
  })

  it('names what runs on nodes whose kubelets are silent', async () => {
    await own.stop('kwok')
    const kubelets = await becomes('kubelet', 'failing', ['web'])
    expect(kubelets.evidence).toContain('has not renewed its lease')
    await own.start('kwok')
    await becomes('kubelet', 'ok')
  })

  it('tells a store that is gone from an API server that is gone', async () => {
    await own.stop('etcd')
    await becomes('etcd', 'failing', ['web', 'late'])
    const server = await becomes('apiserver', 'failing')
    expect(server.evidence).toContain('because its etcd check fails')
    expect((await becomes('scheduler', 'unknown')).evidence).toContain('while etcd does not answer')
    await allWell('other')
    await own.start('etcd')
    await becomes('etcd', 'ok')
  })

  it('says nothing of what hides behind a silent API server', async () => {
    await own.stop('apiserver')
    const server = await becomes('apiserver', 'failing', ['web', 'late'])
    expect(server.evidence).toContain('refused the connection')
    for (const hidden of ['etcd', 'scheduler', 'controller-manager', 'kubelet'] as const)
      expect((await becomes(hidden, 'unknown')).now).toBeNull()
    await allWell('other')
    await own.start('apiserver')
    await becomes('apiserver', 'ok')
  })
})
