import type { RequestVerdict } from '@fairlead/contracts/usage'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { autoscalerNotes } from './autoscaler-notes'
import { checkRequests } from './check-requests'
import { containerRequests, type ContainerRequests } from './container-requests'
import { digestOf, joinDigests, type UsageDigest } from './digest'
import { bucketOf, percentile } from './histogram'
import { judgeRequests } from './judge-requests'

const mebi = 2 ** 20
const start = Date.parse('2026-11-26T10:00:00Z')
const at = (minute: number): string => new Date(start + minute * 60_000).toISOString()

/** Two days by the minute: almost always `usual`, and `peak` in one minute of a hundred. */
function seen(of: { cpu: [number, number]; memory: [number, number]; minutes?: number }): UsageDigest {
  const samples = Array.from({ length: of.minutes ?? 2_881 }, (_, minute) => {
    const which = minute % 100 === 99 ? 1 : 0
    return digestOf({ at: at(minute), cpuMillis: of.cpu[which], memoryBytes: of.memory[which] * mebi })
  })
  return samples.reduce(joinDigests)
}
const quiet = seen({ cpu: [100, 400], memory: [200, 220] })
const requests = (change: {
  cpu?: [number | null, number | null]
  memory?: [number | null, number | null]
}): ContainerRequests => {
  const [cpu, cpuLimit] = change.cpu ?? [120, null]
  const [memory, memoryLimit] = change.memory ?? [256, 512]
  const bytes = (value: number | null) => (value === null ? null : value * mebi)
  return {
    container: 'web',
    cpu: { request: cpu, limit: cpuLimit },
    memory: { request: bytes(memory), limit: bytes(memoryLimit) },
  }
}

type Case = [string, Parameters<typeof requests>[0], 'cpu' | 'memory', RequestVerdict, number | null]
const cases: Case[] = [
  ['a CPU request that suits', {}, 'cpu', 'fits', null],
  ['a CPU request ten times too large', { cpu: [1_000, null] }, 'cpu', 'over', 120],
  ['a CPU request too large by little', { cpu: [160, null] }, 'cpu', 'fits', null],
  ['a CPU request below what it uses', { cpu: [50, null] }, 'cpu', 'under', 120],
  ['a CPU request that only its peak exceeds', { cpu: [110, null] }, 'cpu', 'fits', null],
  ['a CPU limit that throttles', { cpu: [110, 110] }, 'cpu', 'near_limit', 120],
  ['a CPU limit that only its peak meets', { cpu: [110, 400] }, 'cpu', 'fits', null],
  ['no CPU request', { cpu: [null, null] }, 'cpu', 'no_request', 120],
  ['a memory request that suits', {}, 'memory', 'fits', null],
  ['a memory request far too large', { memory: [4_096, 8_192] }, 'memory', 'over', 256 * mebi],
  ['a memory request below its peak', { memory: [210, 512] }, 'memory', 'under', 256 * mebi],
  ['a memory limit near its peak', { memory: [240, 240] }, 'memory', 'near_limit', 256 * mebi],
  ['no memory request', { memory: [null, 512] }, 'memory', 'no_request', 256 * mebi],
]

const judged = (of: ContainerRequests, digest: UsageDigest | null, resource: 'cpu' | 'memory') => {
  const found = judgeRequests(of, digest).resources.find((each) => each.resource === resource)
  if (found === undefined) throw new Error(resource)
  return found
}

describe('requests against use', () => {
  it.each(cases)('with %s', (_name, change, resource, verdict, proposed) => {
    expect(judged(requests(change), quiet, resource)).toMatchObject({ verdict, proposed })
  })

  it('say the figure, what follows from it, and on what evidence', () => {
    expect(judged(requests({ memory: [210, 512] }), quiet, 'memory')).toMatchObject({
      words:
        'peak 220Mi is above its memory request of 210Mi: when its node runs short it is evicted before others',
      evidence: 'peak of 2,881 samples since 2026-11-26 10:00 UTC',
    })
    expect(judged(requests({ cpu: [1_000, null] }), quiet, 'cpu').evidence).toBe(
      'p95 of 2,881 samples since 2026-11-26 10:00 UTC',
    )
  })

  it('say nothing before a day and 300 samples are seen, and how much is missing', () => {
    const hour = seen({ cpu: [100, 100], memory: [9, 9], minutes: 181 })
    expect(judged(requests({ cpu: [4_000, null] }), hour, 'cpu')).toMatchObject({
      verdict: 'not_enough',
      proposed: null,
      words: '181 samples over 3 hours; a day and 300 samples are needed',
    })
    const sparse = [at(0), at(3_000)].map((time) => digestOf({ at: time, cpuMillis: 1, memoryBytes: 1 }))
    expect(judged(requests({}), sparse.reduce(joinDigests), 'memory').verdict).toBe('not_enough')
    expect(judged(requests({}), null, 'cpu')).toMatchObject({ verdict: 'not_enough', p95: null, peak: null })
  })

  it('propose what they would then accept', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64_000 }), fc.integer({ min: 1, max: 65_536 }), (cpu, memory) => {
        const digest = seen({ cpu: [cpu, cpu], memory: [memory, memory], minutes: 1_441 })
        const none = requests({ cpu: [null, null], memory: [null, null] })
        const request = (resource: 'cpu' | 'memory') => judged(none, digest, resource).proposed
        const asked: ContainerRequests = {
          container: 'web',
          cpu: { request: request('cpu'), limit: null },
          memory: { request: request('memory'), limit: null },
        }
        expect(judgeRequests(asked, digest).resources.map(({ verdict }) => verdict)).toEqual(['fits', 'fits'])
      }),
      { numRuns: 20 },
    )
  })
})

