import { describe, expect, it } from 'vitest'
import { node, objects, pod } from '../testing/scheduling-objects'
import type { ClusterObjects } from './cluster-facts'
import { explainScheduling } from './explain'

describe('extension points', () => {
  const explain = (subject: unknown, around: ClusterObjects | null) =>
    explainScheduling({ pod: subject, objects: around, events: [], mayName: () => true })
  const states = (subject: unknown, around: ClusterObjects | null) =>
    explain(subject, around).points.map(({ point, state }) => `${point} ${state}`)

  it.each<[string, unknown, ClusterObjects | null, string[]]>([
    [
      'that fits',
      pod('p'),
      objects([node('a')]),
      ['filter passed', 'score passed', 'reserve not_reached', 'bind not_reached'],
    ],
    [
      'that no node takes',
      pod('p', { requests: { cpu: '9' } }),
      objects([node('a')]),
      ['filter stopped', 'score not_reached', 'reserve not_reached', 'bind not_reached'],
    ],
    [
      'that is gated',
      pod('p', { spec: { schedulingGates: [{ name: 'quota' }] } }),
      null,
      ['filter not_reached', 'score not_reached', 'reserve not_reached', 'bind not_reached'],
    ],
    [
      'whose nodes may not be read',
      pod('p'),
      null,
      ['filter unknown', 'score unknown', 'reserve unknown', 'bind unknown'],
    ],
  ])('of a pod %s', (_what, subject, around, wanted) => {
    expect(states(subject, around)).toEqual(wanted)
  })

  it('say how many nodes pass which filter', () => {
    const { points } = explain(pod('p', { requests: { cpu: '9' } }), objects([node('a'), node('b')]))
    expect(points[0]?.words).toBe('none of 2 nodes passes: NodeResourcesFit 2')
  })

  it('name what Kubernetes has, where a pod names another scheduler', () => {
    const foreign = explain(pod('p', { spec: { schedulerName: 'batch' } }), null)
    expect([foreign.state, foreign.builtIns]).toEqual([
      'not_modelled',
      ['affinity', 'spread', 'quota', 'priority'],
    ])
    expect(explain(pod('p'), objects([node('a')])).builtIns).toEqual([])
  })
})
