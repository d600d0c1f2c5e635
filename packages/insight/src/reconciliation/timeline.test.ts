import type { EpisodeStageName } from '@fairlead/contracts/reconciliation'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EpisodeEvidence, SeenEvent, SeenPod } from './episode-evidence'
import { segmentsOf } from './segments'
import { timesOf, workloadTimeline, type StoredEpisode } from './timeline'

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 12, 0, second)).toISOString()
const now = new Date(at(300))

const episode = (changes: Partial<StoredEpisode> = {}): StoredEpisode => ({
  openedAt: at(0),
  closedAt: at(30),
  reason: 'Changed: generation 1 → 2',
  gaps: [],
  ...changes,
})
const pod = (name: string, changes: Partial<SeenPod> = {}): SeenPod => ({
  name,
  createdAt: at(1),
  trueSince: { PodScheduled: at(2), Ready: at(20) },
  offeredSince: at(21),
  ...changes,
})
const event = (reason: string, name: string, second: number): SeenEvent => ({
  reason,
  name,
  kind: 'Pod',
  at: at(second),
})
const whole: EpisodeEvidence = {
  pods: [
    pod('web-1'),
    pod('web-2', { trueSince: { PodScheduled: at(3), Ready: at(24) }, offeredSince: at(25) }),
  ],
  events: [
    event('Pulled', 'web-1', 9),
    event('Started', 'web-1', 10),
    event('Pulled', 'web-2', 12),
    event('Started', 'web-2', 13),
  ],
  hasService: true,
}
const evidence = (changes: Partial<EpisodeEvidence> = {}): EpisodeEvidence => ({ ...whole, ...changes })

const stagesIn = (stored: readonly StoredEpisode[], seen: EpisodeEvidence, which = 0) =>
  workloadTimeline(stored, seen, now).episodes[which]?.stages ?? []
const told = (stages: ReturnType<typeof stagesIn>): string[] =>
  stages.map(
    ({ stage, state, at: time }) => `${stage} ${state}${time === null ? '' : ` ${time.slice(17, 19)}`}`,
  )

describe('the stages of an episode', () => {
  it('are reached when the last of its pods got there', () => {
    expect(told(stagesIn([episode()], evidence()))).toEqual([
      'accepted reached 01',
      'scheduled reached 03',
      'pulled reached 12',
      'started reached 13',
      'ready reached 24',
      'endpoint reached 25',
    ])
  })

  it.each<[string, Partial<StoredEpisode>, EpisodeEvidence, readonly string[]]>([
    [
      'wait for what has not got there while it is open, and say how far they are',
      { closedAt: null },
      evidence({
        pods: [pod('web-1'), pod('web-2', { trueSince: { PodScheduled: at(3) }, offeredSince: null })],
      }),
      [
        'accepted reached 01',
        'scheduled reached 03',
        'pulled reached 12',
        'started reached 13',
        'ready waiting',
        'endpoint waiting',
      ],
    ],
    [
      'are unknown where no event tells them: nothing is reckoned from what came before and after',
      {},
      evidence({ events: [] }),
      [
        'accepted reached 01',
        'scheduled reached 03',
        'pulled unknown',
        'started unknown',
        'ready reached 24',
        'endpoint reached 25',
      ],
    ],
    [
      'are unknown where a condition changed again after the end',
      {},
      evidence({ pods: [pod('web-1', { trueSince: { PodScheduled: at(2), Ready: at(200) } })], events: [] }),
      [
        'accepted reached 01',
        'scheduled reached 02',
        'pulled unknown',
        'started unknown',
        'ready unknown',
        'endpoint reached 21',
      ],
    ],
    [
      'are none where nothing of the kind had to be done: a pod that was there before got ready again',
      {},
      evidence({
        pods: [pod('web-1', { createdAt: at(-900), trueSince: { PodScheduled: at(-899), Ready: at(9) } })],
        events: [],
        hasService: false,
      }),
      ['accepted none', 'scheduled none', 'pulled none', 'started none', 'ready reached 09', 'endpoint none'],
    ],
    [
      'count pods that only events still name',
      {},
      evidence({ pods: [], events: [event('Scheduled', 'gone', 2), event('Started', 'gone', 5)] }),
      [
        'accepted none',
        'scheduled reached 02',
        'pulled unknown',
        'started reached 05',
        'ready unknown',
        'endpoint unknown',
      ],
    ],
    [
      'begin with what the controller said',
      { closedAt: null },
      {
        pods: [],
        events: [{ reason: 'ScalingReplicaSet', kind: 'Deployment', name: 'web', at: at(1) }],
        hasService: null,
      },
      [
        'accepted reached 01',
        'scheduled waiting',
        'pulled waiting',
        'started waiting',
        'ready waiting',
        'endpoint unknown',
      ],
    ],
  ])('%s', (_, changes, seen, wanted) => {
    expect(told(stagesIn([episode(changes)], seen))).toEqual(wanted)
  })

  it('of an earlier episode are unknown once its pods are gone', () => {
    const earlier = episode({ openedAt: at(-600), closedAt: at(-570) })
    expect(told(stagesIn([episode(), earlier], evidence(), 1)).map((words) => words.split(' ')[1])).toEqual(
      Array.from({ length: 6 }, () => 'unknown'),
    )
  })

  it('say how many of how many', () => {
    const open = stagesIn(
      [episode({ closedAt: null })],
      evidence({ pods: [pod('web-1'), pod('web-2', { trueSince: {} })], events: [] }),
    )
    expect(open.find(({ stage }) => stage === 'ready')?.reason).toBe('1 of 2 pods ready so far.')
  })
})

