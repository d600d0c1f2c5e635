import type { SourceLogin } from '@fairlead/contracts/source-reader'
import { pulledSource, sourceDocumentSchema, type PulledSource } from '@fairlead/contracts/source-document'
import { createChartRegistry, type ChartRegistry } from '@fairlead/testkit/chart-registry'
import { ensureRenderers } from '@fairlead/testkit/renderers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createSourceReader } from '../source-reader'
import { chartTypes, manifestTypes } from './manifest'

// A real registry over real HTTP, into which Helm pushed, and Helm that renders.
type Reader = ReturnType<typeof createSourceReader>
let registry: ChartRegistry
let readerOf: (allowedCidrs: readonly string[]) => Reader
let reader: Reader
let pushed: string
beforeAll(async () => {
  const programs = await ensureRenderers()
  registry = await createChartRegistry(programs.helm)
  readerOf = (allowedCidrs) => createSourceReader({ allowedCidrs, programs })
  reader = readerOf(['127.0.0.0/8'])
  pushed = registry.push('1.2.3', 'first')
  registry.push('1.3.0+build.5', 'built')
  registry.asked()
  // A machine without a helm builds one first.
}, 900_000)
afterEach(() => {
  registry.rule()
  registry.asked()
})
afterAll(() => registry.close())

const login = { username: 'reader', password: 'planted-in-a-login' }
interface Given {
  readonly chart?: string
  readonly version?: string
  readonly repository?: string
  readonly plainHttp?: boolean
}
function sourceOf({
  chart = 'web',
  version = '1.2.3',
  repository = registry.address,
  plainHttp = true,
}: Given): PulledSource {
  const helm = { repository, chart, version, plainHttp, values: { a: 'document' } }
  const source = pulledSource(sourceDocumentSchema.parse({ helm }))
  if (source === null) throw new Error('A chart is not inline.')
  return source
}
const resolve = async (given: Given = {}, who: SourceLogin | null = null) =>
  (await reader.resolve({ source: sourceOf(given), login: who })).id
const render = (id: string, given: Given = {}, who: SourceLogin | null = null) =>
  reader.render({
    source: sourceOf(given),
    login: who,
    revision: { id },
    application: 'shop',
    namespace: 'default',
  })
const textOf = async (id: string, given: Given = {}, who: SourceLogin | null = null) =>
  (await render(id, given, who)).files.map(({ text }) => text).join('\n')
/** What a call is refused for. */
const refused = (code: string, message: RegExp, detail: object = {}) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(message),
    detail: expect.objectContaining(detail),
  })

describe('a chart in a registry', () => {
  it('is what its manifest is by its bytes, and a look asks for no more than its digest', async () => {
    const id = await resolve()
    expect(id).toBe(`1.2.3@${pushed}`)
    expect(registry.asked()).toEqual(['HEAD manifests/1.2.3 200'])
    const { files, origin } = await render(id)
    expect(files.map(({ text }) => text).join('\n')).toMatch(/name: "shop-document"[^]*text: first/)
    expect(origin).toMatchObject({
      kind: 'helm',
      repository: registry.address,
      chart: 'web',
      version: '1.2.3',
      digest: pushed,
      renderer: expect.stringMatching(/^helm v3\./),
    })
    expect(registry.asked()).toEqual([
      `GET manifests/${pushed} 200`,
      expect.stringMatching(/^GET blobs\/sha256:[0-9a-f]{64} 200$/),
    ])
  })

  it('has the tag that Helm gives to a version with build metadata', async () => {
    const given = { version: '1.3.0+build.5' }
    expect(await textOf(await resolve(given), given)).toContain('text: built')
    expect(registry.asked()[0]).toBe('HEAD manifests/1.3.0_build.5 200')
  })

  it('is read where a registry says no digests, too', async () => {
    registry.rule({ mute: true })
    expect(await textOf(await resolve())).toContain('text: first')
    expect(registry.asked().slice(0, 2)).toEqual(['HEAD manifests/1.2.3 200', 'GET manifests/1.2.3 200'])
  })

  it('is followed to another host, which is told no login', async () => {
    registry.rule({ asks: 'basic', login, leads: 'store' })
    expect(await textOf(await resolve({}, login), {}, login)).toContain('text: first')
    expect(registry.asked().slice(-2)).toEqual([
      expect.stringMatching(/^GET blobs\/\S+ 307$/),
      expect.stringMatching(/^GET blobs\/\S+ elsewhere 200$/),
    ])
  })

  it('is found in an index, by the digest of the index', async () => {
    const image = await registry.manifestOf('1.2.3')
    const size = JSON.stringify(image).length
    const manifests = [{ mediaType: manifestTypes.image, digest: pushed, size }]
    const digest = await registry.put('2.0.0', manifestTypes.index, {
      schemaVersion: 2,
      mediaType: manifestTypes.index,
      manifests,
    })
    const given = { version: '2.0.0' }
    expect(await resolve(given)).toBe(`2.0.0@${digest}`)
    expect(await textOf(`2.0.0@${digest}`, given)).toContain('text: first')
  })

  it('that is pushed anew is another, and a pin holds to the one that was meant', async () => {
    const version = '4.0.0'
    const before = registry.push(version, 'before')
    const pinned = { version: `${version}@${before}` }
    expect(await resolve(pinned)).toBe(`${version}@${before}`)
    const after = registry.push(version, 'after')
    expect(await resolve({ version })).toBe(`${version}@${after}`)
    expect(await textOf(`${version}@${before}`, { version })).toContain('text: before')
    await expect(resolve(pinned)).rejects.toEqual(
      refused('invalid', /not the one that is pinned/, { found: after, expected: before }),
    )
  })
})

