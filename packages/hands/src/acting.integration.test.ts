import { isFairleadError } from '@fairlead/contracts/errors'
import { recordIn } from '@fairlead/contracts/loose-json'
import type { EntryName } from '@fairlead/contracts/surface'
import { eventually } from '@fairlead/inventory/testing/inventory-fixture'
import { getObject, listObjects } from '@fairlead/kube/objects'
import { whoAmI } from '@fairlead/kube/who-am-i'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drainReconciler } from './drain/reconcile'
import { createActingScene, noWindows, type ActingScene, type Person } from './testing/acting-scene'
import { deployment } from './testing/hands-scene'

let scene: ActingScene
const address = (person: Person): string => `fairlead:${person}@example.org`
const web = () => ({
  cluster: scene.cluster,
  kind: 'Deployment' as const,
  namespace: scene.namespace,
  name: 'web',
})
const replicas = async (): Promise<unknown> => {
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: scene.namespace, name: 'web' }
  return recordIn((await getObject(scene.admin, ref))?.['spec'])['replicas']
}
const scale = (person: Person, to: number) => scene.ask(person, 'workload.scale', { ...web(), replicas: to })
const audited = (action: EntryName) =>
  scene.fixture.database.db.auditEntry.findFirstOrThrow({ where: { action }, orderBy: { sequence: 'desc' } })
/** Until the API server's authoriser knows of a binding; null meanwhile. */
const unlessDenied = <T>(asked: Promise<T>): Promise<T | null> =>
  asked.catch((error: unknown) => {
    if (isFairleadError(error) && error.code === 'cluster_denied') return null
    throw error
  })
const runningPod = () =>
  eventually('a pod of web runs', async () => {
    const pods = await listObjects(
      scene.admin,
      { apiVersion: 'v1', kind: 'Pod' },
      { namespace: scene.namespace },
    )
    return pods.find(({ status }) => recordIn(status)['phase'] === 'Running')?.metadata.name
  })

beforeAll(async () => {
  scene = await createActingScene(process.env)
  const manifest = deployment('web', 1)
  await scene.apply({ ...manifest, metadata: { ...manifest.metadata, namespace: scene.namespace } })
})
afterAll(() => scene.close())

