import type { KubeManifest } from '@fairlead/kube/kube-object'
import { describe, expect, it } from 'vitest'
import { withConfigDigests } from '../manifest/config-digest'
import { valueAt } from '../manifest/pod-template'
import { triedDeployments } from './side'
import { trialObjects } from './trial-objects'

const web = (image: string, replicas = 4): KubeManifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    paused: true,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        volumes: [
          { name: 'a', configMap: { name: 'config' } },
          { name: 'b', secret: { secretName: 'key' } },
          {
            name: 'c',
            projected: { sources: [{ configMap: { name: 'config' } }, { secret: { name: 'other' } }] },
          },
        ],
        containers: [
          {
            name: 'web',
            image,
            env: [
              { name: 'K', valueFrom: { configMapKeyRef: { name: 'config', key: 'k' } } },
              { name: 'L', value: '1' },
            ],
            envFrom: [{ secretRef: { name: 'key' } }],
          },
        ],
      },
    },
  },
})
const map = (k: string, name = 'config'): KubeManifest => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data: { k },
})
const secret = (value: string, name = 'key'): KubeManifest => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name },
  data: { value },
})
const account: KubeManifest = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'web' } }
const service: KubeManifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: {} }
const made = (base: readonly KubeManifest[], release: readonly KubeManifest[], pods = { web: 1 }) =>
  trialObjects({
    trial: { side: 'canary', traffic: 'pods' },
    pair: { base, release },
    opened: release,
    pods,
    weight: 10,
  })
const names = (objects: readonly KubeManifest[]) =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
const specOf = (objects: readonly KubeManifest[]) =>
  JSON.stringify(objects.find(({ kind }) => kind === 'Deployment')?.['spec'])

describe('what is tried in a canary', () => {
  it('is each Deployment that both releases hold with other pods', () => {
    const tried = (base: KubeManifest[], release: KubeManifest[]) =>
      names(triedDeployments({ base, release }))
    expect(tried([web('1')], [web('2')])).toEqual(['Deployment web'])
    expect(tried([web('1')], [web('1', 9)])).toEqual([])
    expect(tried([], [web('2')])).toEqual([])
    const digests = (k: string) => withConfigDigests([web('1'), map(k)])
    expect(tried(digests('one'), digests('two'))).toEqual(['Deployment web'])
  })
})

describe('the objects of a canary', () => {
  it('are its own Deployment, told from the others by its selector, and nothing that exists', () => {
    const objects = made([web('1'), service], [web('2'), service])
    expect(names(objects)).toEqual(['Deployment web-canary'])
    const [deployment] = objects
    const labels = { app: 'web', 'fairlead.dev/track': 'canary' }
    expect(valueAt(deployment, ['spec', 'selector', 'matchLabels'])).toEqual(labels)
    expect(valueAt(deployment, ['spec', 'template', 'metadata', 'labels'])).toEqual(labels)
    expect(valueAt(deployment, ['spec', 'replicas'])).toBe(1)
    expect(valueAt(deployment, ['spec', 'paused'])).toBeUndefined()
  })

  it('read copies of the configuration that changed, and share what did not', () => {
    const objects = made(
      [web('1'), map('one'), secret('a'), secret('x', 'other')],
      [web('2'), map('two'), secret('b'), secret('x', 'other')],
    )
    expect(names(objects)).toEqual(['ConfigMap config-canary', 'Secret key-canary', 'Deployment web-canary'])
    const spec = specOf(objects) ?? ''
    expect(spec).not.toMatch(/"name":"config"|"(?:name|secretName)":"key"/)
    expect(spec.match(/"config-canary"/g)).toHaveLength(3)
    expect(spec.match(/"key-canary"/g)).toHaveLength(2)
    expect(spec).toContain('{"secret":{"name":"other"}}')
  })

  it('hold no copy of what no pod of the canary reads', () => {
    expect(names(made([web('1'), map('a', 'unread')], [web('2'), map('b', 'unread')]))).toEqual([
      'Deployment web-canary',
    ])
  })

  it('bring what its pods cannot be created without, where the old release has none', () => {
    expect(names(made([web('1')], [web('2'), account]))).toEqual([
      'ServiceAccount web',
      'Deployment web-canary',
    ])
    expect(names(made([web('1'), account], [web('2'), account]))).toEqual(['Deployment web-canary'])
  })

  it('are none where no pod is asked for', () => {
    expect(made([web('1')], [web('2'), account], { web: 0 })).toEqual([])
  })
})
