import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClusterObjects } from '../scheduling/cluster-facts'
import { readPod } from '../scheduling/pod-facts'
import { growthOf } from './autoscaler'
import { simulateSurge, type SurgeQuestion } from './simulate'

const node = (name: string, cpu = '2', labels: object = {}) => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  status: { allocatable: { cpu, memory: '8Gi', pods: '10' } },
})
const running = (name: string, on: string, cpu: string, labels: object = {}) =>
  readPod({
    metadata: { name, namespace: 'shop', uid: name, labels },
    spec: { nodeName: on, containers: [{ name: 'main', resources: { requests: { cpu } } }] },
    status: { phase: 'Running' },
  })
const objects = (nodes: readonly unknown[], pods: ClusterObjects['pods'] = []): ClusterObjects => ({
  nodes,
  pods,
  namespaces: [],
  claims: [],
  volumes: [],
  storageClasses: [],
  csiNodes: [],
  csiDrivers: [],
  capacities: [],
  attachments: [],
  services: [],
  owner: null,
})

type Wish = {
  name?: string
  kind?: string
  replicas?: number
  cpu?: string
  pod?: object
  now?: number
  spec?: object
}
const change = ({
  name = 'web',
  kind = 'Deployment',
  replicas = 1,
  cpu = '1',
  pod = {},
  now,
  spec,
}: Wish) => {
  const object = (count: number) => ({
    kind,
    metadata: { name, namespace: 'shop' },
    spec: {
      replicas: count,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'main', resources: { requests: { cpu } } }], ...pod },
      },
      ...spec,
    },
  })
  return {
    before: now === undefined ? null : { ...object(now), status: { replicas: now } },
    after: object(replicas),
    templateChanged: now !== undefined,
  }
}
const ask = (changes: SurgeQuestion['changes'], around: Partial<SurgeQuestion> = {}) => {
  const plan = simulateSurge({
    namespace: 'shop',
    changes,
    objects: objects([node('a'), node('b')]),
    quotas: [],
    limitRanges: [],
    priorities: new Map(),
    claims: [],
    mayGrow: null,
    unseen: [],
    applicationLabel: 'fairlead.dev/application',
    ...around,
  })
  if (plan === null) throw new Error('nothing was simulated')
  return plan
}
const quota = (hard: object, used: object = {}, more: object = {}) => ({
  metadata: { name: 'team', managedFields: [{ manager: 'platform-team', fieldsV1: { 'f:spec': {} } }] },
  spec: { hard, ...more },
  status: { used },
})

