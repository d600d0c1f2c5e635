import { handsFieldManager } from '@fairlead/contracts/hand-states'
import { FairleadError } from '@fairlead/contracts/errors'
import { deleteObject, getObject, patchObject } from '@fairlead/kube/objects'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  application,
  configMap,
  createScene,
  deployment,
  documents,
  secret,
  type Scene,
} from '../testing/scene'

// What people and controllers do to a cluster behind our back, on a real API server.
let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})
afterAll(() => scene.drop())

const ref = (kind: string, name: string) => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  namespace: scene.namespace,
  name,
})
const web = () => ref('Deployment', 'web')
const replicas = async () => (await getObject(scene.client, web()))?.['spec']
const manifests = documents(
  deployment({ replicas: 1 }),
  configMap('config', { k: 'v' }),
  secret('keys', { token: 'planted-in-a-secret' }),
)
const drift = async (stage = 'staging') => {
  const { targets } = await scene.call('vic', 'drift.get', { application: 'web' })
  const target = targets.find((each) => each.stage === stage)
  if (target === undefined) throw new Error(`stage ${stage} is not compared`)
  return target
}
const write = (fieldManager: string, patch: Readonly<Record<string, unknown>>, of = web()) =>
  patchObject(scene.client, of, patch, { fieldManager })
const apply = (mode: string) =>
  scene.call('ada', 'application.apply', {
    document: application(scene.namespace, [{ name: 'staging', drift: mode }]),
  })

describe('what is compared with the verified release', () => {
  it('begins with the first verified release, and is in sync', async () => {
    await apply('detect')
    expect(await scene.call('vic', 'drift.get', { application: 'web' })).toMatchObject({ targets: [] })
    const { rollout } = await scene.call('ada', 'rollout.deploy', {
      application: 'web',
      change: { manifests },
    })
    expect(await scene.drive(rollout)).toMatchObject({ rollout: 'succeeded' })
    await scene.compare()
    expect(await drift()).toMatchObject({ state: 'in_sync', release: 1, objects: [], since: null })
  })

  it('names the field, the tool and the time of an edit, and changes nothing by itself', async () => {
    await write('kubectl-edit', { spec: { replicas: 3 } })
    await scene.compare()
    const seen = await drift()
    expect(seen).toMatchObject({
      state: 'drifted',
      wanted: null,
      objects: [
        {
          kind: 'Deployment',
          name: 'web',
          change: 'changed',
          authors: [
            {
              manager: 'kubectl-edit',
              operation: 'Update',
              at: expect.stringMatching(/^\d{4}-/),
              fields: ['spec.replicas'],
            },
          ],
        },
      ],
    })
    const lines = seen.objects[0]?.diff.map(({ kind, text }) => [kind, text.trim()])
    expect(lines).toContainEqual(['remove', 'replicas: 3'])
    expect(lines).toContainEqual(['add', 'replicas: 1'])
    expect(await replicas()).toMatchObject({ replicas: 3 })
    const [summary] = await scene.call('vic', 'application.list', {})
    expect(summary?.stages[0]?.drift).toMatchObject({ state: 'drifted', objects: 1 })
  })

  it('is put back when somebody who may asks, and says so in the timeline', async () => {
    const wish = { application: 'web', stage: 'staging', reason: 'It was a trial' }
    await expect(scene.call('vic', 'drift.putBack', wish)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await scene.call('ada', 'drift.putBack', wish)).toEqual({ targets: 1 })
    expect((await drift()).wanted).toMatchObject({ by: 'ada' })
    await scene.compare()
    expect(await drift()).toMatchObject({ state: 'in_sync', objects: [], wanted: null })
    expect(await replicas()).toMatchObject({ replicas: 1 })
    await expect(scene.call('ada', 'drift.putBack', wish)).rejects.toMatchObject({ code: 'conflict' })
    const entries = await scene.database.db.rolloutEntry.findMany({ where: { kind: 'drift' } })
    expect(entries.map(({ message }) => message)).toEqual([
      'Deployment web differs from its release: spec.replicas by kubectl-edit.',
      'Put back as ada asked: Deployment web.',
    ])
  })

  it('shows that a Secret differs and nothing of its values', async () => {
    await write('kubectl-edit', { stringData: { token: 'another-plant' } }, ref('Secret', 'keys'))
    await scene.compare()
    const seen = await drift()
    expect(seen.objects).toMatchObject([{ kind: 'Secret', name: 'keys', change: 'changed' }])
    const stored = JSON.stringify(await scene.database.db.stageDrift.findMany())
    for (const text of ['planted-in-a-secret', 'another-plant'])
      for (const written of [text, Buffer.from(text).toString('base64')])
        expect(stored).not.toContain(written)
  })

  it('is not known while a cluster does not answer, and keeps what was seen with its time', async () => {
    const before = await drift()
    const { clientOf } = scene
    scene.clientOf = () => Promise.reject(new FairleadError('cluster_unreachable', 'It is silent.'))
    await scene.compare()
    scene.clientOf = clientOf
    expect(await drift()).toMatchObject({
      state: 'unknown',
      reason: 'It is silent.',
      checkedAt: before.checkedAt,
      objects: [{ kind: 'Secret' }],
    })
  })
})

describe('a stage that heals', () => {
  it('puts back what people’s tools changed and what is missing', async () => {
    await apply('heal')
    await deleteObject(scene.client, ref('ConfigMap', 'config'))
    await write(handsFieldManager, { spec: { replicas: 2 } })
    await scene.compare()
    expect(await drift()).toMatchObject({ state: 'in_sync', objects: [] })
    expect(await replicas()).toMatchObject({ replicas: 1 })
    expect(await getObject(scene.client, ref('ConfigMap', 'config'))).toMatchObject({ data: { k: 'v' } })
  })

  it('leaves a field that a controller may write again to a person', async () => {
    await write('autoscale-operator', { spec: { replicas: 4 } })
    await scene.compare()
    expect(await drift()).toMatchObject({
      state: 'drifted',
      reason: 'autoscale-operator may write it again: a person has to decide.',
    })
    expect(await replicas()).toMatchObject({ replicas: 4 })
    await scene.call('ada', 'drift.putBack', { application: 'web', stage: 'staging' })
    await scene.compare()
    expect(await drift()).toMatchObject({ state: 'in_sync' })
    expect(await replicas()).toMatchObject({ replicas: 1 })
  })

  it('waits for a freeze window, which it names', async () => {
    const { window } = scene
    const closedBy = [{ window: 'year-end', mode: 'deny', reason: 'The books are closed' }] as const
    scene.window = {
      open: false,
      closedBy,
      running: 'finish',
      opensAt: null,
      opensBecause: 'It never opens.',
    }
    await write('kubectl-edit', { spec: { replicas: 5 } })
    await scene.compare()
    expect(await drift()).toMatchObject({
      state: 'drifted',
      reason: 'Frozen: year-end (The books are closed). It never opens.',
    })
    expect(await replicas()).toMatchObject({ replicas: 5 })
    scene.window = window
    await scene.compare()
    expect(await drift()).toMatchObject({ state: 'in_sync' })
  })

  it('stops when the same comes back again and again', async () => {
    for (let time = 0; time < 3; time++) {
      await write('kubectl-edit', { spec: { replicas: 6 } })
      await scene.compare()
    }
    await write('kubectl-edit', { spec: { replicas: 6 } })
    await scene.compare()
    expect(await drift()).toMatchObject({
      state: 'drifted',
      reason: expect.stringContaining('differs again'),
    })
    expect(await replicas()).toMatchObject({ replicas: 6 })
  })
})