describe('a registry that asks for a login', () => {
  it.each(['basic', 'token'] as const)('by %s is told it, and refuses whoever has none', async (asks) => {
    registry.rule({ asks, login })
    expect(await textOf(await resolve({}, login), {}, login)).toContain('text: first')
    const right = refused('forbidden', /refuses the login/, {
      remedy: expect.stringContaining('repository set'),
    })
    await expect(resolve()).rejects.toEqual(right)
    const wrong = { ...login, password: 'wrong' }
    await expect(resolve({}, wrong)).rejects.toEqual(right)
  })

  it('is told it, and nobody to whom it leads, whatever that one asks for', async () => {
    const id = await resolve()
    registry.rule({ leads: 'trap' })
    registry.asked()
    await expect(render(id, {}, login)).rejects.toEqual(refused('forbidden', /refuses the login/))
    expect(registry.asked()).toEqual([
      `GET manifests/${pushed} 200`,
      expect.stringMatching(/^GET blobs\/\S+ 307$/),
      expect.stringMatching(/^GET blobs\/\S+ elsewhere 401$/),
    ])
  })

  it('gives a token to anybody where its charts are for everybody, one for each look', async () => {
    registry.rule({ asks: 'token' })
    const id = await resolve()
    expect(registry.asked()).toEqual([
      'HEAD manifests/1.2.3 401',
      'GET /token 200',
      'HEAD manifests/1.2.3 200',
    ])
    expect(await textOf(id)).toContain('text: first')
    expect(registry.asked()).toEqual([
      `GET manifests/${pushed} 401`,
      'GET /token 200',
      `GET manifests/${pushed} 200`,
      expect.stringMatching(/^GET blobs\/\S+ 200$/),
    ])
  })
})

describe('what a registry has to say', () => {
  it.each([
    ['a version that is not there', { version: '9.9.9' }, 'not_found', /no version 9\.9\.9 of "web"/],
    ['a chart that is not there', { chart: 'other' }, 'not_found', /no chart "other"/],
    ['a server that is not there', { repository: 'oci://127.0.0.1:1/a' }, 'unavailable', /does not answer/],
    ['an address nobody may dial', { repository: 'oci://169.254.169.254/a' }, 'forbidden', /link-local/],
    [
      'clear text on the way to a public address',
      { repository: 'oci://8.8.8.8/a' },
      'forbidden',
      /only https goes there/,
    ],
  ] as const)('of %s is said in plain words', async (_, given, code, message) => {
    await expect(resolve(given)).rejects.toEqual(refused(code, message))
  })

  it('of a version that is not there names the versions that are', async () => {
    await expect(resolve({ version: '9.9.9' })).rejects.toEqual(
      refused('not_found', /./, { expected: expect.stringContaining('1.3.0+build.5') }),
    )
  })

  it('is not asked in a network that the administrator did not allow', async () => {
    const asked = readerOf([]).resolve({ source: sourceOf({}), login: null })
    await expect(asked).rejects.toEqual(refused('forbidden', /a loopback address/))
    expect(registry.asked()).toEqual([])
  })

  it.each([
    ['the manifest', 'manifests'],
    ['the archive', 'blobs'],
  ] as const)('is refused where %s is not what its digest says', async (_, spoils) => {
    const id = await resolve()
    registry.rule({ spoils })
    await expect(render(id)).rejects.toEqual(refused('invalid', /not what its digest says/))
  })

  it('of a container image is that it is no chart', async () => {
    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest: pushed, size: 2 }
    const image = { schemaVersion: 2, mediaType: manifestTypes.image, config, layers: [] }
    await registry.put('3.0.0', manifestTypes.image, image)
    const given = { version: '3.0.0' }
    await expect(render(await resolve(given), given)).rejects.toEqual(
      refused('invalid', /web:3\.0\.0 is not a Helm chart/, { found: config.mediaType }),
    )
  })

  it('of an archive that is too large is not waited for', async () => {
    const { config } = await registry.manifestOf('1.2.3')
    const archive = { mediaType: chartTypes.archive, digest: pushed, size: 21 * 1024 * 1024 }
    const large = { schemaVersion: 2, mediaType: manifestTypes.image, config, layers: [archive] }
    const digest = await registry.put('3.1.0', manifestTypes.image, large)
    const given = { version: '3.1.0' }
    expect(await resolve(given)).toBe(`3.1.0@${digest}`)
    registry.asked()
    await expect(render(`3.1.0@${digest}`, given)).rejects.toEqual(refused('too_large', /larger than 20 MiB/))
    expect(registry.asked()).toEqual([`GET manifests/${digest} 200`])
  })
})