const drawn = (stored: StoredEpisode, seen: EpisodeEvidence): string[] =>
  (workloadTimeline([stored], seen, now).episodes[0]?.segments ?? []).map(
    ({ from, to, stage }) => `${stage ?? '?'} ${from.slice(17, 19)}–${to.slice(17, 19)}`,
  )

describe('the stretches of an episode', () => {
  it('name what was being waited for', () => {
    expect(drawn(episode(), evidence())).toEqual([
      'accepted 00–01',
      'scheduled 01–03',
      'pulled 03–12',
      'started 12–13',
      'ready 13–24',
      'endpoint 24–25',
      'converged 25–30',
    ])
  })
  it('are unknown across stages of unknown time', () => {
    expect(drawn(episode(), evidence({ events: [] }))).toEqual([
      'accepted 00–01',
      'scheduled 01–03',
      '? 03–24',
      'endpoint 24–25',
      'converged 25–30',
    ])
  })
  it('are unknown while nobody looked', () => {
    expect(drawn(episode({ gaps: [{ from: at(5), to: at(18) }] }), evidence())).toEqual([
      'accepted 00–01',
      'scheduled 01–03',
      'pulled 03–05',
      '? 05–18',
      'ready 18–24',
      'endpoint 24–25',
      'converged 25–30',
    ])
  })

  const second = fc.integer({ min: -20, max: 120 })
  const stages = fc.tuple(
    ...(['accepted', 'scheduled', 'ready'] as const).map((stage: EpisodeStageName) =>
      fc.record({
        stage: fc.constant(stage),
        state: fc.constantFrom('reached' as const, 'waiting' as const, 'unknown' as const, 'none' as const),
        time: second,
      }),
    ),
  )
  const gaps = fc.array(fc.record({ from: second, length: fc.nat(30) }), { maxLength: 3 })
  it('cover it without holes or overlaps, and claim nothing within a gap', () => {
    fc.assert(
      fc.property(stages, gaps, fc.option(fc.nat(100), { nil: null }), (all, holes, closed) => {
        const openedAt = at(0)
        const closedAt = closed === null ? null : at(closed)
        const watched = holes.map(({ from, length }) => ({ from: at(from), to: at(from + length) }))
        const segments = segmentsOf(
          {
            openedAt,
            closedAt,
            gaps: watched,
            stages: all.map(({ stage, state, time }) => ({
              stage,
              state,
              reason: '',
              at: state === 'reached' ? at(time) : null,
            })),
          },
          now,
        )
        const end = closedAt ?? now.toISOString()
        if (end === openedAt) expect(segments).toEqual([])
        else expect([segments[0]?.from, segments.at(-1)?.to]).toEqual([openedAt, end])
        segments.forEach((segment, index) => {
          expect(segment.to > segment.from).toBe(true)
          if (index > 0) expect(segment.from).toBe(segments[index - 1]?.to)
          for (const gap of watched)
            if (gap.from < segment.to && gap.to > segment.from && gap.to > gap.from)
              expect(segment.stage).toBeNull()
        })
      }),
      { numRuns: 500 },
    )
  })
})

describe('times to converge', () => {
  it('are percentiles of what was watched from end to end', () => {
    const lasted = [10, 20, 30, 40, 50].map((seconds) => ({ closedAt: at(0), durationMs: seconds * 1000 }))
    const times = timesOf([
      ...lasted,
      { closedAt: at(0), durationMs: null },
      { closedAt: null, durationMs: null },
    ])
    expect(times).toEqual({
      episodes: 5,
      p50Ms: 30_000,
      p90Ms: 46_000,
      p99Ms: 49_600,
      slowestMs: 50_000,
      unobserved: 1,
    })
    expect(timesOf([])).toMatchObject({ episodes: 0, p50Ms: null, slowestMs: null })
  })
  it('leave out an episode during which nobody looked', () => {
    const watched = workloadTimeline([episode({ gaps: [{ from: at(1), to: at(2) }] })], evidence(), now)
    expect(watched.times).toMatchObject({ episodes: 0, unobserved: 1 })
    expect(watched.episodes[0]?.durationMs).toBeNull()
  })
})
