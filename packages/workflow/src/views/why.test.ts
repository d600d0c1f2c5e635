import { describe, expect, it } from 'vitest'
import { whyLines, type WhyFacts } from './why'

const now = new Date('2026-11-23T12:00:00Z')
const later = new Date('2026-11-23T12:05:00Z')
const counts = {
  needs: 0,
  succeeded: 0,
  failed: 0,
  upstreamFailed: 0,
  skipped: 0,
  setups: { total: 0, succeeded: 0, skipped: 0 },
}
const facts = (more: Partial<WhyFacts> = {}): WhyFacts => ({
  now,
  run: { state: 'running', reason: '', workflow: 'nightly', activeRuns: 1, maxActiveRuns: 16 },
  task: { index: -1, state: 'ready', reason: '', nextAt: null, indexes: null },
  trigger: 'all_success',
  counts,
  upstream: [],
  pool: null,
  activeTasks: null,
  cluster: null,
  attempt: null,
  approval: null,
  pending: null,
  ...more,
})
const inState = (
  state: WhyFacts['task']['state'],
  more: Partial<WhyFacts['task']> = {},
): WhyFacts['task'] => ({
  ...facts().task,
  state,
  ...more,
})
const attempt = {
  number: 2,
  state: 'accepted',
  phase: 'pending',
  cluster: 'one',
  observedReason: '0/3 nodes are available: 3 Insufficient memory.',
  place: null,
  stopReason: '',
  startTries: 0,
  reason: '',
  nextAt: null,
  startBy: later,
} as const
const texts = (given: WhyFacts): string[] =>
  whyLines(given).map(({ what, passed, message }) => `${passed ? '✓' : '✗'} ${what}: ${message}`)

describe('why a task is not running', () => {
  it('says the rule with its counts, and names the upstreams that are not met', () => {
    const upstream = [
      { id: 'list', state: 'succeeded' },
      { id: 'settle', state: 'running' },
      { id: 'check', state: 'waiting' },
    ] as const
    expect(
      texts(facts({ task: inState('waiting'), counts: { ...counts, needs: 3, succeeded: 1 }, upstream })),
    ).toEqual([
      '✗ rule: all_success: 2 upstream tasks are not finished. Of 3: 1 succeeded.',
      '✗ upstream: settle: running.',
      '✗ upstream: check: waiting.',
    ])
  })

  it('names twenty upstreams and counts the others', () => {
    const upstream = Array.from({ length: 25 }, (_, index) => ({
      id: `t${index}`,
      state: 'waiting' as const,
    }))
    const lines = texts(facts({ task: inState('waiting'), counts: { ...counts, needs: 25 }, upstream }))
    expect(lines).toHaveLength(22)
    expect(lines.at(-1)).toBe('✗ upstream: And 5 more.')
    expect(lines[0]).toContain('Of 25: none finished.')
  })

  it('says which limit is full, and only that the rest is open', () => {
    const full = facts({
      pool: { name: 'database', slots: 4, used: 4, ahead: 2 },
      activeTasks: { max: 16, active: 3 },
      cluster: { name: 'one', reachable: true, reason: '', since: now },
    })
    expect(texts(full)).toEqual([
      '✓ rule: all_success: It needs nothing.',
      '✗ pool: Pool database: 4 of 4 slots used, 2 ready before it.',
      '✓ limit: 3 of 16 active tasks of nightly (limits.maxActiveTasks).',
      '✓ cluster: Cluster one is reachable.',
    ])
    expect(texts(facts({ pool: { name: 'typo', slots: null, used: 0, ahead: 0 } }))[1]).toBe(
      '✗ pool: There is no pool typo in this project; apply a Pool document.',
    )
  })

  it('says since when a cluster is silent', () => {
    const cluster = { name: 'one', reachable: false, reason: 'connection refused.', since: now }
    expect(texts(facts({ cluster })).at(-1)).toBe(
      "✗ cluster: Cluster one can't be reached since 2026-11-23T12:00:00.000Z: connection refused.",
    )
  })

  it('passes on what the runner says of a pod that waits, until when it may', () => {
    const lines = whyLines(facts({ task: inState('running'), attempt }))
    expect(lines.at(-1)).toEqual({
      what: 'runner',
      passed: false,
      message: 'Attempt 2 is created. 0/3 nodes are available: 3 Insufficient memory.',
      until: later.toISOString(),
    })
  })

  it('says how often a start was refused, and when it is tried again', () => {
    const refused = {
      ...attempt,
      state: 'intended',
      startTries: 3,
      reason: 'exceeded quota.',
      nextAt: later,
    } as const
    expect(whyLines(facts({ task: inState('running'), attempt: refused })).at(-1)).toMatchObject({
      message: 'Attempt 2 was refused 3 times: exceeded quota.',
      until: later.toISOString(),
    })
  })

  it('says when a retry comes, what a wait waits for, and who decides', () => {
    const retrying = inState('retrying', { reason: 'Exit code 3; tried again.', nextAt: later })
    expect(whyLines(facts({ task: retrying })).at(-1)).toMatchObject({
      what: 'timer',
      until: later.toISOString(),
    })
    const event = facts({ task: inState('deferred'), pending: { kind: 'event', name: 'paid', match: null } })
    expect(texts(event).at(-1)).toBe('✗ event: Waits for the event paid.')
    const approval = {
      digest: 'a',
      message: '',
      quorum: 2,
      roles: ['approver'],
      excludeRequester: true,
      expiresAt: later.toISOString(),
      given: [],
      remaining: 1,
      mine: { passed: true, reason: null },
    }
    const awaiting = facts({ task: inState('awaiting_approval'), approval })
    expect(whyLines(awaiting).at(-1)).toEqual({
      what: 'approval',
      passed: false,
      message: '1 of 2 approvals given; by approver, not by whoever asked for the run.',
      until: later.toISOString(),
    })
    expect(texts({ ...awaiting, now: later }).at(-1)).toContain('expired')
  })

  it('of a queued run is the run, of a cancelled one its end', () => {
    const run = { ...facts().run, state: 'queued', activeRuns: 1, maxActiveRuns: 1 } as const
    expect(texts(facts({ run, task: inState('waiting') }))).toEqual([
      '✗ limit: The run is queued: 1 of 1 active runs of nightly are taken (limits.maxActiveRuns).',
    ])
    const reason = 'Cancelled by the run 3 of nightly, which started it: enough'
    const cancelling = { ...facts().run, state: 'cancelling', reason } as const
    const stopping = { ...attempt, state: 'stopping', stopReason: 'The run was cancelled.' } as const
    expect(texts(facts({ run: cancelling, task: inState('running'), attempt: stopping }))).toEqual([
      `✗ limit: The run is being cancelled. ${reason}`,
      '✗ runner: Attempt 2 is being stopped: The run was cancelled.',
    ])
  })

  it('of a fan-out is how far its indexes are, of a skipped task the rule that skipped it', () => {
    const indexes = { size: 40, succeeded: 10, failed: 2 }
    expect(texts(facts({ task: inState('expanded', { indexes }) })).at(-1)).toBe(
      '✗ runner: 12 of 40 indexes are finished, 2 of them failed.',
    )
    const skipped = facts({
      task: inState('skipped'),
      counts: { ...counts, needs: 1, skipped: 1 },
      upstream: [{ id: 'gate', state: 'skipped' }],
    })
    expect(texts(skipped)).toEqual([
      '✗ rule: all_success: 1 upstream task was skipped. Of 1: 1 skipped.',
      '✗ upstream: gate: skipped.',
    ])
  })
})
