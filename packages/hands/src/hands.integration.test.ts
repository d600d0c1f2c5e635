import { labelKeys } from '@fairlead/contracts/labels'
import { handsFieldManager } from '@fairlead/contracts/hand-states'
import { recordIn } from '@fairlead/contracts/loose-json'
import { deleteObject } from '@fairlead/kube/objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHandsScene, deployment, eventually, type HandsScene } from './testing/hands-scene'

let scene: HandsScene
const refOf = (name: string, cluster = scene.staging) => ({
  cluster,
  kind: 'Deployment' as const,
  namespace: scene.namespace,
  name,
})
const specOf = async (name: string) => recordIn((await scene.live('Deployment', name))?.['spec'])
const templateOf = async (name: string) => recordIn(recordIn((await specOf(name))['template'])['metadata'])

beforeAll(async () => {
  scene = await createHandsScene()
})
afterAll(() => scene.drop())

describe('scale', () => {
  it('changes the number in the cluster, and says exactly what was changed in the audit log', async () => {
    const { metadata } = await scene.apply(deployment('scaled', 1))
    const handled = await scene.call('dan', 'workload.scale', { ...refOf('scaled'), replicas: 3, from: 1 })
    expect(handled).toEqual({ changed: true, notes: [] })
    expect(await specOf('scaled')).toMatchObject({ replicas: 3 })
    const owners = (await scene.live('Deployment', 'scaled'))?.metadata.managedFields ?? []
    expect(owners.some(({ manager }) => manager === handsFieldManager)).toBe(true)
    expect(await scene.audited('workload.scale')).toMatchObject({
      outcome: 'done',
      actorId: 'dan',
      projectId: scene.projectId,
      subjectKind: 'Deployment',
      subjectId: metadata.uid,
      subjectName: `staging/${scene.namespace}/scaled`,
      detail: { from: 1, to: 3, cluster: 'staging', namespace: scene.namespace },
    })
  })

  it('leaves a number alone that somebody else changed meanwhile', async () => {
    await scene.apply(deployment('raced', 2))
    await expect(
      scene.call('dan', 'workload.scale', { ...refOf('raced'), replicas: 5, from: 1 }),
    ).rejects.toMatchObject({ code: 'stale' })
    expect(await specOf('raced')).toMatchObject({ replicas: 2 })
    expect(await scene.audited('workload.scale')).toMatchObject({
      outcome: 'failed',
      subjectName: `staging/${scene.namespace}/raced`,
    })
  })

  it('says that an application declares it and that an autoscaler decides it', async () => {
    await scene.apply(deployment('owned', 1, { labels: { [labelKeys.application]: 'checkout' } }))
    await scene.apply({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'owned-hpa' },
      spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'owned' }, maxReplicas: 4 },
    })
    const { notes } = await scene.call('dan', 'workload.scale', { ...refOf('owned'), replicas: 2 })
    expect(notes).toEqual([
      expect.stringContaining('The application checkout declares it'),
      expect.stringContaining('owned-hpa (1 to 4 replicas)'),
    ])
  })

  it('takes everything away in production only with the typed name', async () => {
    await scene.apply(deployment('precious', 2))
    const zero = { ...refOf('precious', scene.production), replicas: 0 }
    await expect(scene.call('dan', 'workload.scale', zero)).rejects.toMatchObject({ code: 'invalid' })
    await expect(scene.call('dan', 'workload.scale', { ...zero, confirm: 'other' })).rejects.toMatchObject({
      detail: { expected: 'precious' },
    })
    expect(await specOf('precious')).toMatchObject({ replicas: 2 })
    await scene.call('dan', 'workload.scale', { ...zero, confirm: 'precious' })
    expect(await specOf('precious')).toMatchObject({ replicas: 0 })
  })
})

describe('who may', () => {
  it('is decided by the destination of a project, and a refusal stands in the audit log', async () => {
    await scene.apply(deployment('guarded', 1))
    const wanted = { ...refOf('guarded'), replicas: 2 }
    await expect(scene.call('vic', 'workload.scale', wanted)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      scene.call('dan', 'workload.scale', { ...wanted, namespace: 'kube-system' }),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await scene.audited('workload.scale')).toMatchObject({ outcome: 'denied', actorId: 'dan' })
    await expect(scene.call('dan', 'object.delete', { ...refOf('guarded'), uid: 'x' })).rejects.toMatchObject(
      { code: 'forbidden' },
    )
    expect(await specOf('guarded')).toMatchObject({ replicas: 1 })
  })
})

describe('restart', () => {
  it('rolls out a pod template that differs by its annotation alone', async () => {
    await scene.apply(deployment('restarted', 1, { labels: { [labelKeys.application]: 'checkout' } }))
    const { notes } = await scene.call('dan', 'workload.restart', refOf('restarted'))
    expect(notes).toEqual([expect.stringContaining('nothing drifts')])
    expect(await templateOf('restarted')).toMatchObject({
      annotations: { 'kubectl.kubernetes.io/restartedAt': expect.stringMatching(/^\d{4}-.*Z$/) as string },
      labels: { app: 'restarted' },
    })
    await eventually('a second revision', async () => {
      const live = await scene.live('Deployment', 'restarted')
      return live?.metadata.annotations?.['deployment.kubernetes.io/revision'] === '2'
    })
  })

  it('refuses what is paused: nothing would happen', async () => {
    const paused = deployment('paused', 1)
    await scene.apply({ ...paused, spec: { ...recordIn(paused['spec']), paused: true } })
    await expect(scene.call('dan', 'workload.restart', refOf('paused'))).rejects.toMatchObject({
      code: 'conflict',
    })
    expect((await templateOf('paused'))['annotations']).toBeUndefined()
  })

  it('refuses a kind that has no pod template to roll out', async () => {
    await expect(
      scene.call('paul', 'workload.restart', { ...refOf('x'), kind: 'Service' }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('delete', () => {
  it('deletes the object that was looked at, never one that was created anew under its name', async () => {
    const first = await scene.apply(deployment('anew', 0))
    await deleteObject(scene.admin, { ...refOf('anew'), apiVersion: 'apps/v1' })
    const second = await eventually('the second one', async () => {
      const object = await scene.apply(deployment('anew', 0))
      return object.metadata.uid === first.metadata.uid ? null : object
    })
    const old = { ...refOf('anew'), uid: first.metadata.uid ?? '' }
    await expect(scene.call('paul', 'object.delete', old)).rejects.toMatchObject({ code: 'stale' })
    expect((await scene.live('Deployment', 'anew'))?.metadata.uid).toBe(second.metadata.uid)
    await scene.call('paul', 'object.delete', { ...old, uid: second.metadata.uid ?? '' })
    await eventually('its end', async () => (await scene.live('Deployment', 'anew')) === null)
    expect(await scene.audited('object.delete')).toMatchObject({
      outcome: 'done',
      subjectId: second.metadata.uid,
      detail: { propagation: 'Background' },
    })
  })

  it('asks for the typed name in production, on the server', async () => {
    const { metadata } = await scene.apply(deployment('typed', 0))
    const wanted = { ...refOf('typed', scene.production), uid: metadata.uid ?? '' }
    await expect(scene.call('paul', 'object.delete', wanted)).rejects.toMatchObject({
      code: 'invalid',
      detail: { path: 'confirm' },
    })
    expect(await scene.live('Deployment', 'typed')).not.toBeNull()
    await scene.call('paul', 'object.delete', { ...wanted, confirm: 'typed' })
    await eventually('its end', async () => (await scene.live('Deployment', 'typed')) === null)
  })
})
