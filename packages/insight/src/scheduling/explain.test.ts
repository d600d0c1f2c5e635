import { describe, expect, it } from 'vitest'
import type { ClusterObjects } from './cluster-facts'
import { explainScheduling } from './explain'
import { readPod } from './pod-facts'

const node = (name: string, more: { labels?: object; spec?: object; allocatable?: object } = {}) => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...more.labels } },
  spec: more.spec ?? {},
  status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10', ...more.allocatable } },
})
const pod = (name: string, spec: object = {}, cpu = '1') => ({
  metadata: { name, namespace: 'shop', uid: name },
  spec: { containers: [{ name: 'main', resources: { requests: { cpu } } }], ...spec },
  status: { phase: 'Pending' },
})
const objects = (nodes: readonly unknown[], pods: readonly unknown[] = []): ClusterObjects => ({
  nodes,
  pods: pods.map(readPod),
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
const explain = (subject: unknown, around: ClusterObjects | null, mayName = true) =>
  explainScheduling({ pod: subject, objects: around, events: [], mayName: () => mayName })

const busy = (name: string, on: string, cpu = '1500m') => pod(name, { nodeName: on }, cpu)

describe('why a pod is pending', () => {
  it('keeps every shortage of a node, with what is needed, free and held by whom', () => {
    const { groups, message } = explain(
      pod('new', { resources: { requests: { memory: '8Gi' } } }),
      objects([node('a')], [busy('old', 'a')]),
    )
    expect(message).toBe('0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.')
    expect(groups[0]?.nodes[0]?.reasons.map(({ words }) => words)).toEqual([
      'needs 1 cpu, 500m of 2 free, held by shop/old',
      'needs 8Gi memory, 4Gi of 4Gi free',
    ])
  })

  it('does not name pods that the reader may not see', () => {
    const { groups } = explain(pod('new'), objects([node('a')], [busy('secret', 'a')]), false)
    expect(JSON.stringify(groups)).not.toContain('secret')
    expect(groups[0]?.nodes[0]?.reasons[0]?.words).toContain('1 pod you may not see')
  })

  it('says how much less it would have to request, and where it fits then', () => {
    const { whatIfs } = explain(
      pod('new'),
      objects([node('a'), node('b')], [busy('x', 'a'), busy('y', 'b', '1200m')]),
    )
    expect(whatIfs).toEqual([
      { change: 'it requested 200m cpu less (800m instead of 1)', fits: 1, nodes: ['b'] },
    ])
  })

  it('drops two constraints where no single one helps', () => {
    const tainted = { taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] }
    const { whatIfs } = explain(
      pod('new', {}, '1'),
      objects([node('a', { spec: tainted })], [busy('x', 'a')]),
    )
    expect(whatIfs).toEqual([
      {
        change: 'it tolerated gpu=yes:NoSchedule, and it requested 500m cpu less (500m instead of 1)',
        fits: 1,
        nodes: ['a'],
      },
    ])
  })

  it('knows when evicting others would make room', () => {
    const { preemption, comparison } = explain(
      pod('new', { priority: 10 }),
      objects([node('a')], [busy('old', 'a')]),
    )
    expect(preemption).toContain('the node a would take it')
    expect(comparison.verdict).toBe('nothing_to_compare')
  })

  it('counts a node that was promised to a pod of the same priority as taken', () => {
    const promised = { ...pod('first', {}, '2'), status: { phase: 'Pending', nominatedNodeName: 'a' } }
    expect(explain(pod('new'), objects([node('a')], [promised])).state).toBe('refused')
    expect(explain(pod('new', { priority: 5 }), objects([node('a')], [promised])).state).toBe('fits')
  })

  it('shows the arithmetic of a skew', () => {
    const labels = { zone: 'z1' }
    const spread = {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'zone',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'web' } },
        },
      ],
    }
    const subject = pod('new', { ...spread, nodeSelector: { 'kubernetes.io/hostname': 'a' } }, '1m')
    const placed = {
      ...busy('w', 'a', '1m'),
      metadata: { name: 'w', namespace: 'shop', uid: 'w', labels: { app: 'web' } },
    }
    const spreads = { ...subject, metadata: { ...subject.metadata, labels: { app: 'web' } } }
    const strict = {
      ...spreads,
      spec: {
        ...spreads.spec,
        topologySpreadConstraints: spread.topologySpreadConstraints.map((each) => ({
          ...each,
          nodeAffinityPolicy: 'Ignore',
        })),
      },
    }
    const around = objects([node('a', { labels }), node('b', { labels: { zone: 'z2' } })], [placed])
    expect(explain(spreads, around).state).toBe('fits')
    expect(
      explain(strict, around).groups.flatMap(({ nodes }) =>
        nodes.flatMap(({ reasons }) => reasons.map(({ words }) => words)),
      ),
    ).toContain(
      '1 matching pods in zone=z1 + 1 for itself − 0 in the emptiest domain = 2, more than maxSkew 1',
    )
  })

  it.each([
    ['placed', pod('p', { nodeName: 'a' }), 'placed'],
    ['gated', pod('p', { schedulingGates: [{ name: 'quota.example.com/wait' }] }), 'gated'],
    ["another scheduler's", pod('p', { schedulerName: 'batch' }), 'not_modelled'],
    ['claiming devices', pod('p', { resourceClaims: [{ name: 'gpu' }] }), 'not_modelled'],
    ['free to go', pod('p'), 'fits'],
  ])('a pod that is %s', (_what, subject, state) => {
    expect(explain(subject, objects([node('a')])).state).toBe(state)
  })

  it('says so when the nodes may not be read', () => {
    expect(explain(pod('p'), null).state).toBe('not_seen')
  })

  it.each([
    ['null', null],
    ['a text', 'pod'],
    ['a spec of another type', { metadata: 7, spec: [], status: 'x' }],
    [
      'fields of other types',
      pod('p', {
        tolerations: 'all',
        affinity: [1],
        volumes: [null, 3],
        nodeSelector: { a: 1 },
        topologySpreadConstraints: [{ whenUnsatisfiable: 'DoNotSchedule', maxSkew: 'x' }],
        priority: 'high',
        overhead: 'x',
      }),
    ],
  ])('never throws: %s', (_what, subject) => {
    const absurd = objects(
      [null, { metadata: { name: 3 } }, node('a', { spec: { taints: 'x' } })],
      [null, { spec: { nodeName: 'a' } }],
    )
    const odd = {
      ...absurd,
      claims: [null, 1],
      volumes: [{}],
      storageClasses: ['x'],
      csiNodes: [{ spec: { drivers: [null] } }],
    }
    expect(typeof explain(subject, odd).words).toBe('string')
  })
})
