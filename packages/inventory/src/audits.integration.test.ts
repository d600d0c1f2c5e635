import crypto from 'node:crypto'
import type { FindingView } from '@fairlead/contracts/checks'
import { applyObject } from '@fairlead/kube/apply'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { deleteObject, getObject } from '@fairlead/kube/objects'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  adminClient,
  callAs,
  eventually,
  inventoryFixture,
  testKubeconfig,
  type InventoryFixture,
} from './testing/inventory-fixture'
import { watching, type Watching } from './testing/watching'

// One namespace with a webhook without a backend, a budget that never gives, and a workload that lacks a probe.
const namespace = `audits-${crypto.randomBytes(4).toString('hex')}`
const webhook = `${namespace}.example.org`
let fixture: InventoryFixture
let admin: KubeClient
let watch: Watching
let clusterId = ''

const apply = (object: Parameters<typeof applyObject>[1]) =>
  applyObject(admin, object, { fieldManager: 'test' })
const deployment = (container: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        automountServiceAccountToken: false,
        containers: [{ name: 'main', image: 'registry.example.org/a:1', ...container }],
      },
    },
  },
})
const budget = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web', namespace },
  spec: { minAvailable: 2, selector: { matchLabels: { app: 'web' } } },
}
/** It covers the ConfigMaps of this namespace alone: nobody else's writes depend on it. */
const configuration = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: webhook },
  webhooks: [
    {
      name: webhook,
      failurePolicy: 'Fail',
      timeoutSeconds: 1,
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      clientConfig: { service: { namespace, name: 'nobody' } },
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['configmaps'] }],
    },
  ],
}

const findings = async (input: Parameters<typeof asked>[0] = {}): Promise<readonly FindingView[]> =>
  (await asked(input)).findings
const asked = (input: { waived?: boolean; severity?: 'critical' }) =>
  fixture.ask('check.list', { search: `${namespace}/web`, ...input })
const checks = async (input: Parameters<typeof asked>[0] = {}): Promise<string[]> =>
  (await findings(input)).map(({ check }) => check)

beforeAll(async () => {
  fixture = inventoryFixture(await createTestDatabase())
  admin = adminClient(process.env)
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } })
  await apply(deployment())
  await apply(budget)
  await apply(configuration)
  await eventually('a budget that counts its pods', async () => {
    const live = await getObject(admin, { ...budget, name: 'web', namespace })
    const status = (live?.['status'] ?? {}) as { expectedPods?: number; currentHealthy?: number }
    return status.expectedPods === 2 && status.currentHealthy === 2
  })
  const kubeconfig = testKubeconfig(process.env, 'FAIRLEAD_TEST_KUBECONFIG')
  clusterId = (await fixture.ask('cluster.register', { name: 'real', kubeconfig })).id
  watch = await watching(fixture, clusterId)
}, 180_000)
afterAll(async () => {
  await watch.stop()
  await deleteObject(admin, { ...configuration, name: webhook })
  await admin.request({ method: 'DELETE', path: `/api/v1/namespaces/${namespace}` })
  admin.close()
  await fixture.close()
})

describe('complexity', { timeout: 120_000 }, () => {
  it('names a webhook without a backend and what fails with it, and the cluster agrees', async () => {
    const view = await eventually('facts of the cluster', async () => {
      const read = await fixture.ask('cluster.complexity', { cluster: 'real' })
      return read.at !== null && read
    })
    const down = view.items.find(({ factor }) => factor === 'webhook-down')
    expect(down?.evidence.map(({ words }) => words).join()).toContain(
      `${namespace}/nobody has no ready endpoint`,
    )
    const blast = view.webhooks.find((each) => each.webhook === webhook)
    expect(blast).toMatchObject({ backendState: 'down', namespaces: [namespace] })
    expect(blast?.words).toContain('It is down: CREATE of configmaps in 1 of')
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'refused', namespace } }
    await expect(apply(map)).rejects.toThrow(/failed calling webhook/)
  })

  it('keeps one weight a day, and a budget that its owners set', async () => {
    const { done } = await fixture.ask('cluster.setBudget', { cluster: 'real', budget: 7 })
    expect(done).toBe(true)
    const view = await fixture.ask('cluster.complexity', { cluster: 'real' })
    expect([view.budget, view.trend.length]).toEqual([7, 1])
    const entry = await fixture.database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    expect(entry).toMatchObject({ action: 'cluster.setBudget', outcome: 'done', subjectId: clusterId })
  })
})

