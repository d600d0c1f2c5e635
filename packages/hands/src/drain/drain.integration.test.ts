import crypto from 'node:crypto'
import { alwaysOpen } from '@fairlead/contracts/freeze-gate'
import type { DrainView } from '@fairlead/contracts/hands'
import type { DrainId } from '@fairlead/contracts/ids'
import { recordIn } from '@fairlead/contracts/loose-json'
import type { KubeObject } from '@fairlead/kube/kube-object'
import { deleteObject, listObjects, patchObject } from '@fairlead/kube/objects'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  closedWindow,
  createHandsScene,
  deployment,
  eventually,
  type HandsScene,
} from '../testing/hands-scene'
import { dueDrains } from './due-drains'
import { drainReconciler, type DrainDeps } from './reconcile'

const mark = crypto.randomBytes(4).toString('hex')
/** Nodes of our own, which nothing else of this cluster tolerates: draining them disturbs nobody. */
const [from, onto] = [`drain-${mark}-a`, `drain-${mark}-b`] as const
const taint = { key: 'example.org/drain', value: mark, effect: 'NoSchedule' }
const place = {
  nodeSelector: { 'example.org/drain': mark },
  tolerations: [{ key: taint.key, operator: 'Exists' }],
}
let scene: HandsScene

const node = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    annotations: { 'kwok.x-k8s.io/node': 'fake' },
    labels: { 'kubernetes.io/hostname': name, 'example.org/drain': mark },
  },
  spec: { taints: [taint] },
})
const capacity = { cpu: '32', memory: '64Gi', pods: '110' }
const cordon = (name: string, unschedulable: boolean) =>
  patchObject(scene.admin, { apiVersion: 'v1', kind: 'Node', name }, { spec: { unschedulable } })
const podsOn = async (name: string): Promise<readonly KubeObject[]> => {
  const pods = await listObjects(
    scene.admin,
    { apiVersion: 'v1', kind: 'Pod' },
    { namespace: scene.namespace, fieldSelector: `spec.nodeName=${name}` },
  )
  return pods.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
}
const readyOf = async (name: string): Promise<number> =>
  Number(recordIn((await scene.live('Deployment', name))?.['status'])['readyReplicas'] ?? 0)

/** `replicas` pods of `name` on the node that is drained, all ready. */
async function land(name: string, replicas: number): Promise<void> {
  await cordon(from, false)
  await cordon(onto, true)
  await scene.apply(deployment(name, replicas, { spec: place }))
  await eventually(`${name} on ${from}`, async () => {
    const own = (await podsOn(from)).filter(({ metadata }) => metadata.labels?.['app'] === name)
    return own.length === replicas && (await readyOf(name)) === replicas
  })
}

const nodeRef = () => ({ cluster: scene.staging, name: from })
const view = async (id: string): Promise<DrainView> => {
  const drains = await scene.call('olga', 'node.drains', { cluster: scene.staging })
  const found = drains.find((drain) => drain.id === id)
  if (found === undefined) throw new Error('the drain is not listed')
  return found
}
const pass = (id: string, onStep?: DrainDeps['onStep']) =>
  drainReconciler({ ...scene.deps, ...(onStep === undefined ? {} : { onStep }) })(id, new Date())
/** As the worker would: again and again while it runs. */
const drive = (id: string, until: (seen: DrainView) => boolean | Promise<boolean>) =>
  eventually('the drain', async () => {
    await pass(id)
    const seen = await view(id)
    return (await until(seen)) ? seen : null
  })

beforeAll(async () => {
  scene = await createHandsScene()
  for (const name of [from, onto]) {
    await scene.apply(node(name))
    await scene.admin.request({
      method: 'PATCH',
      path: `/api/v1/nodes/${name}/status`,
      contentType: 'application/merge-patch+json',
      body: { status: { capacity, allocatable: capacity } },
    })
  }
})
afterAll(async () => {
  for (const name of [from, onto])
    await deleteObject(scene.admin, { apiVersion: 'v1', kind: 'Node', name }).catch(() => false)
  await scene.drop()
})
beforeEach(async () => {
  await cordon(from, false)
  for (const kind of ['Deployment', 'DaemonSet', 'PodDisruptionBudget', 'Pod'])
    for (const { apiVersion, metadata } of await listObjects(
      scene.admin,
      { apiVersion: kind === 'Pod' ? 'v1' : kind === 'PodDisruptionBudget' ? 'policy/v1' : 'apps/v1', kind },
      { namespace: scene.namespace },
    ))
      await deleteObject(scene.admin, { apiVersion, kind, namespace: scene.namespace, name: metadata.name })
  await eventually('an empty node', async () => (await podsOn(from)).length === 0)
})

