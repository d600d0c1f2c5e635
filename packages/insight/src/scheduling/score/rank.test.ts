import { schedulerScores, type SchedulerScore } from '@fairlead/contracts/scheduling-scores'
import { describe, expect, it } from 'vitest'
import { node, objects, on, pod } from '../../testing/scheduling-objects'
import { readCluster, type ClusterObjects } from '../cluster-facts'
import { readPod } from '../pod-facts'
import { evaluate } from '../run-filters'
import { rank } from './rank'

// Figures are those of upstream's own tables where it has them: plugins/*/…_test.go of Kubernetes 1.35.
const zoneKey = 'topology.kubernetes.io/zone'
const megabyte = 2 ** 20

function ranked(subject: unknown, around: ClusterObjects) {
  const facts = readPod(subject)
  const cluster = readCluster(around, facts, () => true)
  return rank({ pod: facts, cluster, fitting: evaluate(facts, cluster).fitting })
}
/** By node, the score of one plugin; null where it does not score. */
const scores = (plugin: SchedulerScore, subject: unknown, around: ClusterObjects) =>
  Object.fromEntries(ranked(subject, around).nodes.map((each) => [each.node, each.scores[plugin] ?? null]))

const preferring = (kind: 'podAffinity' | 'podAntiAffinity', topologyKey: string, app: string) => ({
  affinity: {
    [kind]: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 5, podAffinityTerm: { topologyKey, labelSelector: { matchLabels: { app } } } },
      ],
    },
  },
})