describe('the readiness check', () => {
  const check = (change: Parameters<typeof requests>[0], digest: UsageDigest | null = quiet) =>
    checkRequests([judgeRequests(requests(change), digest)])

  it('warns of what ends a container, advises on what costs money, and leaves absent requests to their own check', () => {
    const severities = (change: Parameters<typeof requests>[0]) =>
      check(change).map(({ passed, severity }) => (passed ? 'passed' : severity))
    expect(severities({})).toEqual(['passed'])
    expect(severities({ cpu: [1_000, null] })).toEqual(['advice'])
    expect(severities({ cpu: [50, null] })).toEqual(['advice'])
    expect(severities({ cpu: [1_000, null], memory: [210, 512] })).toEqual(['warning'])
    expect(severities({ cpu: [110, 110] })).toEqual(['warning'])
    expect(severities({ cpu: [null, null], memory: [null, null] })).toEqual(['passed'])
  })

  it('names container, figure, proposal and evidence', () => {
    expect(check({ cpu: [1_000, null] })[0]?.message).toMatch(
      /^web: its CPU request of 1 is far above its p95 \d+m: 880m that others could have; 120m would do \(p95 of 2,881 samples since/,
    )
  })

  it('is not asked where too little was seen', () => {
    expect(check({}, null)).toEqual([])
    expect(checkRequests([])).toEqual([])
  })
})

describe('a histogram', () => {
  it('gives a percentile that is never too low and at most 5 % too high, above one unit', () => {
    const values = fc.array(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(values, (given) => {
        const counts: Record<string, number> = {}
        for (const value of given) counts[bucketOf(value)] = (counts[bucketOf(value)] ?? 0) + 1
        const sorted = [...given].sort((left, right) => left - right)
        const exact = sorted[Math.ceil(0.95 * sorted.length) - 1] ?? 0
        const found = percentile(counts, 0.95) ?? 0
        expect(found).toBeGreaterThanOrEqual(exact * (1 - 1e-9))
        expect(found).toBeLessThanOrEqual(exact * 1.05 * (1 + 1e-9))
      }),
    )
  })

  it('has no percentile without a sample, and takes absurd values', () => {
    expect(percentile({}, 0.95)).toBeNull()
    expect([0, -1, NaN, Infinity, 1e300].map(bucketOf)).toEqual([0, 0, 0, 800, 800])
  })
})

describe('what a workload asks for', () => {
  const pod = (spec: object) => ({ kind: 'Deployment', spec: { template: { spec } } })
  const container = (resources: object) => ({ name: 'web', resources })

  it('is read per container, sidecars included, a limit alone being a request too', () => {
    const read = containerRequests(
      pod({
        containers: [container({ requests: { cpu: '250m' }, limits: { cpu: 1, memory: '1Gi' } })],
        initContainers: [
          { name: 'migrate', resources: {} },
          { name: 'proxy', restartPolicy: 'Always', resources: {} },
        ],
      }),
    )
    const nothing = { request: null, limit: null }
    expect(read).toEqual([
      {
        container: 'web',
        cpu: { request: 250, limit: 1_000 },
        memory: { request: 2 ** 30, limit: 2 ** 30 },
      },
      { container: 'proxy', cpu: nothing, memory: nothing },
    ])
  })

  it('is not split where the pod asks as a whole, and absurd objects ask for nothing', () => {
    expect(
      containerRequests(pod({ resources: { requests: { cpu: 1 } }, containers: [container({})] })),
    ).toEqual([])
    expect(containerRequests({ kind: 'Deployment', spec: 7 })).toEqual([])
    expect(containerRequests(pod({ containers: [container({ requests: { cpu: '1e99' } })] }))).toMatchObject([
      { cpu: { request: Number.MAX_SAFE_INTEGER } },
    ])
  })
})

describe('autoscalers', () => {
  const web = { kind: 'Deployment', namespace: 'shop', name: 'web' }
  const scaler = {
    kind: 'HorizontalPodAutoscaler' as const,
    namespace: 'shop',
    name: 'web',
    targetKind: 'Deployment',
    targetName: 'web',
    resources: ['cpu'],
    active: true,
    minReplicas: 1,
  }
  const notes = (change: object) => autoscalerNotes(web, { state: 'read', items: [{ ...scaler, ...change }] })

  it('are named where they count in the requests, and unknown is said', () => {
    expect(notes({})[0]).toContain('HorizontalPodAutoscaler web scales by cpu')
    expect(notes({ kind: 'VerticalPodAutoscaler' })[0]).toContain('sets the requests of its pods itself')
    expect(notes({ kind: 'VerticalPodAutoscaler', active: false })).toEqual([])
    expect(notes({ resources: ['queue'] })).toEqual([])
    expect(notes({ targetName: 'other' })).toEqual([])
    expect(notes({ namespace: 'other' })).toEqual([])
    expect(autoscalerNotes(web, { state: 'denied', words: 'no' })[0]).toContain('is not known')
    expect(autoscalerNotes(web, null)[0]).toContain('is not known')
  })
})