describe('readiness checks', { timeout: 120_000 }, () => {
  it('find what is wrong with a workload and with what surrounds it', async () => {
    await eventually('its findings', async () => (await checks()).includes('drain-blocked'))
    expect(await checks()).toEqual(expect.arrayContaining(['readiness-probe', 'requests', 'topology-spread']))
    expect(await checks({ severity: 'critical' })).toEqual(['drain-blocked'])
  })

  it('waive one with a reason and an end, for whoever may, and say so in the audit log', async () => {
    const place = { cluster: clusterId, namespace, kind: 'Deployment', name: 'web' } as const
    const waiver = { ...place, check: 'topology-spread', reason: 'one node is enough here', days: 7 } as const
    const viewer = callAs([{ projectId: null, role: 'viewer' }])
    await expect(fixture.ask('check.waive', waiver, viewer)).rejects.toMatchObject({ code: 'forbidden' })
    const stranger = callAs([{ projectId: crypto.randomUUID(), role: 'operator' }])
    await expect(fixture.ask('check.waive', waiver, stranger)).rejects.toMatchObject({ code: 'not_found' })
    await expect(fixture.ask('check.waive', { ...waiver, check: 'rollout-strategy' })).rejects.toMatchObject({
      code: 'not_found',
    })
    const { id } = await fixture.ask('check.waive', waiver)
    expect(await checks()).not.toContain('topology-spread')
    const [waived] = await findings({ waived: true })
    expect(waived?.waiver).toMatchObject({ id, reason: waiver.reason, by: 'Ada' })
    const entry = await fixture.database.db.auditEntry.findFirstOrThrow({ orderBy: { sequence: 'desc' } })
    expect(entry).toMatchObject({ action: 'check.waive', outcome: 'done' })

    await fixture.ask('check.withdraw', { waiver: id })
    expect(await checks()).toContain('topology-spread')
    await expect(fixture.ask('check.withdraw', { waiver: id })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('end a waiver by itself', async () => {
    const { id } = await fixture.ask('check.waive', {
      cluster: clusterId,
      namespace,
      kind: 'Deployment',
      name: 'web',
      check: 'topology-spread',
      reason: 'for now',
    })
    expect(await checks()).not.toContain('topology-spread')
    await fixture.database.db.checkWaiver.update({ where: { id }, data: { expiresAt: new Date(0) } })
    expect(await checks()).toContain('topology-spread')
  })

  it('show nobody the findings of namespaces that are not theirs', async () => {
    const stranger = callAs([{ projectId: crypto.randomUUID(), role: 'viewer' }])
    const view = await fixture.ask('check.list', {}, stranger)
    expect(view).toMatchObject({ findings: [], total: 0, bySeverity: [], byCluster: [], workloads: 0 })
  })

  it('are gone once the workload is mended', async () => {
    await apply(deployment({ readinessProbe: { tcpSocket: { port: 80 } } }))
    await eventually('one finding less', async () => !(await checks()).includes('readiness-probe'))
  })
})

describe('upgrade readiness', { timeout: 120_000 }, () => {
  it('is blocked by a budget that never gives, and reads the deprecated APIs of the server', async () => {
    const view = await fixture.ask('cluster.upgrade', { cluster: 'real' })
    const drains = view.checks.find(({ check }) => check === 'drains')
    expect(drains?.state).toBe('blocked')
    expect(drains?.evidence).toContainEqual({ namespace, words: 'web: 2 of 2 pods healthy, 2 must be' })
    const known = view.checks.filter(({ check }) => check === 'deprecated-apis' || check === 'kubelet-skew')
    expect(known.map(({ state }) => state)).not.toContain('unknown')
    expect(view).toMatchObject({ state: 'blocked', next: expect.stringMatching(/^1\.\d+$/) })
  })
})
