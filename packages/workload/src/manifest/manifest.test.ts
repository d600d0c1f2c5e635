import type { KubeManifest } from '@fairlead/kube/kube-object'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diffOf, fold } from '@fairlead/kube/diff-lines'
import { releaseDigest } from './digest'
import { changeImages } from './images'
import { normalise, withoutAllocations } from '@fairlead/kube/normalise'
import { identityOf, identityOfKey, keyOf, sameObject } from './object-key'
import { keptByOthers, ownedPaths } from '@fairlead/kube/owned-fields'
import { parseManifests } from './parse'
import { placeIn } from './place'
import { imagesOf } from './pod-template'
import { redactSecret, restoreSecrets, takeSecrets } from './secrets'

const workload = (name: string, containers: readonly object[], kind = 'Deployment'): KubeManifest => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name },
  spec: { template: { spec: { containers } } },
})
const fingerprint = (value: string): string => `#${value.length}#${value.charCodeAt(value.length - 1)}`

describe('images', () => {
  const objects = [
    workload('web', [
      { name: 'app', image: 'a:1' },
      { name: 'proxy', image: 'p:1' },
    ]),
    workload('worker', [{ name: 'app', image: 'a:1' }]),
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'nightly' },
      spec: {
        jobTemplate: { spec: { template: { spec: { containers: [{ name: 'job', image: 'j:1' }] } } } },
      },
    },
  ]

  it('changes one container by its name, or by workload and name, and nothing else', () => {
    expect(imagesOf(changeImages(objects, { proxy: 'p:2', 'worker/app': 'a:2', job: 'j:2' }))).toEqual([
      'a:1',
      'a:2',
      'j:2',
      'p:2',
    ])
    expect(imagesOf(objects)).toEqual(['a:1', 'j:1', 'p:1'])
  })

  it('refuses an unknown, an ambiguous and an impossible reference, naming what exists', () => {
    expect(() => changeImages(objects, { nope: 'a:2' })).toThrow(
      /web\/app, web\/proxy, worker\/app, nightly\/job/,
    )
    expect(() => changeImages(objects, { app: 'a:2' })).toThrow(
      /Several workloads have a container "app": web\/app, worker\/app/,
    )
    expect(() => changeImages(objects, { proxy: 'a b' })).toThrow(/not an image reference/)
    expect(() => changeImages(objects, { proxy: '$(rm)' })).toThrow(/not an image reference/)
  })
})

describe('Secrets', () => {
  const secret: KubeManifest = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'key' },
    data: { a: Buffer.from('one').toString('base64') },
    stringData: { b: 'two', a: 'three' },
  }

  it('lose their values before anything else sees them, and get them back for the API server', () => {
    const { objects, values } = takeSecrets([secret], fingerprint)
    expect(JSON.stringify(objects)).not.toMatch(/two|three|b25l|dHdv/)
    expect(objects[0]?.['stringData']).toBeUndefined()
    const [restored] = restoreSecrets(objects, values)
    expect(restored?.['data']).toEqual({
      a: Buffer.from('three').toString('base64'),
      b: Buffer.from('two').toString('base64'),
    })
  })

  it('compare by fingerprint: the same value looks the same from the manifest and from the cluster', () => {
    const [written] = takeSecrets([secret], fingerprint).objects
    const live = redactSecret(
      {
        ...secret,
        stringData: undefined,
        data: { a: Buffer.from('three').toString('base64'), b: Buffer.from('two').toString('base64') },
      },
      fingerprint,
    )
    expect(live['data']).toEqual(written?.['data'])
  })

  it('are never written as valid base64 while redacted', () => {
    const [redacted] = takeSecrets([secret], fingerprint).objects
    for (const value of Object.values(redacted?.['data'] as Record<string, string>))
      expect(value).toContain(':')
  })

  it('with a value of the wrong type are refused by path, without the value', () => {
    for (const bad of [
      { stringData: { port: 5432 } },
      { data: { port: 5432 } },
      { data: { port: 'plain text' } },
      { data: ['x'] },
    ]) {
      const attempt = () => takeSecrets([{ ...secret, ...bad }], fingerprint)
      expect(attempt).toThrow(/must be/)
      expect(attempt).not.toThrow(/5432|plain text\b(?! goes)/)
    }
  })
})

