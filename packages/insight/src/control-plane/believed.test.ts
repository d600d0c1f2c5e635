import { expect, it } from 'vitest'
import { believed } from './believed'

const now = new Date('2026-11-23T10:00:00Z')
const stateOf = (checkedAt: string | null, state: 'ok' | 'failing') =>
  believed([{ component: 'etcd', state, evidence: 'words', impact: '', checkedAt, signals: [] }], now).map(
    (row) => `${row.state}: ${row.evidence}`,
  )

it('believes what was looked at a moment ago, and nothing older, good or bad', () => {
  expect(stateOf('2026-11-23T09:59:30Z', 'ok')).toEqual(['ok: words'])
  expect(stateOf('2026-11-23T09:59:00Z', 'ok')).toEqual([
    'unknown: Nobody has looked since 2026-11-23T09:59:00Z; then: words',
  ])
  expect(stateOf('2026-11-23T09:00:00Z', 'failing')[0]).toContain('unknown')
  expect(stateOf(null, 'ok')[0]).toContain('unknown')
})