describe('before its owner allows it', () => {
  it('acting as people cannot be switched on, and the words say which right is missing', async () => {
    const on = scene.ask('ada', 'cluster.setActing', { cluster: 'real', actAs: 'person' })
    const user = `impersonate users ${address('ada')}`
    await expect(on).rejects.toMatchObject({
      code: 'cluster_denied',
      detail: {
        found: `missing: ${user}, impersonate groups fairlead:installation:administrator`,
        remedy: expect.stringContaining('fairlead-impersonation.yaml') as string,
      },
    })
    expect(await audited('cluster.setActing')).toMatchObject({ outcome: 'failed', subjectName: 'real' })
    expect(await scene.ask('ada', 'cluster.acting', { cluster: 'real' })).toMatchObject({
      actAs: 'fairlead',
      works: false,
      reachesMasters: false,
      you: { user: address('ada') },
    })
  })

  it('hands are Fairlead’s own, whoever asks, and the audit log says so', async () => {
    await eventually('Fairlead may', () => unlessDenied(scale('paul', 2)))
    expect(await replicas()).toBe(2)
    expect((await audited('workload.scale')).detail).toMatchObject({ actedInClusterAs: 'Fairlead' })
  })

  it('nobody but an administrator of clusters sets it', async () => {
    await expect(
      scene.ask('nora', 'cluster.setActing', { cluster: 'real', actAs: 'fairlead' }),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('once it is allowed and switched on', () => {
  beforeAll(async () => {
    await scene.allowImpersonation()
    const view = await eventually('the cluster takes names', async () => {
      const asked = await scene.ask('ada', 'cluster.acting', { cluster: 'real' })
      return asked.works && asked.reachesMasters && asked
    })
    expect(view.missing).toEqual([])
    await scene.ask('ada', 'cluster.setActing', { cluster: 'real', actAs: 'person' })
    expect(await audited('cluster.setActing')).toMatchObject({
      outcome: 'done',
      actorId: 'ada',
      detail: { actAs: 'person', reachesMasters: true },
    })
  })

  it('the cluster sees the person and their roles there, and Fairlead where nobody asks', async () => {
    const { connections } = scene.fixture
    const olga = await connections.clientFor(scene.cluster, scene.as('olga').actor)
    const seen = await whoAmI(olga)
    expect({ ...seen, groups: [...seen.groups].sort() }).toMatchObject({
      username: address('olga'),
      groups: ['fairlead:project:shop', 'fairlead:project:shop:operator', 'system:authenticated'],
    })
    expect((await whoAmI(await connections.clientOf(scene.cluster))).username).toBe(scene.itself)
    expect(await connections.clientFor(scene.cluster, scene.as('olga').actor)).toBe(olga)
    expect(await connections.clientFor(scene.cluster, scene.as('paul').actor)).not.toBe(olga)
  })

  it('whom the cluster gave a role may scale, and nobody else, though Fairlead’s own role allows it', async () => {
    await scene.bind('edit', { kind: 'User', name: address('olga') })
    expect(await eventually('olga may', () => unlessDenied(scale('olga', 3)))).toMatchObject({
      changed: true,
    })
    expect(await audited('workload.scale')).toMatchObject({
      outcome: 'done',
      actorId: 'olga',
      detail: { actedInClusterAs: address('olga') },
    })
    await expect(scale('paul', 9)).rejects.toMatchObject({
      code: 'cluster_denied',
      message: expect.stringContaining(`User "${address('paul')}" cannot`) as string,
      detail: {
        remedy: expect.stringMatching(/fairlead:project:shop:operator.*Its owner can bind/) as string,
      },
    })
    expect(await replicas()).toBe(3)
    expect(await audited('workload.scale')).toMatchObject({
      outcome: 'failed',
      actorId: 'paul',
      detail: { code: 'cluster_denied', actedInClusterAs: address('paul') },
    })
  })

  it('what is asked live is asked in their name, and a refusal names it', async () => {
    const named = { code: 'cluster_denied', message: expect.stringContaining(address('paul')) as string }
    await expect(scene.ask('paul', 'object.yaml', web())).rejects.toMatchObject(named)
    const side = { cluster: 'real', namespace: scene.namespace }
    const { leftOut, counts } = await scene.ask('paul', 'fleet.compare', { left: side, right: side })
    expect(leftOut).toEqual(expect.arrayContaining([expect.stringContaining(address('paul'))]))
    expect(counts).toEqual({ different: 0, left: 0, right: 0, equal: 0 })
  })

  it('reading is not writing: the dry run of an edit and the review of a shell are the person’s', async () => {
    const pod = await runningPod()
    await scene.bind('view', { kind: 'User', name: address('paul') })
    const { yaml } = await eventually('paul may read', () =>
      unlessDenied(scene.ask('paul', 'object.yaml', web())),
    )
    const edited = yaml.replace(/replicas: \d+/, 'replicas: 7')
    const plan = await scene.ask('paul', 'object.planEdit', { ...web(), base: yaml, edited })
    expect(plan.refused).toContain(address('paul'))
    await expect(
      scene.ask('paul', 'pod.openShell', { ...web(), pod, container: 'web' }),
    ).rejects.toMatchObject({
      code: 'cluster_denied',
      message: expect.stringMatching(/does not let fairlead:paul@example\.org .* run commands/) as string,
    })
    expect(await audited('pod.openShell')).toMatchObject({
      outcome: 'failed',
      detail: { actedInClusterAs: address('paul') },
    })
  })

  it('a role for a group reaches everybody who holds that role in the project', async () => {
    await scene.bind('edit', { kind: 'Group', name: 'fairlead:project:shop:operator' })
    await eventually('paul may', () => unlessDenied(scale('paul', 4)))
    expect(await replicas()).toBe(4)
  })

  it('a drain goes on in the name of whoever asked for it', async () => {
    const name = `drain-${scene.namespace}`
    const taints = [{ key: 'example.org/nobody', effect: 'NoSchedule' }]
    await scene.apply({ apiVersion: 'v1', kind: 'Node', metadata: { name }, spec: { taints } })
    const operators = { kind: 'Group', name: 'fairlead:installation:operator' } as const
    await scene.bind('fairlead-hands', operators, 'everywhere')
    const takeBack = await scene.bind('fairlead-console', operators, 'everywhere')
    const node = { cluster: scene.cluster, name }
    const { id } = await eventually('nora may', () => unlessDenied(scene.ask('nora', 'node.drain', node)))
    const { db } = scene.fixture.database
    expect(await db.drain.findUniqueOrThrow({ where: { id } })).toMatchObject({
      principal: { user: address('nora'), groups: ['fairlead:installation:operator'] },
    })
    await takeBack()
    await eventually(
      'nora may no more',
      async () => (await unlessDenied(scene.ask('nora', 'node.planDrain', node))) === null,
    )
    await drainReconciler({ db, clusters: scene.fixture.connections, freeze: noWindows })(id, new Date())
    expect(await db.drain.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'failed',
      message: expect.stringContaining(`User "${address('nora')}" cannot`) as string,
    })
    await scene.admin.request({ method: 'DELETE', path: `/api/v1/nodes/${name}` })
  })

  it('a new credential leaves no client of the old one behind', async () => {
    const { connections } = scene.fixture
    const { actor } = scene.as('olga')
    const before = await connections.clientFor(scene.cluster, actor)
    await scene.ask('ada', 'cluster.rotate', { cluster: 'real', token: await scene.newToken() })
    const after = await connections.clientFor(scene.cluster, actor)
    expect(after).not.toBe(before)
    await expect(whoAmI(before)).rejects.toMatchObject({ code: 'unavailable' })
    expect((await whoAmI(after)).username).toBe(address('olga'))
  })

  it('it is switched off at once, for everybody', async () => {
    await scene.ask('ada', 'cluster.setActing', { cluster: 'real', actAs: 'fairlead' })
    const { connections } = scene.fixture
    const olga = await connections.clientFor(scene.cluster, scene.as('olga').actor)
    expect((await whoAmI(olga)).username).toBe(scene.itself)
    expect((await scene.ask('ada', 'cluster.get', { cluster: 'real' })).actAs).toBe('fairlead')
  })
})
