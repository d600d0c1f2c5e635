import type { AutoscalerFact, ClusterFacts } from '@fairlead/contracts/cluster-facts'
import { complexityFactors } from '@fairlead/contracts/complexity'
import { describe, expect, it } from 'vitest'
import { namespaceFact, now, read, sampleFacts, webhookFact } from '../testing/sample-facts'
import { complexityOf, type ComplexityInput } from './audit'

const auditOf = (facts: Partial<ClusterFacts>, more: Partial<ComplexityInput> = {}) =>
  complexityOf({ facts: sampleFacts(facts), workloads: [], schedulers: [], now, ...more })
const factorsOf = (facts: Partial<ClusterFacts>, more: Partial<ComplexityInput> = {}): string[] =>
  auditOf(facts, more).items.map(({ factor }) => factor)

const run = (name: string, image: string) => ({
  kind: 'Deployment',
  namespace: 'system',
  name,
  images: [image],
})
const autoscaler = (kind: AutoscalerFact['kind'], change: Partial<AutoscalerFact> = {}): AutoscalerFact => ({
  kind,
  namespace: 'shop',
  name: kind === 'HorizontalPodAutoscaler' ? 'count' : 'size',
  targetKind: 'Deployment',
  targetName: 'web',
  resources: ['cpu'],
  active: true,
  minReplicas: 1,
  ...change,
})
const crd = (statusManagers: readonly string[], objects: number | null = 3) => ({
  name: 'widgets.example.org',
  objects,
  statusManagers,
  hasStatus: true,
})
const everywhere = { namespaceSelector: {} }

const webhookCases: readonly [string, Parameters<typeof webhookFact>[0], string[]][] = [
  ['is as it should be', {}, ['webhook']],
  ['has no endpoint and must answer', { endpoints: 0 }, ['webhook-down', 'webhook']],
  ['has no endpoint and may be passed by', { endpoints: 0, failurePolicy: 'Ignore' }, ['webhook']],
  ['has endpoints that nobody could read', { endpoints: null }, ['webhook']],
  ['has an old bundle', { caExpiresAt: '2026-11-23T09:59:59Z' }, ['webhook-expired', 'webhook']],
  ['makes every write wait', { timeoutSeconds: 30 }, ['webhook-slow', 'webhook']],
  ['admits every pod, its own too', everywhere, ['webhook-own-namespace', 'webhook-broad', 'webhook']],
  ['could admit every pod, but need not', { ...everywhere, failurePolicy: 'Ignore' }, ['webhook']],
  [
    'admits every pod that is labelled',
    { ...everywhere, objectSelector: { matchLabels: { a: 'b' } } },
    ['webhook-own-namespace', 'webhook'],
  ],
  [
    'is about something cluster-wide',
    { ...everywhere, rules: [{ operations: ['*'], apiGroups: [''], resources: ['nodes'], scope: '*' }] },
    ['webhook'],
  ],
]

