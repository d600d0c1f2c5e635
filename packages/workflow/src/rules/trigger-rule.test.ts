import { triggerRules, type TriggerRule } from '@fairlead/contracts/workflow-states'
import { describe, expect, it } from 'vitest'
import { judgeRule, type UpstreamCounts } from './trigger-rule'

type Outcome = 'S' | 'F' | 'U' | 'K' | '.'
const outcomes: readonly Outcome[] = ['S', 'F', 'U', 'K', '.']

function* vectors(n: number): Generator<readonly Outcome[]> {
  if (n === 0) return yield []
  for (const rest of vectors(n - 1)) for (const outcome of outcomes) yield [...rest, outcome]
}

const counted = (vector: readonly Outcome[], setups: readonly boolean[] = []): UpstreamCounts => {
  const of = (outcome: Outcome) => vector.filter((each) => each === outcome).length
  const setup = (outcome: Outcome) => vector.filter((each, at) => each === outcome && setups[at]).length
  return {
    needs: vector.length,
    succeeded: of('S'),
    failed: of('F'),
    upstreamFailed: of('U'),
    skipped: of('K'),
    setups: { total: setups.filter(Boolean).length, succeeded: setup('S'), skipped: setup('K') },
  }
}

/**
 * The table of semantics/workflows.md, said of whole vectors and not of counts: for each rule, when it runs, and the
 * settlements in order of precedence; nothing of it is shared with the code under test.
 */
type Vector = readonly Outcome[]
const some = (v: Vector, ...which: Outcome[]) => v.some((o) => which.includes(o))
const every = (v: Vector, ...which: Outcome[]) => v.every((o) => which.includes(o))
const done = (v: Vector) => !v.includes('.')
type Clause = [when: (v: Vector) => boolean, then: 'run' | 'skipped' | 'upstream_failed']
const table: Readonly<Record<Exclude<TriggerRule, 'all_done_setup_success'>, readonly Clause[]>> = {
  all_success: [
    [(v) => every(v, 'S'), 'run'],
    [(v) => some(v, 'F', 'U'), 'upstream_failed'],
    [(v) => some(v, 'K'), 'skipped'],
  ],
  all_failed: [
    [(v) => every(v, 'F', 'U'), 'run'],
    [(v) => some(v, 'S', 'K'), 'skipped'],
  ],
  all_done: [[done, 'run']],
  all_done_min_one_success: [
    [(v) => done(v) && !some(v, 'K') && some(v, 'S'), 'run'],
    [(v) => some(v, 'K'), 'skipped'],
    [(v) => done(v) && !some(v, 'S'), 'upstream_failed'],
  ],
  all_skipped: [
    [(v) => every(v, 'K'), 'run'],
    [(v) => some(v, 'S', 'F', 'U'), 'skipped'],
  ],
  one_success: [
    [(v) => some(v, 'S'), 'run'],
    [(v) => every(v, 'K'), 'skipped'],
    [done, 'upstream_failed'],
  ],
  one_failed: [
    [(v) => some(v, 'F', 'U'), 'run'],
    [done, 'skipped'],
  ],
  one_done: [
    [(v) => some(v, 'S', 'F'), 'run'],
    [done, 'skipped'],
  ],
  none_failed: [
    [(v) => every(v, 'S', 'K'), 'run'],
    [(v) => some(v, 'F', 'U'), 'upstream_failed'],
  ],
  none_failed_min_one_success: [
    [(v) => every(v, 'S', 'K') && some(v, 'S'), 'run'],
    [(v) => some(v, 'F', 'U'), 'upstream_failed'],
    [(v) => every(v, 'K'), 'skipped'],
  ],
  none_skipped: [
    [(v) => done(v) && !some(v, 'K'), 'run'],
    [(v) => some(v, 'K'), 'skipped'],
  ],
  always: [[() => true, 'run']],
}

const said = (rule: TriggerRule, counts: UpstreamCounts): string => {
  const verdict = judgeRule(rule, counts)
  return verdict.kind === 'settle' ? verdict.state : verdict.kind
}

describe('the trigger rules', () => {
  for (const [rule, clauses] of Object.entries(table) as [keyof typeof table, readonly Clause[]][])
    it(`${rule} decides as the table for every outcome vector of up to five upstreams`, () => {
      for (let n = 1; n <= 5; n++)
        for (const vector of vectors(n)) {
          const expected = clauses.find(([when]) => when(vector))?.[1] ?? 'wait'
          expect(`${vector.join('')} ${said(rule, counted(vector))}`).toBe(`${vector.join('')} ${expected}`)
        }
    })

  it('all_done_setup_success decides as the table for every vector and every choice of setups', () => {
    for (let n = 1; n <= 5; n++)
      for (const vector of vectors(n))
        for (let bits = 0; bits < 2 ** n; bits++) {
          const setups = vector.map((_, at) => (bits & (1 << at)) !== 0)
          const ofSetups = vector.filter((_, at) => setups[at])
          const expected = !done(vector)
            ? 'wait'
            : ofSetups.length > 0 && every(ofSetups, 'K')
              ? 'skipped'
              : ofSetups.length > 0 && !some(ofSetups, 'S')
                ? 'upstream_failed'
                : 'run'
          expect(said('all_done_setup_success', counted(vector, setups))).toBe(expected)
        }
  })

  it('every rule passes without upstreams', () => {
    for (const rule of triggerRules) expect(said(rule, counted([]))).toBe('run')
  })

  it('no rule waits once all upstreams are done, and what is decided says why', () => {
    for (const rule of triggerRules)
      for (const vector of vectors(4)) {
        const verdict = judgeRule(rule, counted(vector))
        if (done(vector)) expect(verdict.kind).not.toBe('wait')
        expect(verdict.reason).toMatch(/\.$/)
      }
  })
})
