import { recordIn, recordsIn } from '@fairlead/contracts/loose-json'
import { toYaml } from '@fairlead/kube/yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHandsScene, deployment, eventually, type HandsScene } from '../testing/hands-scene'

let scene: HandsScene
const refOf = (name: string) => ({
  cluster: scene.staging,
  kind: 'Deployment' as const,
  namespace: scene.namespace,
  name,
})
const liveOf = async (name: string) => {
  const live = await scene.live('Deployment', name)
  if (live === null) throw new Error(`there is no ${name}`)
  return live
}
const imageOf = async (name: string): Promise<unknown> => {
  const template = recordIn(recordIn((await liveOf(name))['spec'])['template'])
  return recordsIn(recordIn(template['spec'])['containers'])[0]?.['image']
}
/** What the YAML tab shows, and what somebody made of it. */
const edit = async (name: string, from: string | RegExp, to: string) => {
  const base = toYaml(await liveOf(name))
  const edited = base.replace(from, to)
  expect(edited).not.toBe(base)
  return { ...refOf(name), base, edited }
}
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

beforeAll(async () => {
  scene = await createHandsScene()
})
afterAll(() => scene.drop())

describe('an edit', () => {
  it('is shown before it is done: the lines that change, whose fields they are, and that pods restart', async () => {
    await scene.apply(deployment('shown', 1))
    const wanted = await edit('shown', 'web:1', 'web:2')
    const plan = await scene.call('paul', 'object.planEdit', wanted)
    expect(plan).toMatchObject({ refused: null, meanwhile: [], restarts: true })
    expect(plan.diff.filter(({ kind }) => kind === 'add').map(({ text }) => text.trim())).toEqual([
      '- image: registry.example/web:2',
    ])
    expect(plan.conflicts).toEqual([
      { field: 'spec.template.spec.containers[name=web].image', manager: 'test' },
    ])
    expect(await imageOf('shown')).toBe('registry.example/web:1')
  })

  it('takes fields of others only when it is told to, and leaves what nobody was shown', async () => {
    const hidden = deployment('taken', 1)
    await scene.apply({ ...hidden, metadata: { name: 'taken', annotations: { [lastApplied]: '{"a":1}' } } })
    const wanted = await edit('taken', 'web:1', 'web:2')
    await expect(scene.call('paul', 'object.edit', wanted)).rejects.toMatchObject({ code: 'conflict' })
    expect(await imageOf('taken')).toBe('registry.example/web:1')
    expect(await scene.call('paul', 'object.edit', { ...wanted, takeOver: true })).toMatchObject({
      changed: true,
    })
    expect(await imageOf('taken')).toBe('registry.example/web:2')
    expect((await liveOf('taken')).metadata.annotations?.[lastApplied]).toBe('{"a":1}')
    const { detail, ...entry } = await scene.audited('object.edit')
    expect(entry).toMatchObject({
      outcome: 'done',
      subjectId: (await liveOf('taken')).metadata.uid,
      projectId: scene.projectId,
    })
    expect(detail).toMatchObject({
      fields: ['spec.template.spec.containers[0].image'],
      takenFrom: ['test'],
    })
    expect(JSON.stringify(detail)).not.toContain('web:2')
  })

  it('is not done on what somebody else changed meanwhile, and shows what that was', async () => {
    await scene.apply(deployment('meanwhile', 1))
    const wanted = await edit('meanwhile', 'web:1', 'web:2')
    await scene.apply(deployment('meanwhile', 2))
    const plan = await scene.call('paul', 'object.planEdit', wanted)
    expect(plan.meanwhile.filter(({ kind }) => kind === 'add').map(({ text }) => text.trim())).toEqual([
      'replicas: 2',
    ])
    await expect(scene.call('paul', 'object.edit', { ...wanted, takeOver: true })).rejects.toMatchObject({
      code: 'stale',
    })
    expect(await imageOf('meanwhile')).toBe('registry.example/web:1')
  })

  it('does not mind what controllers write into its status', async () => {
    await scene.apply(deployment('busy', 1))
    const wanted = await edit('busy', 'web:1', 'web:2')
    const before = (await liveOf('busy')).metadata.resourceVersion
    await eventually('a status', async () => {
      const live = await liveOf('busy')
      return live.metadata.resourceVersion !== before || recordIn(live['status'])['readyReplicas'] === 1
    })
    await scene.call('paul', 'object.edit', { ...wanted, takeOver: true })
    expect(await imageOf('busy')).toBe('registry.example/web:2')
  })

  it.each([
    ['an immutable field', /(matchLabels:\n\s+app: )fixed/, '$1other', /immutable field/],
    ['a field that does not exist', /( +)replicas: 1/, '$1replicaz: 1', /replicaz/],
  ])('of %s is refused in the plan, in words', async (_, from, to, words) => {
    await scene.apply(deployment('fixed', 1))
    const wanted = await edit('fixed', from, to)
    const plan = await scene.call('paul', 'object.planEdit', wanted)
    expect(plan.refused).toMatch(words)
    await expect(scene.call('paul', 'object.edit', wanted)).rejects.toMatchObject({
      code: 'cluster_refused',
    })
    expect(await imageOf('fixed')).toBe('registry.example/web:1')
  })

  it('never makes another object of it, and is never of a Secret', async () => {
    await scene.apply(deployment('named', 1))
    const renamed = await edit('named', /name: named/, 'name: renamed')
    await expect(scene.call('paul', 'object.planEdit', renamed)).rejects.toMatchObject({
      code: 'invalid',
      detail: { path: 'metadata.name' },
    })
    const { base } = renamed
    await expect(
      scene.call('paul', 'object.planEdit', { ...renamed, edited: `${base}---\n${base}` }),
    ).rejects.toMatchObject({ code: 'invalid', detail: { found: '2 documents' } })
    await expect(
      scene.call('paul', 'object.planEdit', { ...renamed, kind: 'Secret' as never }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  it('is for operators', async () => {
    await scene.apply(deployment('guarded', 1))
    const wanted = await edit('guarded', 'web:1', 'web:2')
    await expect(scene.call('dan', 'object.edit', wanted)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await imageOf('guarded')).toBe('registry.example/web:1')
  })
})
