import { describe, expect, it } from 'vitest'
import { chartTypes, manifestTypes, readManifest } from './manifest'

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`
const config = { mediaType: chartTypes.config, digest: digest('a'), size: 117 }
const archive = { mediaType: chartTypes.archive, digest: digest('b'), size: 4_000 }
const provenance = {
  mediaType: 'application/vnd.cncf.helm.chart.provenance.v1.prov',
  digest: digest('c'),
  size: 900,
}
const manifest = { schemaVersion: 2, mediaType: manifestTypes.image, config, layers: [archive] }
const entry = { mediaType: manifestTypes.image, digest: digest('d'), size: 500 }
const index = { schemaVersion: 2, mediaType: manifestTypes.index, manifests: [entry] }
const read = (value: unknown) => readManifest(Buffer.from(JSON.stringify(value)), 'team/web:1.2.3')

describe('a manifest', () => {
  it.each([
    ['of a chart', manifest],
    ['of a chart, in an older form without its type', { ...manifest, mediaType: undefined }],
    ['of a signed chart', { ...manifest, layers: [provenance, archive] }],
    ['with fields of its own', { ...manifest, annotations: { a: 'b' }, subject: entry }],
  ])('%s names its archive', (_, value) => {
    expect(read(value)).toEqual({ kind: 'chart', archive: { digest: digest('b'), size: 4_000 } })
  })

  it.each([
    ['the only one', index],
    [
      'the one that says so',
      {
        ...index,
        manifests: [
          { ...entry, digest: digest('e') },
          { ...entry, artifactType: chartTypes.config },
          { ...entry, digest: digest('f'), artifactType: 'application/vnd.example.sbom' },
        ],
      },
    ],
  ])('that is an index leads to %s', (_, value) => {
    expect(read(value)).toEqual({ kind: 'index', chart: digest('d') })
  })

  it.each([
    ['no object', 7, 'no manifest'],
    ['null', null, 'no manifest'],
    ['of an older schema', { ...manifest, schemaVersion: 1 }, 'no manifest'],
    ['without layers', { ...manifest, layers: undefined }, 'no manifest'],
    [
      'of a container image',
      { ...manifest, config: { ...config, mediaType: 'application/vnd.oci.image.config.v1+json' } },
      'image.config',
    ],
    ['without an archive', { ...manifest, layers: [provenance] }, '0 archives'],
    ['with two archives', { ...manifest, layers: [archive, archive] }, '2 archives'],
    ['and an index at once', { ...index, ...manifest }, 'at once'],
    ['and an index of its configuration alone', { ...index, config }, 'at once'],
    ['of two that may be meant', { ...index, manifests: [entry, entry] }, 'index of 2'],
    ['of none', { ...index, manifests: [] }, 'index of 0'],
    ['of an index', { ...index, manifests: [{ ...entry, mediaType: manifestTypes.index }] }, 'index of 1'],
  ])('%s is no chart, and says what it is', (_, value, found) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: 'team/web:1.2.3 is not a Helm chart.',
        detail: expect.objectContaining({ found: expect.stringContaining(found) }),
      }),
    )
  })

  it.each([
    ['sha512:aa', { ...manifest, layers: [{ ...archive, digest: 'sha512:aa' }] }],
    ['../../etc', { ...index, manifests: [{ ...entry, digest: '../../etc' }] }],
  ])('that names %s is refused', (found, value) => {
    expect(() => read(value)).toThrow(
      expect.objectContaining({ detail: { found, expected: 'a SHA-256 digest' } }),
    )
  })

  it('that is no JSON is no chart', () => {
    expect(() => readManifest(Buffer.from('<html>'), 'a')).toThrow(/not a Helm chart/)
  })
})