const cases: readonly [string, Partial<ClusterFacts>, Partial<ComplexityInput>, string[]][] = [
  ['nothing', {}, {}, []],
  [
    'an API that does not answer',
    {
      apiServices: read(
        {
          name: 'v1beta1.metrics.k8s.io',
          service: 'kube-system/m',
          available: false,
          reason: 'MissingEndpoints',
          message: '',
        },
        { name: 'v1.', service: null, available: true, reason: 'Local', message: '' },
      ),
    },
    {},
    ['apiservice-down'],
  ],
  ['one network plug-in', {}, { workloads: [run('a', 'quay.io/cilium/cilium:v1.18')] }, []],
  [
    'two network plug-ins',
    {},
    { workloads: [run('a', 'quay.io/cilium/cilium:v1.18@sha256:00'), run('b', 'docker.io/calico/node:v3')] },
    ['cni'],
  ],
  [
    'kube-proxy beside its replacement',
    { kubeProxyReplaced: true },
    { workloads: [run('p', 'registry.k8s.io/kube-proxy:v1.35.0')] },
    ['kube-proxy-and-ebpf'],
  ],
  ['a replacement alone', { kubeProxyReplaced: true }, {}, []],
  ['a mesh', {}, { workloads: [run('istiod', 'docker.io/istio/pilot:1.28')] }, ['mesh']],
  [
    'two engines',
    {},
    {
      workloads: [run('a', 'quay.io/argoproj/argocd:v3'), run('f', 'ghcr.io/fluxcd/kustomize-controller:v1')],
    },
    ['gitops-engine'],
  ],
  [
    'classes of two controllers',
    {
      ingressClasses: read(
        { name: 'a', controller: 'x/a' },
        { name: 'b', controller: 'x/b' },
        { name: 'c', controller: 'x/b' },
      ),
    },
    {},
    ['ingress-controller'],
  ],
  ['another scheduler', {}, { schedulers: [{ name: 'own', namespace: 'shop', pods: 2 }] }, ['scheduler']],
  ['a resource with its controller', { customResources: read(crd(['operator'])) }, {}, ['crd']],
  ['a resource whose controller is gone', { customResources: read(crd([])) }, {}, ['crd-orphan', 'crd']],
  ['a resource without objects', { customResources: read(crd([], 0)) }, {}, ['crd']],
  ['a resource that two write', { customResources: read(crd(['a', 'b'])) }, {}, ['crd-contested', 'crd']],
  [
    'two autoscalers on one metric',
    { autoscalers: read(autoscaler('HorizontalPodAutoscaler'), autoscaler('VerticalPodAutoscaler')) },
    {},
    ['hpa-and-vpa'],
  ],
  [
    'two autoscalers apart',
    {
      autoscalers: read(
        autoscaler('HorizontalPodAutoscaler'),
        autoscaler('VerticalPodAutoscaler', { resources: ['memory'] }),
        autoscaler('VerticalPodAutoscaler', { active: false }),
        autoscaler('VerticalPodAutoscaler', { namespace: 'other' }),
      ),
    },
    {},
    [],
  ],
  ['no default class', { defaultStorageClasses: read() }, {}, ['default-storage-class']],
  ['two default classes', { defaultStorageClasses: read('a', 'b') }, {}, ['default-storage-class']],
  ['classes that nobody may read', { defaultStorageClasses: { state: 'denied', words: 'no' } }, {}, []],
  [
    'a namespace that does not end, and one that does',
    {
      namespaces: read(
        namespaceFact('old', { terminatingSince: '2026-11-23T09:00:00Z', remaining: ['finalizer x'] }),
        namespaceFact('new', { terminatingSince: '2026-11-23T09:59:00Z' }),
      ),
    },
    {},
    ['namespace-terminating'],
  ],
]

describe('the complexity of a cluster', () => {
  it.each(webhookCases)('counts a webhook that %s', (_name, change, factors) => {
    expect(factorsOf({ webhooks: read(webhookFact(change)) })).toEqual(factors)
  })
  it.each(cases)('counts %s', (_name, facts, more, factors) => {
    expect(factorsOf(facts, more)).toEqual(factors)
  })

  it('is the sum of its weights, none beyond its most', () => {
    const webhooks = read(...Array.from({ length: 9 }, () => webhookFact({ endpoints: 0 })))
    const { score, items } = auditOf({ webhooks })
    expect(items.map(({ factor, count, weight }) => [factor, count, weight])).toEqual([
      ['webhook-down', 9, complexityFactors['webhook-down'].most],
      ['webhook', 9, 9],
    ])
    expect(score).toBe(54)
  })

  it('says what it does not know, and never takes it for none', () => {
    const { unknown } = auditOf({
      webhooks: { state: 'denied', words: 'may not list' },
      autoscalers: { state: 'absent', words: 'not served' },
      customResources: read(crd([], null)),
    })
    expect(unknown).toEqual([
      'webhooks: may not list',
      'controllers of 1 custom resources: their objects may not be read',
    ])
  })
})

describe('the blast radius of a webhook', () => {
  it('is the namespaces that it covers, worst webhook first', () => {
    const webhooks = read(
      webhookFact({ configuration: 'lenient', failurePolicy: 'Ignore', ...everywhere }),
      webhookFact(),
      webhookFact({ configuration: 'down', endpoints: 0 }),
    )
    const blasts = auditOf({ webhooks }).webhooks
    expect(blasts.map(({ configuration }) => configuration)).toEqual(['down', 'policy', 'lenient'])
    expect(blasts.map(({ words }) => words)).toEqual([
      'It is down: CREATE of pods in 1 of 3 namespaces fail now.',
      'If it is down, CREATE of pods in 1 of 3 namespaces fail.',
      'If it is down, CREATE of pods in 3 of 3 namespaces go through unchecked, each after up to 5 s.',
    ])
    expect(blasts[1]?.namespaces).toEqual(['shop'])
  })
})
