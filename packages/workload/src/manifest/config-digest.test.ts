import type { KubeManifest } from '@fairlead/kube/kube-object'
import { describe, expect, it } from 'vitest'
import { configDigestOf, withConfigDigests } from './config-digest'
import { takeSecrets } from './secrets'

type Fields = Readonly<Record<string, unknown>>
const workload = (pod: Fields, more: Fields = {}): KubeManifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { template: { metadata: { labels: { app: 'web' } }, spec: { containers: [], ...pod } } },
  ...more,
})
const configMap = (data: Fields, name = 'settings'): KubeManifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
})
const secret = (data: Fields): KubeManifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'key' },
  data,
})
const digest = (...objects: readonly KubeManifest[]): unknown =>
  configDigestOf(withConfigDigests(objects)[0] ?? null)
const one = (env: Fields) => ({ containers: [{ name: 'web', env: [{ name: 'A', valueFrom: env }] }] })
const volume = (source: Fields) => ({ volumes: [{ name: 'v', ...source }] })

const ways: readonly (readonly [string, Fields])[] = [
  ['env', one({ configMapKeyRef: { name: 'settings', key: 'a' } })],
  ['envFrom', { containers: [{ name: 'web', envFrom: [{ configMapRef: { name: 'settings' } }] }] }],
  [
    'an init container',
    { initContainers: [{ name: 'i', envFrom: [{ configMapRef: { name: 'settings' } }] }] },
  ],
  ['a volume', volume({ configMap: { name: 'settings' } })],
  ['items of a volume', volume({ configMap: { name: 'settings', items: [{ key: 'a', path: 'a' }] } })],
  ['a projected volume', volume({ projected: { sources: [{ configMap: { name: 'settings' } }] } })],
]
const secretWays: readonly (readonly [string, Fields])[] = [
  ['env', one({ secretKeyRef: { name: 'key', key: 'a' } })],
  ['envFrom', { containers: [{ name: 'web', envFrom: [{ secretRef: { name: 'key' } }] }] }],
  ['a volume', volume({ secret: { secretName: 'key' } })],
  ['a projected volume', volume({ projected: { sources: [{ secret: { name: 'key' } }] } })],
]

describe('the digest of what a pod template reads', () => {
  it.each(ways)('changes with a ConfigMap that it reads by %s', (_, pod) => {
    const before = digest(workload(pod), configMap({ a: '1', b: '1' }))
    expect(before).toMatch(/^[0-9a-f]{16}$/)
    expect(digest(workload(pod), configMap({ a: '1', b: '1' }))).toBe(before)
    expect(digest(workload(pod), configMap({ a: '2', b: '1' }))).not.toBe(before)
  })

  it.each(secretWays)(
    'changes with a Secret that it reads by %s, and holds its fingerprint alone',
    (_, pod) => {
      const keyed = (salt: string, value: string) =>
        digest(
          ...takeSecrets([workload(pod), secret({ a: value })], (text) => `${salt} ${text.length} ${text}`)
            .objects,
        )
      expect(keyed('k', 'b25l')).toMatch(/^[0-9a-f]{16}$/)
      expect(keyed('k', 'dHdv')).not.toBe(keyed('k', 'b25l'))
      expect(keyed('other key', 'b25l')).not.toBe(keyed('k', 'b25l'))
    },
  )

  it('stays when a key, or an object, changes that nobody reads', () => {
    const reader = workload(one({ configMapKeyRef: { name: 'settings', key: 'a' } }))
    const before = digest(reader, configMap({ a: '1', b: '1' }), configMap({ x: '1' }, 'other'))
    expect(digest(reader, configMap({ a: '1', b: '2' }), configMap({ x: '2' }, 'other'))).toBe(before)
  })

  it('changes when a key comes that was not there, and with binary data', () => {
    const reader = workload(one({ configMapKeyRef: { name: 'settings', key: 'late', optional: true } }))
    const before = digest(reader, configMap({ a: '1' }))
    expect(digest(reader, configMap({ a: '1', late: '1' }))).not.toBe(before)
    expect(digest(reader, { ...configMap({ a: '1' }), binaryData: { late: 'AA==' } })).not.toBe(before)
  })

  it('is the same whatever the order of objects and references', () => {
    const [left, right] = [{ configMapRef: { name: 'settings' } }, { configMapRef: { name: 'other' } }]
    const reads = (...envFrom: readonly Fields[]) => workload({ containers: [{ name: 'web', envFrom }] })
    const [a, b] = [configMap({ k: '1' }), configMap({ k: '2' }, 'other')]
    expect(digest(reads(left, right), a, b)).toBe(digest(reads(right, left), b, a))
  })

  it('leaves alone what reads nothing of the release, or asks to be left alone', () => {
    const reader = workload(one({ configMapKeyRef: { name: 'settings', key: 'a' } }))
    expect(withConfigDigests([workload({})])).toEqual([workload({})])
    expect(withConfigDigests([reader])).toEqual([reader])
    const notices = {
      ...reader,
      metadata: { name: 'web', annotations: { 'fairlead.dev/roll-on-config': 'false' } },
    }
    expect(digest(notices, configMap({ a: '1' }))).toBeUndefined()
    const job = { ...reader, apiVersion: 'batch/v1', kind: 'Job' }
    expect(digest(job, configMap({ a: '1' }))).toBeUndefined()
  })

  it('is made anew from a release that carries one, and goes when nothing is read any more', () => {
    const reader = workload(one({ configMapKeyRef: { name: 'settings', key: 'a' } }))
    const first = withConfigDigests([reader, configMap({ a: '1' })])
    expect(withConfigDigests(first)).toEqual(first)
    const [alone = reader] = first
    expect(configDigestOf(withConfigDigests([alone])[0] ?? null)).toBeUndefined()
  })
})
