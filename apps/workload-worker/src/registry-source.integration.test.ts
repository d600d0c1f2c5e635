import { createChartRegistry, type ChartRegistry } from '@fairlead/testkit/chart-registry'
import { ensureRenderers } from '@fairlead/testkit/renderers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSourceScene, type SourceScene } from './testing/source-scene'

// A real registry with what Helm pushed, and the rooms as the worker joins them.
let world: SourceScene
let registry: ChartRegistry
beforeAll(async () => {
  const programs = await ensureRenderers()
  ;[world, registry] = await Promise.all([createSourceScene(), createChartRegistry(programs.helm)])
  // A machine without a helm builds one first.
}, 900_000)
afterAll(() => Promise.all([world.drop(), registry.close()]))

const place = () => `repository: "${registry.address}", chart: web, version: 1.2.3, plainHttp: true`
const seen = async () => {
  await world.look('web')
  return world.sourceOf('web')
}

describe('an application whose chart is in a registry', () => {
  let first: string
  it('gets a release of it, with the digest that Helm was told when it was pushed', async () => {
    first = registry.push('1.2.3', 'first')
    await world.apply('web', `{ helm: { ${place()}, values: { a: document } } }`)
    const origin = {
      kind: 'helm',
      repository: registry.address,
      chart: 'web',
      version: '1.2.3',
      digest: first,
      commit: null,
    }
    expect(await seen()).toMatchObject({
      kind: 'helm',
      repository: registry.address,
      version: '1.2.3',
      state: 'current',
      revision: `1.2.3@${first}`,
      error: null,
      release: { number: 1 },
      origin,
    })
    const [release] = (await world.scene.call('vic', 'application.get', { application: 'web' })).releases
    expect(release).toMatchObject({ objects: [{ kind: 'ConfigMap', name: 'web-document' }], origin })
    const entry = await world.scene.database.db.auditEntry.findFirstOrThrow({
      where: { action: 'source.released' },
    })
    expect(entry.detail).toMatchObject({ revision: `1.2.3@${first}`, origin })
  })

  it('is asked about with one question while its tag names the same', async () => {
    registry.asked()
    expect(await seen()).toMatchObject({ state: 'current', release: { number: 1 } })
    expect(registry.asked()).toEqual(['HEAD manifests/1.2.3 200'])
  })

  it('gets another release when the tag names another, and keeps it while a pin is not met', async () => {
    const second = registry.push('1.2.3', 'second')
    const after = { release: { number: 2 }, origin: { digest: second } }
    expect(await seen()).toMatchObject({ state: 'current', ...after })
    await world.apply('web', `{ helm: { ${place().replace('1.2.3', `"1.2.3@${first}"`)} } }`)
    expect(await seen()).toMatchObject({
      state: 'failing',
      version: `1.2.3@${first}`,
      error: { step: 'reach', found: second, expected: first },
      ...after,
    })
  })

  it('is read with the login of its project, which is written nowhere', async () => {
    const login = { username: 'reader', password: 'planted-in-a-registry' }
    await world.apply('web', `{ helm: { ${place()} } }`)
    registry.rule({ asks: 'token', login })
    expect(await seen()).toMatchObject({
      state: 'failing',
      error: { step: 'reach', message: expect.stringContaining('login') },
    })
    const address = registry.address.replace(/\/charts$/, '')
    await world.scene.call('root', 'repository.set', { project: 'shop', address, ...login })
    expect(await seen()).toMatchObject({ state: 'current', error: null })
    const sent = Buffer.from(`reader:${login.password}`).toString('base64')
    const written = await world.written()
    for (const secret of [login.password, sent]) expect(written).not.toContain(secret)
  })
})
