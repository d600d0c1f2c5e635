import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { application, createScene, deployment, type Scene } from '../testing/scene'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})
afterAll(() => scene.drop())

const apply = (document: string) =>
  scene.call('ada', 'application.apply', { document, file: 'shop/web.yaml' })
const two = () =>
  application(scene.namespace, [{ name: 'staging' }, { name: 'production', approval: '{ quorum: 1 }' }])

describe('application.apply', () => {
  it('creates, and then changes the same application', async () => {
    const first = await apply(two())
    expect(first.created).toBe(true)
    expect(await apply(two())).toEqual({ id: first.id, created: false })
    const detail = await scene.call('vic', 'application.get', { application: 'web' })
    expect(
      detail.stages.map(({ name, clusters, approvalRequired }) => [name, clusters, approvalRequired]),
    ).toEqual([
      ['staging', ['staging'], false],
      ['production', ['staging'], true],
    ])
    expect(detail.deployable).toMatchObject({ passed: false })
  })

  it('names file and line of every cluster that is none, or none of this project, by the same words', async () => {
    const document = two().replaceAll('clusters: [staging]', 'clusters: [staging, nowhere]')
    await expect(apply(document)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(
        /shop\/web\.yaml:7: Stage staging.*nowhere.*shop\/web\.yaml:11: Stage production.*nowhere/,
      ),
      detail: { file: 'shop/web.yaml', line: 7, path: 'spec.stages[0].targets.clusters', found: 'nowhere' },
    })
  })

  it('refuses to lose a stage that a rollout is using, and keeps the document as it was', async () => {
    const { rollout } = await scene.call('ada', 'rollout.deploy', {
      application: 'web',
      change: { manifests: deployment() },
    })
    await expect(apply(two().replace('name: production', 'name: live'))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('production'),
    })
    expect(
      (await scene.call('ada', 'application.get', { application: 'web' })).document.spec.stages[1]?.name,
    ).toBe('production')
    await scene.call('ada', 'rollout.cancel', { rollout, reason: 'enough' })
    expect(await apply(two().replace('name: production', 'name: live'))).toMatchObject({ created: false })
  })

  it('takes the right to write applications, and tells nobody of projects that are not theirs', async () => {
    await expect(scene.call('vic', 'application.apply', { document: two() })).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(apply(two().replace('project: shop', 'project: secret'))).rejects.toMatchObject({
      code: 'not_found',
    })
    await scene.database.db.project.create({ data: { name: 'secret' } })
    await expect(apply(two().replace('project: shop', 'project: secret'))).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})
