import type { AwsIdentity } from '@fairlead/contracts/cluster-access'
import { connect } from '@fairlead/kube/connection'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { parseKubeconfig } from '@fairlead/kube/kubeconfig-import'
import { startEksCluster, type EksCluster } from '@fairlead/testkit/aws/eks-cluster'
import { createTestDatabase } from '@fairlead/testkit/database'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acquireLease } from './lease'
import { eventually, inventoryFixture, loopback, type InventoryFixture } from './testing/inventory-fixture'
import { watchCluster } from './watch-cluster'

const place = { cluster: 'production', region: 'eu-central-1' }
const group = 'fairlead'
const externalId = 'ticket-1'
let eks: EksCluster
let fixture: InventoryFixture
let admin: KubeClient
let key: { readonly id: string; readonly secret: string; readonly arn: string }
let roleArn: string
let stopWatch: () => Promise<void> = async () => undefined

const byKey = (): AwsIdentity => ({ region: place.region, accessKey: { id: key.id, secret: key.secret } })
const byRole = (): AwsIdentity => ({ ...byKey(), roleArn, externalId })
const preview = (access: AwsIdentity, cluster = place.cluster) =>
  fixture.ask('cluster.preview', { name: 'production', eks: { ...access, cluster } })
const lastStep = (check: { readonly steps: readonly { step: string; message: string }[] }) =>
  check.steps.at(-1)

beforeAll(async () => {
  eks = await startEksCluster(place)
  key = await eks.moto.createUser('fairlead')
  roleArn = await eks.moto.createRole('fairlead-reader')
  eks.webhook.entries.set(roleArn, [group])
  fixture = inventoryFixture(await createTestDatabase(), { awsEndpoint: eks.awsEndpoint })
  const kubeconfig = parseKubeconfig(eks.adminKubeconfig, { development: true })
  admin = connect(kubeconfig, { allow: { cidrs: loopback } })
  await admin.json({
    method: 'POST',
    path: '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    body: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: 'fairlead-eks' },
      subjects: [{ kind: 'Group', name: group, apiGroup: 'rbac.authorization.k8s.io' }],
      roleRef: { kind: 'ClusterRole', name: 'fairlead-console', apiGroup: 'rbac.authorization.k8s.io' },
    },
  })
}, 900_000)
afterAll(async () => {
  await stopWatch()
  admin.close()
  await fixture.close()
  await eks.stop()
}, 120_000)

async function startWatch(clusterId: string): Promise<void> {
  const lease = await eventually('a free lease', () =>
    acquireLease(fixture.database.db, { clusterId, holder: 'eks-test' }),
  )
  const stopping = new AbortController()
  const work = watchCluster(
    {
      db: fixture.database.db,
      sql: fixture.sql,
      connections: fixture.connections,
      clock: () => new Date(),
      onRollouts: () => undefined,
      onFenced: () => stopping.abort(),
      onPoison: () => undefined,
      onError: () => undefined,
      onConnected: () => undefined,
    },
    lease,
    stopping.signal,
  )
  stopWatch = async () => {
    stopping.abort()
    await work
  }
}
const stateIs = (wanted: string) =>
  eventually(`state ${wanted}`, async () => {
    const { clusters } = await fixture.ask('fleet.get', {})
    return clusters[0]?.freshness.state === wanted
  })

