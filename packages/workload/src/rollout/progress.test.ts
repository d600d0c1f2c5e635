import type { ReplicaCounts } from '@fairlead/contracts/verdict'
import { describe, expect, it } from 'vitest'
import { advance, marksOf } from './progress'

const counts = (updated: number, ready: number, available: number, current: number) => {
  const replicas: ReplicaCounts = { desired: 3, current, updated, ready, available, surge: 1, unavailable: 0 }
  return [
    {
      key: 'web',
      verdict: {
        state: 'progressing' as const,
        message: '',
        evidence: [],
        observedGeneration: 1,
        generation: 1,
        replicas,
      },
    },
  ]
}

describe('progress', () => {
  it('is more updated, ready or available pods, or fewer old ones, as in Kubernetes', () => {
    const { marks, progressed } = advance({}, counts(0, 3, 3, 3))
    expect(progressed).toBe(false)
    expect(advance(marks, counts(1, 3, 3, 4)).progressed).toBe(true)
    expect(advance(marks, counts(0, 3, 3, 2)).progressed).toBe(true)
    expect(advance(marks, counts(0, 3, 3, 3)).progressed).toBe(false)
  })

  it('is none when a pod becomes ready and crashes in turns', () => {
    let { marks } = advance({}, counts(1, 0, 0, 1))
    const first = advance(marks, counts(1, 1, 1, 1))
    expect(first.progressed).toBe(true)
    marks = advance(first.marks, counts(1, 0, 0, 1)).marks
    expect(advance(marks, counts(1, 1, 1, 1)).progressed).toBe(false)
  })

  it('reads marks from a column, whatever is in it', () => {
    const { marks } = advance({}, counts(1, 2, 3, 4))
    expect(marksOf(JSON.stringify(marks))).toEqual(marks)
    expect(marksOf('')).toEqual({})
    expect(marksOf('{"web":')).toEqual({})
    expect(marksOf('{"web":1}')).toEqual({})
  })
})
