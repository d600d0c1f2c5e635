import type { WorkloadTimeline } from '@fairlead/contracts/reconciliation'
import { expect, it } from 'vitest'
import { timelineText } from './timeline-text'

const openedAt = '2026-01-01T12:00:00.000Z'
const now = Date.parse('2026-01-01T12:10:00.000Z')
const none = { episodes: 0, p50Ms: null, p90Ms: null, p99Ms: null, slowestMs: null, unobserved: 0 }
const view: WorkloadTimeline = {
  times: { ...none, episodes: 1, p50Ms: 4_200, p90Ms: 4_200, p99Ms: 4_200, slowestMs: 4_200, unobserved: 1 },
  episodes: [
    {
      openedAt,
      closedAt: '2026-01-01T12:00:04.200Z',
      reason: 'Changed: generation 1 → 2',
      gaps: [],
      durationMs: 4_200,
      segments: [],
      stages: [
        { stage: 'accepted', state: 'reached', at: '2026-01-01T12:00:01.000Z', reason: '' },
        { stage: 'scheduled', state: 'unknown', at: null, reason: '' },
        { stage: 'pulled', state: 'none', at: null, reason: '' },
        { stage: 'started', state: 'waiting', at: null, reason: '' },
      ],
    },
  ],
}

it('tells each stage as the time after the opening, and what is not known as such', () => {
  expect(
    timelineText(view, now)
      .split('\n')
      .map((line) => line.trimEnd()),
  ).toEqual([
    'Time to converge over 1: median 4.2s, 90 % 4.2s, 99 % 4.2s, slowest 4.2s; 1 not watched to the end',
    '',
    expect.stringMatching(/^OPENED +ACCEPTED +SCHEDULED +PULLED +STARTED +READY +ENDPOINT +CONVERGED +WHY$/i),
    expect.stringMatching(/^10m ago +\+1\.0s +\? +- +… +\? +\? +4\.2s +Changed: generation 1 → 2$/),
  ])
})

it('says when there is nothing to tell', () => {
  expect(timelineText({ episodes: [], times: none }, now)).toMatch(/have not parted/)
})