describe('an EKS cluster', () => {
  it('is listed with the account and identity that AWS knows, region by region', async () => {
    expect(await fixture.ask('cluster.listEks', byKey())).toEqual({
      account: eks.moto.account,
      arn: key.arn,
      clusters: [place.cluster],
    })
    const elsewhere = await fixture.ask('cluster.listEks', { ...byKey(), region: 'eu-west-1' })
    expect(elsewhere.clusters).toEqual([])
  })

  it('that AWS does not know fails in AWS, in words, and nothing is dialled', async () => {
    const check = await preview(byRole(), 'nowhere')
    expect(check.steps.map(({ step, passed }) => [step, passed])).toEqual([
      ['aws', true],
      ['eks', false],
    ])
    expect(lastStep(check)?.message).toContain('EKS DescribeCluster of nowhere knows no such cluster')
  })

  it('refuses an identity without an access entry: 401, and what is missing', async () => {
    const check = await preview(byKey())
    expect(lastStep(check)).toMatchObject({ step: 'auth', passed: false })
    expect(lastStep(check)?.message).toContain('401 Unauthorized: the cluster has no access entry')
    expect(eks.webhook.answers.at(-1)).toContain(`${key.arn} has no access entry`)
  })

  it('tells a missing right from a missing identity: 403', async () => {
    eks.webhook.entries.set(key.arn, ['nobody'])
    const check = await preview(byKey())
    expect(check.steps.find(({ step }) => step === 'auth')?.message).toBe(`Signed in as ${key.arn}`)
    expect(lastStep(check)).toMatchObject({ step: 'identity', passed: false })
    expect(lastStep(check)?.message).toContain('403 Forbidden: signed in, but RBAC does not allow it')
  })

  it('is reached through a role, whose session carries the external id and the name of who asked', async () => {
    const check = await preview(byRole())
    expect(check.steps.filter(({ passed }) => !passed)).toEqual([])
    expect(check.steps.map(({ step }) => step).slice(0, 3)).toEqual(['aws', 'eks', 'dns'])
    expect(check.server).toBe(eks.real.server)
    const sessions = await eks.moto.sessions()
    expect(sessions.at(-1)).toEqual({ session_name: 'fairlead-ada@example.org', external_id: externalId })
    expect(eks.webhook.answers.at(-1)).toBe(roleArn)
  })

  it('is registered so, and watched live', async () => {
    const access = { eks: { ...byRole(), cluster: place.cluster } }
    const { id } = await fixture.ask('cluster.register', { name: 'production', ...access })
    await startWatch(id)
    await stateIs('live')
    await admin.json({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'seen-live' } },
    })
    await eventually('the new object', async () => {
      const { rows } = await fixture.ask('object.list', { kinds: ['Namespace'] })
      return rows.some(({ name }) => name === 'seen-live')
    })
    expect((await fixture.ask('cluster.get', { cluster: 'production' })).credential?.kind).toBe('eks')
  })

  it('says that its credential is refused when the access entry goes, and lives again when it is back', async () => {
    eks.webhook.entries.delete(roleArn)
    await stateIs('unauthorized')
    const check = await fixture.ask('cluster.check', { cluster: 'production' })
    expect(lastStep(check)?.message).toContain('401 Unauthorized')
    eks.webhook.entries.set(roleArn, [group])
    await stateIs('live')
  })

  it('rotates to a token, an access key or another role, as long as it stays the same cluster', async () => {
    const token = /token: (\S+)/.exec(eks.consoleKubeconfig)?.[1] ?? ''
    const { server, caPem: ca } = eks.real
    await fixture.ask('cluster.rotate', { cluster: 'production', token: { server, ca, token } })
    const kindOf = async () => (await fixture.ask('cluster.get', { cluster: 'production' })).credential
    expect(await kindOf()).toMatchObject({ kind: 'token', version: 2 })
    eks.webhook.entries.set(key.arn, [group])
    const byOwnKey = { cluster: 'production', eks: { ...byKey(), cluster: place.cluster } }
    await eventually('the rotation to the access key', () =>
      fixture.ask('cluster.rotate', byOwnKey).catch(() => null),
    )
    expect(await kindOf()).toMatchObject({ kind: 'eks', version: 3 })
    expect((await fixture.ask('cluster.check', { cluster: 'production' })).passed).toBe(true)
  })

  it('is offered for a kubeconfig that would run aws, which itself stays refused', async () => {
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'aws',
      args: ['--region', place.region, 'eks', 'get-token', '--cluster-name', place.cluster],
    }
    const kubeconfig = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'c', cluster: { server: eks.real.server } }],
      users: [{ name: 'u', user: { exec } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    })
    const shown = await fixture.ask('cluster.preview', { name: 'production', kubeconfig })
    expect(shown.eks).toEqual({ ...place, roleArn: null, externalId: null })
    await expect(fixture.ask('cluster.register', { name: 'again', kubeconfig })).rejects.toMatchObject({
      code: 'invalid',
      detail: {
        remedy: expect.stringContaining(
          'fairlead cluster add production --eks production --region eu-central-1',
        ),
      },
    })
  })

  it('keeps its access key out of every answer, error and audit entry', async () => {
    const rows = [
      await fixture.database.db.auditEntry.findMany(),
      await fixture.database.db.change.findMany(),
    ]
    const json = JSON.stringify(rows, (_key, item: unknown) =>
      typeof item === 'bigint' ? String(item) : item,
    )
    expect([...fixture.said, json].join('\n')).not.toContain(key.secret)
  })
})

it('a process outside of any cluster refuses to register its own', async () =>
  await expect(fixture.ask('cluster.register', { name: 'own', inCluster: true })).rejects.toMatchObject({
    code: 'invalid',
    message: expect.stringContaining('does not run in a cluster'),
  }))