describe('placing objects in a namespace', () => {
  it('fills the namespace in, and refuses another one and kinds of the whole cluster', () => {
    const configMap = (namespace?: string): KubeManifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', ...(namespace === undefined ? {} : { namespace }) },
    })
    expect(
      placeIn([configMap(), configMap('shop')], 'shop').map(({ metadata }) => metadata.namespace),
    ).toEqual(['shop', 'shop'])
    expect(() => placeIn([configMap('kube-system')], 'shop')).toThrow(/names the namespace "kube-system"/)
    expect(() =>
      placeIn(
        [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'a' } }],
        'shop',
      ),
    ).toThrow(/whole cluster/)
    expect(() =>
      placeIn([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'other' } }], 'shop'),
    ).toThrow(/not the namespace of this stage/)
    expect(
      placeIn([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }], 'shop'),
    ).toHaveLength(1)
  })

  it('leaves a definition of a custom kind without a namespace: the plan says whether the project may bring it', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'lamps.example.org', namespace: 'shop' },
    }
    expect(placeIn([definition], 'shop')[0]?.metadata).toEqual({ name: 'lamps.example.org' })
  })

  it('refuses an object that is there twice, once with and once without its namespace', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }'
    expect(() => parseManifests(text, ['shop'])).toThrow(/there twice/)
  })
})

describe('normalising', () => {
  it('keeps what a person meant and drops what servers write', () => {
    const object = normalise({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        uid: 'u',
        resourceVersion: '1',
        generation: 3,
        creationTimestamp: 'then',
        managedFields: [],
        labels: { app: 'web', 'fairlead.dev/rollout': 'r' },
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
      },
      data: { k: 'v' },
      status: { phase: 'x' },
    })
    expect(object).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', labels: { app: 'web' } },
      data: { k: 'v' },
    })
  })

  it('forgets what each dry run of a new Service makes up', () => {
    const service = (ip: string, nodePort: number) =>
      withoutAllocations({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'a' },
        spec: { clusterIP: ip, clusterIPs: [ip], ports: [{ port: 80, nodePort }] },
      })
    expect(service('10.0.0.1', 30001)).toEqual(service('10.0.0.2', 30002))
  })
})

describe('digests and keys', () => {
  it('do not depend on the order of objects or of fields', () => {
    const a = workload('a', [{ name: 'x', image: 'i' }])
    const b = workload('b', [{ image: 'i', name: 'x' }])
    expect(releaseDigest([a, b])).toBe(releaseDigest([b, a]))
    expect(releaseDigest([a])).not.toBe(releaseDigest([b]))
  })

  it('survive the way through a key', () => {
    const identity = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'cart.v1' }
    expect(
      identityOfKey(keyOf({ ...workload('cart.v1', []), metadata: { name: 'cart.v1', namespace: 'shop' } })),
    ).toEqual(identity)
    expect(sameObject(identity, { ...identity, apiVersion: 'apps/v1beta1' })).toBe(true)
    expect(sameObject(identity, { ...identity, apiVersion: 'extensions/v1' })).toBe(false)
    expect(identityOf(workload('a', [])).namespace).toBeNull()
  })
})

describe('diffs', () => {
  it('show changed lines with context, and fold the rest', () => {
    const data = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`key${String(n).padStart(2, '0')}`, 'v']),
    )
    const object = (changes: object): KubeManifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: { ...data, ...changes },
    })
    const lines = diffOf(object({}), object({ key20: 'w' }))
    expect(lines.filter(({ kind }) => kind === 'add').map(({ text }) => text)).toEqual(['  key20: w'])
    expect(lines.filter(({ kind }) => kind === 'skip')).toHaveLength(2)
    expect(lines.filter(({ kind }) => kind === 'same')).toHaveLength(6)
    expect(diffOf(object({}), object({}))).toEqual([])
  })

  it('never lose a changed line by folding', () => {
    const lines = fc.array(
      fc.record({
        kind: fc.constantFrom('same' as const, 'add' as const, 'remove' as const),
        text: fc.string(),
      }),
    )
    fc.assert(
      fc.property(lines, (all) => {
        const changed = all.filter(({ kind }) => kind !== 'same')
        expect(fold(all).filter(({ kind }) => kind === 'add' || kind === 'remove')).toEqual(changed)
      }),
    )
  })
})

describe('owned fields', () => {
  const fields = (paths: object) => [{ manager: 'ours', fieldsV1: paths }]
  it('are read from managedFields as paths', () => {
    expect(
      ownedPaths({
        'f:spec': { 'f:replicas': {}, 'f:containers': { 'k:{"name":"web"}': { '.': {}, 'f:image': {} } } },
      }),
    ).toEqual(['spec.replicas', 'spec.containers[name=web].image'])
  })

  it('that we give up but others keep are named', () => {
    const object = (managedFields: unknown): KubeManifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', managedFields: managedFields as never },
    })
    const live = object([
      ...fields({ 'f:data': { 'f:a': {}, 'f:b': {} } }),
      { manager: 'kubectl', fieldsV1: { 'f:data': { 'f:b': {} } } },
    ])
    const dry = object([
      ...fields({ 'f:data': { 'f:a': {} } }),
      { manager: 'kubectl', fieldsV1: { 'f:data': { 'f:b': {} } } },
    ])
    expect(keptByOthers(live, dry, 'ours')).toEqual([{ path: 'data.b', manager: 'kubectl' }])
  })
})
