import { describe, expect, it } from 'vitest'
import { addressOf, everyMs, pulledSource, sourceDocumentSchema } from './source-document'

const repository = 'https://git.example.org/shop.git'
const registry = 'oci://registry.example.org:8443/team/charts'
const digest = `sha256:${'0a'.repeat(32)}`
const parse = (value: unknown) => sourceDocumentSchema.parse(value)

describe('spec.source', () => {
  it.each([
    [{ inline: {} }, null],
    [{ git: { repository } }, { kind: 'git', repository, ref: 'main', path: '.' }],
    [
      { kustomize: { repository, ref: 'v1.2', path: 'overlays/eu' } },
      { kind: 'kustomize', repository, ref: 'v1.2', path: 'overlays/eu' },
    ],
    [
      { helm: { repository, path: 'charts/web', values: { replicas: 2 } } },
      {
        kind: 'helm',
        at: { from: 'git', repository, ref: 'main', path: 'charts/web' },
        values: { replicas: 2 },
        valueFiles: [],
      },
    ],
    [
      { helm: { repository: 'https://charts.example.org', chart: 'web', version: '1.2.3' } },
      {
        kind: 'helm',
        at: {
          from: 'repository',
          repository: 'https://charts.example.org',
          chart: 'web',
          version: '1.2.3',
          digest: null,
        },
        values: {},
        valueFiles: [],
      },
    ],
    [
      { helm: { repository: registry, chart: 'web', version: `1.2.3+b.5@${digest}` } },
      {
        kind: 'helm',
        at: {
          from: 'registry',
          repository: registry,
          chart: 'web',
          version: '1.2.3+b.5',
          digest,
          plainHttp: false,
        },
        values: {},
        valueFiles: [],
      },
    ],
    [
      { helm: { repository: 'oci://[::1]:5000', chart: 'web', version: '1.2.3', plainHttp: true } },
      {
        kind: 'helm',
        at: {
          from: 'registry',
          repository: 'oci://[::1]:5000',
          chart: 'web',
          version: '1.2.3',
          digest: null,
          plainHttp: true,
        },
        values: {},
        valueFiles: [],
      },
    ],
  ])('%j', (given, pulled) => {
    expect(pulledSource(parse(given))).toEqual(pulled)
  })

  it.each([
    [{}, 'exactly one'],
    [{ git: { repository }, inline: {} }, 'exactly one'],
    [{ git: { repository: 'file:///etc' } }, 'https'],
    [{ git: { repository: 'https://user:word@git.example.org/a' } }, 'https'],
    [{ git: { repository: 'ext::sh -c true' } }, 'https'],
    [{ git: { repository: '--upload-pack=true' } }, 'https'],
    [{ git: { repository, ref: '--upload-pack=true' } }, 'branch'],
    [{ git: { repository, ref: 'a..b' } }, 'branch'],
    [{ git: { repository, path: '../other' } }, 'below the root'],
    [{ git: { repository, path: '/etc' } }, 'below the root'],
    [{ helm: { repository } }, '"repository"'],
    [{ helm: { repository, path: 'chart', version: '1.0.0' } }, '"repository"'],
    [{ helm: { repository, chart: 'web', version: '1.x' } }, 'exact version'],
    [{ helm: { repository, chart: 'web', version: '1.0.0', valueFiles: ['a.yaml'] } }, '"valueFiles"'],
    [{ helm: { repository, chart: 'web', version: '1.0.0@sha256:12' } }, 'its digest'],
    [{ helm: { repository, chart: 'web', version: '1.0.0', plainHttp: true } }, '"plainHttp"'],
    [{ git: { repository: registry } }, 'https'],
    [{ helm: { repository: registry, path: 'web' } }, 'no "path"'],
    [{ helm: { repository: registry, chart: 'Web', version: '1.0.0' } }, 'lower case'],
    [{ helm: { repository: 'oci://registry.example.org/Team', chart: 'web', version: '1.0.0' } }, 'oci://'],
    [{ helm: { repository: 'oci://a:b@registry.example.org', chart: 'web', version: '1.0.0' } }, 'oci://'],
    [{ helm: { repository: 'oci://registry.example.org/a/../b', chart: 'web', version: '1.0.0' } }, 'oci://'],
    [{ helm: { repository: 'oci://registry.example.org/a:1.0', chart: 'web', version: '1.0.0' } }, 'oci://'],
    [{ git: { repository }, every: '1s' }, '15s'],
    [{ git: { repository }, every: 'often' }, '15s'],
  ])('%j is refused', (given, words) => {
    const { success, error } = sourceDocumentSchema.safeParse(given)
    expect(success).toBe(false)
    expect(error?.issues[0]?.message).toContain(words)
  })

  it('is dialled at the repository', () => {
    const pulled = pulledSource(parse({ git: { repository } }))
    expect(pulled === null ? null : addressOf(pulled)).toBe(repository)
  })

  it('counts times', () => {
    expect(['15s', '3m', '24h'].map(everyMs)).toEqual([15_000, 180_000, 86_400_000])
  })
})