describe('where the pods of an update would go', () => {
  it('says on which nodes they fit, the emptiest first', () => {
    const { workloads, verdict } = ask([change({ replicas: 3, cpu: '1' })])
    expect(verdict).toBe('fits')
    expect(workloads[0]?.placement).toMatchObject({
      nodes: [
        { node: 'a', pods: 2 },
        { node: 'b', pods: 1 },
      ],
      words: '3 pods on nodes a, b',
    })
  })

  it('says which one fits nowhere, and why on how many nodes', () => {
    const { workloads, verdict } = ask([change({ replicas: 5 })])
    expect(verdict).toBe('refused')
    expect(workloads[0]?.placement).toMatchObject({ placed: 4, wanted: 5 })
    expect(workloads[0]?.placement?.words).toMatch(
      /^the 5th of 5 new pods fits nowhere: 2 nodes because needs 1 cpu, 0 of 2 free, held by shop\/web-new-/,
    )
    expect(workloads[0]?.placement?.groups[0]?.filter).toBe('NodeResourcesFit')
  })

  it('counts several workloads of one plan together, in their order', () => {
    const { workloads } = ask([change({ replicas: 3 }), change({ name: 'api', replicas: 2 })])
    expect(workloads.map(({ placement }) => placement?.verdict)).toEqual(['fits', 'refused'])
  })

  it('frees the room of an old pod only once it is gone', () => {
    const full = { objects: objects([node('a', '1')], [running('w', 'a', '1', { app: 'web' })]) }
    const rolling = (maxSurge: number, maxUnavailable: number) =>
      change({ now: 1, spec: { strategy: { rollingUpdate: { maxSurge, maxUnavailable } } } })
    expect(ask([rolling(1, 0)], full).verdict).toBe('refused')
    expect(ask([rolling(0, 1)], full).verdict).toBe('fits')
  })

  it('knows nothing for certain where nodes may not be read, may grow, or belong to another scheduler', () => {
    expect(ask([change({})], { objects: null }).verdict).toBe('unknown')
    expect(ask([change({ pod: { schedulerName: 'batch' } })]).words).toContain('scheduler batch')
    const unseen = [{ what: 'pods of all namespaces', why: 'forbidden' }]
    expect(ask([change({})], { unseen }).verdict).toBe('unknown')
    const mayGrow = growthOf([node('a', '2', { 'karpenter.sh/nodepool': 'general' })], null)
    const grown = ask([change({ replicas: 9 })], { mayGrow })
    expect(grown.verdict).toBe('unknown')
    expect(grown.words).toMatch(/fits nowhere.*Karpenter made 1 of 1 nodes/)
  })

  it('places a DaemonSet on each node that it may run on, whatever is cordoned', () => {
    const gpu = node('g', '2', { gpu: 'yes' })
    const cordoned = {
      ...gpu,
      spec: {
        unschedulable: true,
        taints: [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }],
      },
    }
    const { workloads } = ask([change({ kind: 'DaemonSet', pod: { nodeSelector: { gpu: 'yes' } } })], {
      objects: objects([node('a'), cordoned]),
    })
    expect(workloads[0]).toMatchObject({ after: 1, placement: { nodes: [{ node: 'g', pods: 1 }] } })
  })

  it('leaves a claim that a StatefulSet makes to its controller, and misses one that nobody makes', () => {
    const claims = { volumeClaimTemplates: [{ metadata: { name: 'data' } }] }
    expect(ask([change({ kind: 'StatefulSet', spec: claims })]).verdict).toBe('fits')
    const volumes = [{ name: 'v', persistentVolumeClaim: { claimName: 'gone' } }]
    expect(ask([change({ pod: { volumes } })]).words).toContain('PersistentVolumeClaim gone')
    expect(ask([change({ pod: { volumes } })], { claims: ['gone'] }).verdict).toBe('fits')
  })

  it('never places beyond what a node has, and more replicas never fit better', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(
        sizes,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 15 }),
        (nodes, request, replicas) => {
          const around = { objects: objects(nodes.map((size, index) => node(`n${index}`, `${size * 100}m`))) }
          const of = (count: number) =>
            ask([change({ replicas: count, cpu: `${request * 100}m` })], around).workloads[0]?.placement
          const [some, more] = [of(replicas), of(replicas + 1)]
          for (const { node: name, pods } of some?.nodes ?? [])
            expect(pods * request).toBeLessThanOrEqual(nodes[Number(name.slice(1))] ?? 0)
          expect(more?.placed).toBeGreaterThanOrEqual(some?.placed ?? 0)
          if (more?.verdict === 'fits') expect(some?.verdict).toBe('fits')
          const room = nodes.reduce((sum, size) => sum + Math.min(10, Math.floor(size / request)), 0)
          expect(some?.placed).toBe(Math.min(replicas, room))
        },
      ),
    )
  })
})

