import { describe, expect, it } from 'vitest'
import { compare, formOf, parseMessage } from './message'

const said = (message: string) => ({ message, from: 'event' as const, at: null })
const counted = (message: string) => {
  const parsed = parseMessage(message)
  return parsed === null ? null : [parsed.nodes, Object.fromEntries(parsed.counts), parsed.preemption]
}

describe("the scheduler's message", () => {
  it.each([
    [
      'counted texts and a second look',
      '0/5 nodes are available: 1 Too many pods, 2 Insufficient cpu, 2 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/5 nodes are available: 5 Preemption is not helpful for scheduling.',
      [
        5,
        { 'Too many pods': 1, 'Insufficient cpu': 2, 'node(s) had untolerated taint(s)': 2 },
        '0/5 nodes are available: 5 Preemption is not helpful for scheduling.',
      ],
    ],
    [
      'the pod refused as a whole',
      '0/2 nodes are available: persistentvolumeclaim "data.v1" not found. preemption: not eligible due to preemptionPolicy=Never.',
      [2, { 'persistentvolumeclaim "data.v1" not found': 0 }, 'not eligible due to preemptionPolicy=Never.'],
    ],
    [
      'taints by name, as before 1.35',
      '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a.b/c: d, e}.',
      [3, { 'Insufficient cpu': 1, 'node(s) had untolerated taint {a.b/c: d, e}': 2 }, null],
    ],
    [
      'the device filter having nothing to add',
      '0/2 nodes are available: persistentvolumeclaim "data" not found. not found',
      [2, { 'persistentvolumeclaim "data" not found': 0 }, null],
    ],
    ['no node', '0/0 nodes are available:', null],
    ['an error', 'running PreFilter plugin "X": boom', null],
  ])('is read: %s', (_what, message, expected) => {
    expect(counted(message)).toEqual(expected)
  })

  it('reads what it writes', () => {
    const counts = new Map([
      ['Insufficient cpu', 2],
      ["node(s) didn't match pod affinity rules", 11],
    ])
    expect(formOf(13, counts)).toBe(
      "0/13 nodes are available: 11 node(s) didn't match pod affinity rules, 2 Insufficient cpu.",
    )
    expect(parseMessage(formOf(13, counts))?.counts).toEqual(counts)
  })
})

describe('the comparison', () => {
  const ours = '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint(s).'
  it('agrees over the wording of taints by older schedulers', () => {
    const theirs =
      '0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {a: b}, 1 node(s) had untolerated taint {c: }.'
    expect(compare(said(theirs), ours, null).verdict).toBe('agree')
  })
  it('lists every text that is counted differently, and nodes that came or went', () => {
    const theirs = '0/4 nodes are available: 2 Insufficient cpu, 2 Too many pods.'
    expect(compare(said(theirs), ours, null)).toMatchObject({
      verdict: 'differ',
      differences: [
        { text: 'nodes', scheduler: 4, fairlead: 3 },
        { text: 'Insufficient cpu', scheduler: 2, fairlead: 1 },
        { text: 'Too many pods', scheduler: 2, fairlead: null },
        { text: 'node(s) had untolerated taint(s)', scheduler: null, fairlead: 2 },
      ],
    })
  })
  it('compares the second look too, where both tell of one', () => {
    const second = '0/3 nodes are available: 1 Insufficient cpu, 2 Preemption is not helpful for scheduling.'
    const theirs = `${ours} preemption: ${second}`
    expect(compare(said(theirs), ours, second).verdict).toBe('agree')
    expect(
      compare(said(theirs), ours, '0/3 nodes are available: 3 Preemption is not helpful for scheduling.')
        .differences,
    ).toEqual([
      { text: 'preemption: Insufficient cpu', scheduler: 1, fairlead: null },
      { text: 'preemption: Preemption is not helpful for scheduling', scheduler: 2, fairlead: 3 },
    ])
  })
  it('judges a message that was cut by what is left of it', () => {
    const theirs = '0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had unto ...'
    expect(compare(said(theirs), ours, null).verdict).toBe('agree')
  })
  it('has nothing to compare before the scheduler spoke', () => {
    expect(compare(null, ours, null).verdict).toBe('nothing_to_compare')
  })
})
