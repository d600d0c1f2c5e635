import type { StageView, TargetView } from '@fairlead/contracts/rollout'
import type { TargetState } from '@fairlead/contracts/rollout-states'
import type { WavesView } from '@fairlead/contracts/waves'
import { describe, expect, it } from 'vitest'
import { cellOf, countsOf, failedWords, policyWords, shownTargets, wavesThrough } from './wave-words'

const target = (id: string, state: TargetState, more: Partial<TargetView> = {}): TargetView => ({
  id,
  cluster: { id, name: `cluster-${id}`, environment: 'production', colour: 1 },
  namespace: 'shop',
  state,
  message: '',
  appliedAt: null,
  convergedAt: null,
  workloads: [],
  splits: [],
  observedAt: null,
  wave: 1,
  progressAt: null,
  unreachableSince: null,
  ...more,
})

describe('what the lanes of a stage say', () => {
  it('counts targets by state', () => {
    expect(countsOf([target('1', 'pending'), target('2', 'converged'), target('3', 'pending')])).toBe(
      '2 not started, 1 converged',
    )
  })

  it('names a cell with all that its look says', () => {
    expect(cellOf(target('1', 'converged', { message: 'Converged.' }))).toBe('cluster-1, shop: Converged.')
    const silent = {
      unreachableSince: '2026-01-01T00:00:00Z',
      message: 'Its cluster does not answer: refused',
    }
    expect(cellOf(target('1', 'pending', silent))).toBe(
      'cluster-1, shop: Not started. It does not answer. Its cluster does not answer: refused',
    )
  })

  it('says each policy for clusters that do not answer', () => {
    expect(policyWords({ policy: 'wait', timeout: '10m' })).toContain('waits 10m for')
    expect(policyWords({ policy: 'wait', timeout: '30s' })).toContain('30s')
    expect(policyWords({ policy: 'fail', timeout: '10m' })).toContain('counts as failed')
  })

  it('counts the waves that are through, and what failed in them', () => {
    const waves = {
      lanes: [
        { number: 1, state: 'done', bakesUntil: null },
        { number: 2, state: 'waiting', bakesUntil: null },
      ],
      budget: { allowed: 1, spent: 1 },
    } as const satisfies Partial<WavesView>
    const said = (...targets: readonly TargetView[]) =>
      wavesThrough(
        { state: 'progressing', targets, waves } as unknown as StageView,
        waves as unknown as WavesView,
      )
    const next = target('2', 'pending', { wave: 2 })
    expect(said(target('1', 'converged'), next)).toBe('1 of 2 waves through')
    expect(said(target('1', 'converged'), target('3', 'failed'), next)).toBe(
      '1 of 2 waves through, 1 target failed',
    )
  })

  it('names so many of those that failed as can be read', () => {
    expect(failedWords(['a', 'b'])).toBe('a, b')
    expect(failedWords(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])).toBe('a, b, c, d, e, f and 2 more')
  })

  it('opens all of a few targets, and of many the chosen one and what went wrong or moves', () => {
    const few = [target('1', 'pending'), target('2', 'converged')]
    expect(shownTargets(few, null)).toEqual(few)
    const many = Array.from({ length: 300 }, (_, at) =>
      target(String(at), at === 250 ? 'failed' : at === 9 ? 'applied' : 'converged'),
    )
    expect(shownTargets(many, '77').map(({ id }) => id)).toEqual(['77', '250', '9'])
    expect(shownTargets(many, '9').map(({ id }) => id)).toEqual(['9', '250'])
  })
})
