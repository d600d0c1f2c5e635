import type { Trial } from '@fairlead/contracts/strategy'
import type { KubeManifest } from '@fairlead/kube/kube-object'
import { describe, expect, it } from 'vitest'
import { valueAt } from '../manifest/pod-template'
import { routedShare, trafficOf } from './traffic'
import { trialObjects } from './trial-objects'

const web = (image: string): KubeManifest => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'web', tier: 'front' } },
    template: {
      metadata: { labels: { app: 'web', tier: 'front' } },
      spec: { containers: [{ name: 'web', image }] },
    },
  },
})
const service = (name: string, selector: Record<string, string>, targetPort = 8080): KubeManifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: {
    type: 'LoadBalancer',
    clusterIP: '10.0.0.1',
    selector,
    ports: [{ port: 80, targetPort, nodePort: 31000 }],
  },
})
const route = (...backendRefs: readonly Record<string, unknown>[]): KubeManifest => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  metadata: { name: 'web' },
  spec: {
    hostnames: ['shop.example'],
    rules: [{ backendRefs }, { backendRefs: [{ name: 'other', port: 80 }] }],
  },
})
const front = service('web', { app: 'web' })

function made(
  traffic: Trial['traffic'],
  weight: number,
  objects: { base: KubeManifest[]; release?: KubeManifest[] },
) {
  const pair = {
    base: [web('1'), ...objects.base],
    release: [web('2'), ...(objects.release ?? objects.base)],
  }
  const side = traffic === 'service' ? 'green' : 'canary'
  return trialObjects({ trial: { side, traffic }, pair, opened: pair.release, pods: { web: 2 }, weight })
}
const find = (objects: readonly KubeManifest[], kind: string, name: string) =>
  objects.find((object) => object.kind === kind && object.metadata.name === name)
const podLabels = (objects: readonly KubeManifest[]) =>
  valueAt(
    objects.find(({ kind }) => kind === 'Deployment'),
    ['spec', 'template', 'metadata', 'labels'],
  )

describe('traffic that pods make', () => {
  it('reaches the new side by the same Services, and nothing else is applied', () => {
    const objects = made('pods', 10, { base: [front, route({ name: 'web', port: 80 })] })
    expect(objects.map(({ kind }) => kind)).toEqual(['Deployment'])
    expect(podLabels(objects)).toEqual({ app: 'web', tier: 'front', 'fairlead.dev/track': 'canary' })
  })
})

describe('traffic by the weights of routes', () => {
  it('keeps the old Service away from the new pods, which have one of their own', () => {
    const objects = made('routes', 10, { base: [front, route({ name: 'web', port: 80 })] })
    expect(podLabels(objects)).toEqual({ app: 'web-canary', tier: 'front', 'fairlead.dev/track': 'canary' })
    expect(valueAt(find(objects, 'Deployment', 'web-canary'), ['spec', 'selector', 'matchLabels'])).toEqual({
      app: 'web-canary',
      tier: 'front',
      'fairlead.dev/track': 'canary',
    })
    expect(find(objects, 'Service', 'web-canary')?.['spec']).toEqual({
      selector: { app: 'web-canary' },
      ports: [{ port: 80, targetPort: 8080 }],
    })
    expect(find(objects, 'Service', 'web')).toBeUndefined()
  })

  it.each([
    [0, 100, 0],
    [5, 95, 5],
    [90, 10, 90],
  ])('gives %i%% of each reference to it and leaves other rules alone', (weight, old, fresh) => {
    const objects = made('routes', weight, { base: [front, route({ name: 'web', port: 80 })] })
    const moved = find(objects, 'HTTPRoute', 'web')
    expect(moved?.['spec']).toEqual({
      hostnames: ['shop.example'],
      rules: [
        {
          backendRefs: [
            { name: 'web', port: 80, weight: old },
            { name: 'web-canary', port: 80, weight: fresh },
          ],
        },
        { backendRefs: [{ name: 'other', port: 80 }] },
      ],
    })
    expect(routedShare({ ...moved }, 'canary', 'web')).toBe(weight)
  })

  it('keeps what a rule gave to others', () => {
    const base = [front, route({ name: 'web', weight: 3 }, { name: 'other', weight: 1 })]
    expect(trafficOf(find(made('routes', 50, { base }), 'HTTPRoute', 'web') ?? front)).toEqual([
      [
        ['web', 150],
        ['web-canary', 150],
        ['other', 100],
      ],
      [['other', 1]],
    ])
  })

  it('moves no route that leads elsewhere, another namespace included', () => {
    const base = [front, route({ name: 'web', namespace: 'elsewhere' })]
    expect(made('routes', 50, { base }).map(({ kind }) => kind)).toEqual(['Deployment'])
  })
})

describe('traffic by a switch of Services', () => {
  const both = [front, service('internal', { tier: 'front' })]

  it('reaches none of the new pods before, by whichever Service', () => {
    const objects = made('service', 0, { base: both })
    expect(podLabels(objects)).toEqual({
      app: 'web-green',
      tier: 'front-green',
      'fairlead.dev/track': 'green',
    })
    expect(trafficOf(find(objects, 'Service', 'web') ?? front)).toEqual({ app: 'web' })
  })

  it('reaches all of them after it, at the ports of the release', () => {
    const release = [service('web', { app: 'web' }, 9090), both[1] ?? front]
    const objects = made('service', 100, { base: both, release })
    expect(trafficOf(find(objects, 'Service', 'web') ?? front)).toEqual({ app: 'web-green' })
    expect(trafficOf(find(objects, 'Service', 'internal') ?? front)).toEqual({ tier: 'front-green' })
    expect(valueAt(find(objects, 'Service', 'web'), ['spec', 'ports', '0', 'targetPort'])).toBe(9090)
  })
})