const budget = (name: string, minAvailable: number) =>
  scene.apply({
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name },
    spec: { minAvailable, selector: { matchLabels: { app: name } } },
  })
const disruptionsAllowed = async (name: string): Promise<unknown> =>
  recordIn((await scene.live('PodDisruptionBudget', name))?.['status'])['disruptionsAllowed']

describe('the preview', () => {
  it('says of every pod of the node what would become of it, and why', async () => {
    await land('web', 1)
    await land('held', 2)
    await budget('held', 2)
    await scene.apply({
      ...deployment('agent', 1, { spec: place }),
      kind: 'DaemonSet',
      spec: (({ replicas: _, ...spec }) => spec)(
        deployment('agent', 1, { spec: place })['spec'] as Record<string, unknown>,
      ),
    })
    const bare = { containers: [{ name: 'web', image: 'registry.example/web:1' }], nodeName: from, ...place }
    await scene.apply({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'alone' }, spec: bare })
    await eventually('all of them', async () => {
      const names = (await podsOn(from)).map(({ metadata }) => metadata.name)
      const all = ['agent-', 'alone', 'held-', 'web-'].every((name) =>
        names.some((each) => each.startsWith(name)),
      )
      return all && (await disruptionsAllowed('held')) === 0
    })
    const plan = await scene.call('olga', 'node.planDrain', nodeRef())
    const stepOf = (start: string) => plan.pods.find(({ name }) => name.startsWith(start))?.step
    expect([stepOf('web-'), stepOf('held-'), stepOf('agent-'), stepOf('alone')]).toEqual([
      'evict',
      'wait',
      'leave',
      'refuse',
    ])
    expect(plan.counts).toEqual({ evict: 1, wait: 2, leave: 1, refuse: 1 })
    await expect(scene.call('olga', 'node.drain', nodeRef())).rejects.toMatchObject({ code: 'conflict' })
    expect(await scene.database.db.drain.count()).toBe(0)
    const told = await scene.call('olga', 'node.planDrain', { ...nodeRef(), unmanaged: true })
    expect(told.counts).toEqual({ evict: 2, wait: 2, leave: 1, refuse: 0 })
  })
})

