import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsOf, peakOf, rollOf, type Roll, type Step } from './steps'

const object = (kind: string, spec: object, status: object = {}) => ({
  kind,
  metadata: { name: 'web' },
  spec,
  status,
})
const rolled = (kind: string, spec: object, status: object | null, templateChanged = true): Roll => {
  const before = status === null ? null : object(kind, {}, status)
  const roll = rollOf({ before, after: object(kind, spec), templateChanged }, ['a', 'b', 'c'])
  if (roll === null) throw new Error(`${kind} runs pods`)
  return roll
}
const said = (steps: readonly Step[]): string =>
  steps.map(({ kind, ordinal, node }) => `${kind === 'place' ? '+' : '-'}${node ?? ordinal}`).join(' ')

// Rows 1 to 6 are what kubectl shows of Deployments of that shape.
const rounding: readonly [unknown, unknown, number, [surge: number, unavailable: number]][] = [
  ['25%', '25%', 4, [1, 1]],
  ['25%', '25%', 3, [1, 0]],
  ['25%', '25%', 1, [1, 0]],
  ['25%', '25%', 10, [3, 2]],
  ['10%', '99%', 1, [1, 0]],
  [2, 0, 3, [2, 0]],
  [0, 0, 3, [0, 1]],
  ['0%', '33%', 3, [0, 1]],
  ['0%', '10%', 3, [0, 1]],
  [0, 7, 3, [0, 3]],
  ['100%', '100%', 3, [3, 3]],
  ['nonsense', undefined, 3, [0, 1]],
]

describe('maxSurge and maxUnavailable', () => {
  it.each(rounding)('%s and %s of %i', (maxSurge, maxUnavailable, replicas, [surge, unavailable]) => {
    expect(boundsOf(maxSurge, maxUnavailable, replicas)).toEqual({ surge, unavailable })
  })

  it('never leave an update without a way to begin', () => {
    const share = fc.oneof(
      fc.nat(20),
      fc.nat(120).map((percent) => `${percent}%`),
    )
    fc.assert(
      fc.property(share, share, fc.integer({ min: 1, max: 50 }), (maxSurge, maxUnavailable, replicas) => {
        const { surge, unavailable } = boundsOf(maxSurge, maxUnavailable, replicas)
        expect(surge + unavailable).toBeGreaterThan(0)
      }),
    )
  })
})

describe('the way from what runs to what is wanted', () => {
  const strategy = (maxSurge: number | string, maxUnavailable: number | string) => ({
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
  })
  const ways: readonly [string, Roll, burst: string, rest: string][] = [
    ['a new Deployment', rolled('Deployment', { replicas: 2 }, null), '+0 +1', ''],
    ['a scaled one', rolled('Deployment', { replicas: 3 }, { replicas: 1 }, false), '+1 +2', ''],
    ['one scaled down', rolled('Deployment', { replicas: 1 }, { replicas: 3 }, false), '-2 -1', ''],
    [
      'a surge of one',
      rolled('Deployment', { replicas: 2, ...strategy(1, 0) }, { replicas: 2 }),
      '+0',
      '-1 +1 -0',
    ],
    [
      'no surge',
      rolled('Deployment', { replicas: 2, ...strategy(0, 1) }, { replicas: 2 }),
      '',
      '-1 +0 -0 +1',
    ],
    [
      'all at once',
      rolled('Deployment', { replicas: 2, ...strategy('100%', 0) }, { replicas: 2 }),
      '+0 +1',
      '-1 -0',
    ],
    [
      'Recreate',
      rolled('Deployment', { replicas: 2, strategy: { type: 'Recreate' } }, { replicas: 2 }),
      '-0 -1 +0 +1',
      '',
    ],
    ['a paused one', rolled('Deployment', { replicas: 2, paused: true }, { replicas: 2 }), '', ''],
    ['a StatefulSet', rolled('StatefulSet', { replicas: 3 }, { replicas: 3 }), '', '-2 +2 -1 +1 -0 +0'],
    [
      'a partition',
      rolled(
        'StatefulSet',
        { replicas: 3, updateStrategy: { rollingUpdate: { partition: 2 } } },
        { replicas: 3 },
      ),
      '',
      '-2 +2',
    ],
    [
      'OnDelete',
      rolled('StatefulSet', { replicas: 3, updateStrategy: { type: 'OnDelete' } }, { replicas: 3 }),
      '',
      '',
    ],
    ['a new DaemonSet', rolled('DaemonSet', {}, null), '+a +b +c', ''],
    ['a DaemonSet', rolled('DaemonSet', {}, { currentNumberScheduled: 3 }), '', '-a +a -b +b -c +c'],
    [
      'a DaemonSet that surges',
      rolled(
        'DaemonSet',
        { updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
        { currentNumberScheduled: 3 },
      ),
      '+a',
      '-a +b -b +c -c',
    ],
    ['a Job', rolled('Job', { parallelism: 4, completions: 2 }, null), '+0 +1', ''],
    ['a suspended Job', rolled('Job', { parallelism: 4, suspend: true }, null), '', ''],
    ['a Job that has ended', rolled('Job', {}, { completionTime: 'x' }, false), '', ''],
  ]
  it.each(ways)('%s', (_name, roll, burst, rest) => {
    expect([said(roll.burst), said(roll.rest)]).toEqual([burst, rest])
  })

  it('peaks at the replicas and the surge, keeps enough pods, and ends with what is wanted', () => {
    const share = fc.oneof(
      fc.nat(5),
      fc.nat(100).map((percent) => `${percent}%`),
    )
    fc.assert(
      fc.property(
        share,
        share,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 30 }),
        (s, u, now, after) => {
          const roll = rolled('Deployment', { replicas: after, ...strategy(s, u) }, { replicas: now })
          const { surge, unavailable } = boundsOf(s, u, after)
          expect(peakOf(roll)).toBe(Math.max(now, Math.min(after + surge, now + after)))
          let [count, least] = [now, now]
          for (const { kind } of [...roll.burst, ...roll.rest]) {
            count += kind === 'place' ? 1 : -1
            least = Math.min(least, count)
          }
          expect(count).toBe(after)
          expect(least).toBeGreaterThanOrEqual(Math.min(now, after - unavailable))
        },
      ),
    )
  })

  it('takes no step for absurd counts, and none for other kinds', () => {
    expect(rolled('Deployment', { replicas: 2_147_483_647 }, null)).toMatchObject({
      burst: [],
      tooMany: true,
    })
    expect(rollOf({ before: null, after: { kind: 'Service' }, templateChanged: false }, null)).toBeNull()
  })
})