describe('scores of nodes that fit', () => {
  const sized = [
    node('a', { allocatable: { cpu: '4', memory: '10000' } }),
    node('b', { allocatable: { cpu: '6', memory: '10000' } }),
  ]
  const asking = pod('p', { requests: { cpu: '3', memory: '5000' } })

  it('prefer nodes of which little is requested', () => {
    expect(scores('NodeResourcesFit', asking, objects(sized))).toEqual({ a: 37, b: 50 })
  })

  it('count containers without a request with 100m and 200Mi, of those that run too', () => {
    const around = objects([node('a'), node('b')], [on('b', 'other')])
    // a: (4000 − 100) / 4000 → 97, (8192 − 200) / 8192 → 97; b: 95 and 95.
    expect(scores('NodeResourcesFit', pod('p'), around)).toEqual({ a: 97, b: 95 })
  })

  it('prefer nodes whose CPU and memory are taken alike, and leave out pods without requests', () => {
    expect(scores('NodeResourcesBalancedAllocation', asking, objects(sized))).toEqual({ a: 87, b: 100 })
    expect(scores('NodeResourcesBalancedAllocation', pod('p'), objects(sized))).toEqual({ a: null, b: null })
  })

  it('avoid taints that ask to be avoided, unless they are tolerated', () => {
    const soft = (key: string) => ({ key, effect: 'PreferNoSchedule' })
    const around = objects([
      node('none'),
      node('one', { taints: [soft('x')] }),
      node('two', { taints: [soft('x'), soft('y')] }),
    ])
    expect(scores('TaintToleration', pod('p'), around)).toEqual({ none: 100, one: 50, two: 0 })
    const tolerant = pod('p', { spec: { tolerations: [{ key: 'x', operator: 'Exists' }] } })
    expect(scores('TaintToleration', tolerant, around)).toEqual({ none: 100, one: 100, two: 0 })
  })

  it('follow preferred node affinity by its weights', () => {
    const prefers = (weight: number, key: string) => ({
      weight,
      preference: { matchExpressions: [{ key, operator: 'Exists' }] },
    })
    const subject = pod('p', {
      spec: {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              prefers(2, 'ssd'),
              prefers(4, 'new'),
              { weight: 9, preference: {} },
            ],
          },
        },
      },
    })
    const around = objects([
      node('both', { labels: { ssd: '1', new: '1' } }),
      node('ssd', { labels: { ssd: '1' } }),
      node('none'),
    ])
    expect(scores('NodeAffinity', subject, around)).toEqual({ both: 100, ssd: 33, none: 0 })
    expect(scores('NodeAffinity', pod('p'), around)).toEqual({ both: null, ssd: null, none: null })
  })

  const spread = (topologyKey: string, maxSkew = 1) => ({
    topologySpreadConstraints: [
      {
        topologyKey,
        maxSkew,
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { app: 'web' } },
      },
    ],
  })
  const web = { labels: { app: 'web' } }
  const many = (where: string, count: number) =>
    Array.from({ length: count }, (_, index) => on(where, `${where}-${index}`, web))

  it('spread over nodes where it may be broken, as upstream counts 2/1/0/3', () => {
    const around = objects(
      ['a', 'b', 'c', 'd'].map((name) => node(name)),
      [...many('a', 2), ...many('b', 1), ...many('d', 3)],
    )
    const subject = pod('p', { ...web, spec: spread('kubernetes.io/hostname') })
    expect(scores('PodTopologySpread', subject, around)).toEqual({ a: 20, b: 60, c: 100, d: 0 })
  })

  it('spread over zones, and give nothing to nodes outside of any', () => {
    const around = objects(
      [
        node('a1', { labels: { [zoneKey]: 'a' } }),
        node('a2', { labels: { [zoneKey]: 'a' } }),
        node('b1', { labels: { [zoneKey]: 'b' } }),
        node('nowhere'),
      ],
      [...many('a1', 2), ...many('nowhere', 1)],
    )
    const subject = pod('p', { ...web, spec: spread(zoneKey) })
    expect(scores('PodTopologySpread', subject, around)).toEqual({ a1: 0, a2: 0, b1: 100, nowhere: 0 })
  })

  it('spread pods of one Service or controller by default, and others not', () => {
    const around = (more: Partial<ClusterObjects>) => objects([node('a'), node('b')], many('a', 3), more)
    const service = { spec: { selector: { app: 'web' } } }
    const owner = { spec: { selector: { matchLabels: { app: 'web' } } } }
    // Costs: 3 × ln 4 + 2 → 6 and 2.
    for (const more of [{ services: [service] }, { owner }])
      expect(scores('PodTopologySpread', pod('p', web), around(more))).toEqual({ a: 33, b: 100 })
    const other = [{ spec: { selector: { app: 'other' } } }, { spec: {} }]
    for (const more of [{}, { services: other }])
      expect(scores('PodTopologySpread', pod('p', web), around(more))).toEqual({ a: null, b: null })
  })

  it('go beside pods that are liked, away from those that are avoided, and to those that like it', () => {
    const zones = [node('a', { labels: { [zoneKey]: 'a' } }), node('b', { labels: { [zoneKey]: 'b' } })]
    const beside = (subject: unknown, running: unknown) =>
      scores('InterPodAffinity', subject, objects(zones, [running]))
    const db = { labels: { app: 'db' } }
    expect(beside(pod('p', { spec: preferring('podAffinity', zoneKey, 'db') }), on('a', 'db', db))).toEqual({
      a: 100,
      b: 0,
    })
    expect(
      beside(pod('p', { spec: preferring('podAntiAffinity', zoneKey, 'db') }), on('a', 'db', db)),
    ).toEqual({
      a: 0,
      b: 100,
    })
    const likes = on('b', 'cache', { spec: preferring('podAffinity', zoneKey, 'web') })
    expect(beside(pod('p', web), likes)).toEqual({ a: 0, b: 100 })
    const term = { topologyKey: zoneKey, labelSelector: { matchLabels: { app: 'web' } } }
    const needs = on('b', 'cache', {
      labels: { app: 'web' },
      spec: { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } },
    })
    expect(beside(pod('p', web), needs)).toEqual({ a: 0, b: 100 })
    expect(beside(pod('p', web), on('a', 'db', db))).toEqual({ a: null, b: null })
  })

  it('prefer nodes that have its images, scaled by how few have them', () => {
    const around = objects([
      node('small', { images: { 'r/small:v1': 40 * megabyte, 'r/other:v1': 300 * megabyte } }),
      node('large', { images: { 'r/large:latest': 250 * megabyte } }),
    ])
    expect(scores('ImageLocality', pod('p', { images: ['r/small:v1', 'r/large'] }), around)).toEqual({
      small: 0,
      large: 5,
    })
  })

  it('sum up by the default weights', () => {
    const { nodes } = ranked(asking, objects(sized))
    for (const { total, scores: each } of nodes) {
      const sum = (Object.keys(each) as SchedulerScore[]).reduce(
        (all, name) => all + schedulerScores[name].weight * (each[name] ?? 0),
        0,
      )
      expect(total).toBe(sum)
    }
    expect(nodes.map(({ node: name, total }) => [name, total])).toEqual([
      ['b', 450],
      ['a', 424],
    ])
  })
})

describe('the ranking', () => {
  it('names the winner, a tie, and a node that alone fits', () => {
    const asking = pod('p', { requests: { cpu: '1' } })
    const busy = on('b', 'busy', { requests: { cpu: '1' } })
    expect(ranked(asking, objects([node('a'), node('b')], [busy]))).toMatchObject({
      best: ['a'],
      words: expect.stringMatching(/^a has the highest score, \d+; the next is b with \d+\.$/),
    })
    expect(ranked(asking, objects([node('a'), node('b')]))).toMatchObject({
      best: ['a', 'b'],
      words: expect.stringContaining('2 nodes share the highest score'),
    })
    const full = on('b', 'full', { requests: { cpu: '4' } })
    expect(ranked(asking, objects([node('a'), node('b')], [full]))).toMatchObject({ best: ['a'], nodes: [] })
  })

  it('is of a cluster of absurd objects too', () => {
    const odd = objects(
      [null, { status: { images: [{ names: 7 }, null], allocatable: { cpu: -1 } } }],
      [null],
    )
    const subject = pod('p', {
      spec: { affinity: { podAffinity: 'x', nodeAffinity: [] }, initContainers: 3 },
    })
    expect(ranked(subject, odd).best.length).toBeLessThanOrEqual(2)
  })
})