describe('a drain', () => {
  it('waits for a budget, goes on when it allows it, and never goes below it', async () => {
    await land('web', 3)
    await budget('web', 2)
    await eventually('one disruption', async () => (await disruptionsAllowed('web')) === 1)
    const { id } = await scene.call('olga', 'node.drain', nodeRef())
    expect(scene.rung).toContainEqual({ doorbell: 'drain', key: id })
    expect(await dueDrains(scene.database.db, new Date())).toContain(id)
    // Nothing can land elsewhere yet: after the first eviction the budget holds.
    const held = await drive(id, ({ gone, waiting }) => gone === 1 && waiting.length === 2)
    expect(held.state).toBe('running')
    await drive(id, ({ waiting }) => waiting.some(({ reason }) => /budget/i.test(reason)))
    expect(await readyOf('web')).toBe(2)
    await cordon(onto, false)
    const done = await drive(id, ({ state }) => state !== 'running')
    expect(done).toMatchObject({ state: 'succeeded', total: 3, gone: 3, waiting: [] })
    expect(await podsOn(from)).toEqual([])
    expect(await readyOf('web')).toBeGreaterThanOrEqual(2)
    expect(recordIn((await nodeOf(from))?.['spec'])).toMatchObject({ unschedulable: true })
    expect(await scene.audited('node.drain')).toMatchObject({
      outcome: 'done',
      subjectName: `staging/${from}`,
      detail: { drain: id, evict: 3 },
    })
  })

  it('is finished by another process when the first one is killed between two evictions', async () => {
    await land('web', 3)
    await cordon(onto, false)
    const { id } = await scene.call('olga', 'node.drain', nodeRef())
    let evicted = 0
    const killed = pass(id, (step) => {
      if (step === 'evicted' && ++evicted === 2) throw new Error('killed')
    })
    await expect(killed).rejects.toThrow('killed')
    expect(await view(id)).toMatchObject({ state: 'running', total: 0 })
    expect(await dueDrains(scene.database.db, new Date())).toContain(id)
    const done = await drive(id, ({ state }) => state !== 'running')
    expect(done.state).toBe('succeeded')
    expect(await podsOn(from)).toEqual([])
  })

  it('stops when it is cancelled, and what a pass under way records does not bring it back', async () => {
    await land('web', 3)
    const { id } = await scene.call('olga', 'node.drain', nodeRef())
    let asked: Promise<unknown> = Promise.resolve()
    const drain = id as DrainId
    await pass(id, (step) => {
      if (step === 'acted') asked = scene.call('olga', 'node.cancelDrain', { drain })
    })
    await asked
    expect(await pass(id)).toEqual({ settled: true })
    expect(await view(id)).toMatchObject({
      state: 'cancelled',
      message: expect.stringContaining('olga') as string,
    })
    await expect(scene.call('olga', 'node.cancelDrain', { drain })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(scene.call('olga', 'node.uncordon', nodeRef())).resolves.toMatchObject({ changed: true })
  })

  it('is one, however often it is asked for, and keeps its node cordoned', async () => {
    await land('web', 1)
    await budget('web', 1)
    await eventually('no disruption', async () => (await disruptionsAllowed('web')) === 0)
    const both = await Promise.allSettled([
      scene.call('olga', 'node.drain', nodeRef()),
      scene.call('olga', 'node.drain', nodeRef()),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(scene.call('olga', 'node.uncordon', nodeRef())).rejects.toMatchObject({ code: 'conflict' })
    const [drain] = await scene.call('olga', 'node.drains', { cluster: scene.staging, node: from })
    await scene.call('olga', 'node.cancelDrain', { drain: drain?.id as DrainId })
    expect(await podsOn(from)).toHaveLength(1)
  })
})

const nodeOf = async (name: string): Promise<KubeObject | undefined> =>
  (await listObjects(scene.admin, { apiVersion: 'v1', kind: 'Node' }, {})).find(
    ({ metadata }) => metadata.name === name,
  )

describe('a node', () => {
  it('is cordoned and uncordoned, once each', async () => {
    expect(await scene.call('olga', 'node.cordon', nodeRef())).toMatchObject({ changed: true })
    expect(recordIn((await nodeOf(from))?.['spec'])['unschedulable']).toBe(true)
    expect(await scene.call('olga', 'node.cordon', nodeRef())).toMatchObject({ changed: false })
    expect(await scene.call('olga', 'node.uncordon', nodeRef())).toMatchObject({ changed: true })
    expect(recordIn((await nodeOf(from))?.['spec'])['unschedulable']).toBeUndefined()
  })

  it('is nobody’s who has a part of the cluster only', async () => {
    await expect(scene.call('paul', 'node.cordon', nodeRef())).rejects.toMatchObject({ code: 'forbidden' })
    await expect(scene.call('paul', 'node.planDrain', nodeRef())).rejects.toMatchObject({ code: 'forbidden' })
    expect(recordIn((await nodeOf(from))?.['spec'])['unschedulable']).toBeUndefined()
  })

  it('of a production cluster is drained only with its typed name', async () => {
    const wanted = { ...nodeRef(), cluster: scene.production }
    await expect(scene.call('olga', 'node.drain', wanted)).rejects.toMatchObject({ code: 'invalid' })
    await expect(scene.call('olga', 'node.drain', { ...wanted, confirm: from })).resolves.toMatchObject({
      id: expect.any(String) as string,
    })
  })
})

describe('a drain and a freeze window', () => {
  afterEach(() => void (scene.window = alwaysOpen))

  it('that began before its first look holds it, its deadline stands still, and it goes on when it opens', async () => {
    await land('web', 1)
    const { id } = await scene.call('olga', 'node.drain', { ...nodeRef(), timeoutSeconds: 60 })
    scene.window = closedWindow('finish')
    await pass(id)
    expect(await view(id)).toMatchObject({
      state: 'running',
      message: expect.stringContaining('Frozen: year-end'),
    })
    const { deadlineAt } = await view(id)
    await drainReconciler(scene.deps)(id, new Date(Date.parse(deadlineAt) + 60_000))
    expect(await view(id)).toMatchObject({ state: 'running' })
    scene.window = alwaysOpen
    await pass(id)
    await cordon(onto, false)
    expect(await drive(id, ({ state }) => state !== 'running')).toMatchObject({ state: 'succeeded' })
  })

  it('that began while it ran lets it finish, or holds it where the window says so', async () => {
    await land('held', 1)
    await budget('held', 1)
    await eventually('a budget that allows nothing', async () => (await disruptionsAllowed('held')) === 0)
    const { id } = await scene.call('olga', 'node.drain', nodeRef())
    await drive(id, ({ total }) => total === 1)
    scene.window = closedWindow('finish')
    await pass(id)
    expect((await view(id)).message).not.toContain('Frozen')
    scene.window = closedWindow('pause')
    await pass(id)
    expect((await view(id)).message).toContain('Frozen')
    await scene.call('olga', 'node.cancelDrain', { drain: id as DrainId })
  })
})