describe('what quotas of the namespace say', () => {
  const judged = (changes: SurgeQuestion['changes'], ...quotas: readonly unknown[]) =>
    ask(changes, { quotas }).quotas
  it('names the one that refuses with its owner, what is used and what it would be', () => {
    const [found] = judged([change({ now: 2, replicas: 2 })], quota({ pods: '2' }, { pods: '2' }))
    expect(found).toMatchObject({
      owner: 'platform-team',
      verdict: 'refused',
      words: 'Deployment web would bring pods to 3 of 2, 2 are used',
      amounts: [{ resource: 'pods', now: '2', peak: '3', limit: '2', over: true }],
    })
  })

  it('counts the old pods away as they go', () => {
    const recreate = change({ now: 2, replicas: 2, spec: { strategy: { type: 'Recreate' } } })
    expect(
      judged([recreate], quota({ pods: '2', 'requests.cpu': '2' }, { pods: '2', 'requests.cpu': '2' })),
    ).toMatchObject([{ verdict: 'fits' }])
  })

  const sums: readonly [string, object, object, string][] = [
    [
      'sidecars',
      { initContainers: [{ name: 's', restartPolicy: 'Always', resources: { requests: { cpu: '1' } } }] },
      { 'requests.cpu': '9' },
      '2',
    ],
    [
      'init containers',
      { initContainers: [{ name: 'i', resources: { requests: { cpu: '3' } } }] },
      { cpu: '9' },
      '3',
    ],
    ['overhead', { overhead: { cpu: '500m' } }, { 'requests.cpu': '9' }, '1500m'],
    ['pods', {}, { 'count/pods': '9' }, '1'],
  ]
  it.each(sums)('count %s', (_name, pod, hard, peak) => {
    expect(judged([change({ pod })], quota(hard))[0]?.amounts[0]?.peak).toBe(peak)
  })

  it('are applied to what LimitRanges fill in, and refuse what nobody filled in', () => {
    const limitRanges = [
      {
        spec: {
          limits: [{ type: 'Container', default: { memory: '1Gi' }, defaultRequest: { memory: '256Mi' } }],
        },
      },
    ]
    const quotas = [quota({ 'requests.memory': '1Gi', 'limits.memory': '1Gi' })]
    expect(ask([change({})], { quotas }).quotas[0]).toMatchObject({
      verdict: 'refused',
      words: expect.stringContaining('main must set resources.requests.memory'),
    })
    expect(ask([change({})], { quotas, limitRanges }).quotas[0]).toMatchObject({
      verdict: 'fits',
      amounts: [{ peak: '256Mi' }, { peak: '1Gi' }],
    })
  })

  it('stand beside ranges, of which each new pod is judged', () => {
    const limits = [{ type: 'Container', max: { cpu: '500m' }, default: { cpu: '500m' } }]
    const plan = ask([change({ cpu: '1' })], {
      limitRanges: [{ metadata: { name: 'sizes' }, spec: { limits } }],
    })
    expect(plan).toMatchObject({ verdict: 'refused', limitRanges: [{ name: 'sizes', verdict: 'refused' }] })
    expect(plan.words).toMatch(
      /^LimitRange sizes \(owned by .*\): Deployment web: main requests more than 500m/,
    )
  })

  it('honour their scopes, and say which they do not model', () => {
    const of = (more: object, pod: object = {}) =>
      judged([change({ pod })], quota({ pods: '0' }, {}, more))[0]?.verdict
    expect(of({ scopes: ['BestEffort'] })).toBe('fits')
    expect(of({ scopes: ['NotBestEffort', 'NotTerminating'] })).toBe('refused')
    expect(of({ scopes: ['Terminating'] }, { activeDeadlineSeconds: 9 })).toBe('refused')
    const high = {
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['high'] }] },
    }
    expect([of(high), of(high, { priorityClassName: 'high' })]).toEqual(['fits', 'refused'])
    expect(of({ scopes: ['CrossNamespacePodAffinity'] })).toBe('unknown')
  })

  it('are left out where they count no pods, and unknown where they may not be read', () => {
    expect(judged([change({})], quota({ services: '1' }))).toEqual([])
    expect(ask([change({})], { quotas: null })).toMatchObject({
      verdict: 'unknown',
      words: expect.stringContaining('quotas'),
    })
  })
})

describe('the plan as a whole', () => {
  it('stands peak beside now beside allocatable', () => {
    const around = { objects: objects([node('a'), node('b')], [running('w', 'a', '1', { app: 'web' })]) }
    const [cpu, , pods] = ask([change({ now: 1, replicas: 1 })], around).capacity
    expect([cpu, pods]).toEqual([
      { resource: 'cpu', now: '1', peak: '2', limit: '4', over: false },
      { resource: 'pods', now: '1', peak: '2', limit: '20', over: false },
    ])
  })

  it('is not there when no pod starts', () => {
    const idle = { ...change({ now: 2, replicas: 2 }), templateChanged: false }
    expect(() => ask([idle])).toThrow('nothing was simulated')
  })
})
