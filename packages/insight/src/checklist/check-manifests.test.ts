import { describe, expect, it } from 'vitest'
import { checkManifests } from './check-manifests'

const web = (replicas: number) => ({
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    replicas,
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
    },
  },
})
const budget = (spec: object, name = 'web') => ({
  kind: 'PodDisruptionBudget',
  metadata: { name },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
})
const drains = (replicas: number, written: object[], live: object[] | null = []): string[] =>
  checkManifests([web(replicas), ...(written as ReturnType<typeof budget>[])], 'shop', live)
    .filter(({ check, passed }) => !passed && (check === 'disruption-budget' || check === 'drain-blocked'))
    .map(({ check }) => check)

describe('the checklist of manifests', () => {
  // A percentage of either field rounds up, as the controller's does.
  const cases: readonly [string, number, object[], object[] | null, string[]][] = [
    ['no budget', 2, [], [], ['disruption-budget']],
    ['one that comes with the release', 2, [budget({ maxUnavailable: 1 })], [], []],
    ['one that is there already', 2, [], [budget({ minAvailable: 1 })], []],
    ['one that asks for all', 2, [budget({ minAvailable: '100%' })], [], ['drain-blocked']],
    ['51 % of two, which is two', 2, [budget({ minAvailable: '51%' })], [], ['drain-blocked']],
    ['one that allows none', 3, [budget({ maxUnavailable: 0 })], [], ['drain-blocked']],
    ['10 % of three, which is one', 3, [budget({ maxUnavailable: '10%' })], [], []],
    [
      'a live one that the release replaces',
      2,
      [budget({ maxUnavailable: 1 })],
      [budget({ minAvailable: 2 })],
      [],
    ],
    ['two', 2, [budget({ maxUnavailable: 1 })], [budget({ maxUnavailable: 1 }, 'all')], ['drain-blocked']],
    ['budgets that may not be read', 2, [], null, []],
  ]
  it.each(cases)('with %s', (_name, replicas, written, live, failed) => {
    expect(drains(replicas, written, live)).toEqual(failed)
  })

  it('asks of what is written what it asks of the fleet, by object', () => {
    const failed = checkManifests([web(1)], 'shop', []).filter(({ passed }) => !passed)
    expect(failed.every(({ kind, name }) => kind === 'Deployment' && name === 'web')).toBe(true)
    expect(failed.map(({ check }) => check)).toEqual(
      expect.arrayContaining([
        'readiness-probe',
        'liveness-probe',
        'requests',
        'limits',
        'replicas',
        'security-context',
      ]),
    )
    expect(checkManifests([{ kind: 'ConfigMap', metadata: { name: 'a' } }], 'shop', [])).toEqual([])
  })
})
