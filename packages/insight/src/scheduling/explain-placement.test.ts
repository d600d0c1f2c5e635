import { describe, expect, it } from 'vitest'
import { node, objects, on, pod } from '../testing/scheduling-objects'
import type { ClusterObjects } from './cluster-facts'
import { explainPlacement } from './explain-placement'

describe('why a pod is where it is', () => {
  const why = (subject: unknown, around: ClusterObjects | null) =>
    explainPlacement({ pod: subject, objects: around, mayName: () => true })
  const asking = { requests: { cpu: '1' } }

  it('is judged without itself, as the cluster is now', () => {
    const subject = on('a', 'p', asking)
    const busy = on('b', 'busy', asking)
    expect(why(subject, objects([node('a'), node('b')], [subject, busy]))?.words).toMatch(
      /^a has the highest/,
    )
    expect(
      why(
        subject,
        objects([node('a'), node('b')], [subject, { ...busy, spec: { ...busy.spec, nodeName: 'a' } }]),
      )?.words,
    ).toMatch(/^As the cluster is now, b would get \d+ and a \d+/)
  })

  it('says that its node would not take it any more', () => {
    const subject = on('a', 'p', asking)
    const tainted = node('a', { taints: [{ key: 'x', effect: 'NoSchedule' }] })
    expect(why(subject, objects([tainted, node('b')], [subject]))?.words).toContain(
      'a would not take it: the node has x',
    )
  })

  it('is unknown where another scheduler chose, or the nodes may not be read, and nothing without a node', () => {
    const foreign = on('a', 'p', { spec: { schedulerName: 'batch' } })
    expect(why(foreign, objects([node('a')]))).toMatchObject({ ranking: null, node: 'a' })
    expect(why(on('a', 'p'), null)?.words).toContain('may not be read')
    expect(why(pod('p'), objects([node('a')]))).toBeNull()
  })
})
