import { describe, expect, it } from 'vitest'
import { closing, isOpen, nextClosing, nextOpening, type Rule, type Rules } from './rules'
import { rulesFor, type Party, type ScopedRule } from './scope'
import { spansIn, type Times } from './times'

const hourMs = 3_600_000
const at = (text: string): number => Date.parse(text)
const shown = (edge: { readonly at: number } | null): string | null =>
  edge === null ? null : new Date(edge.at).toISOString().slice(0, 16)
const recurring = (cron: string, hours: number, timezone = 'UTC'): Times => ({
  kind: 'recurring',
  timetable: { cron, timezone },
  durationMs: hours * hourMs,
})
const rule = (name: string, mode: Rule['mode'], times: Times): Rule => ({
  name,
  mode,
  reason: `because of ${name}`,
  running: 'finish',
  times,
})
const denying = (...denies: Rule[]): Rules => ({ denies, allows: [] })

const weekend = rule('weekend', 'deny', recurring('0 18 * * 5', 62, 'Europe/Kyiv'))
const nightly = rule('nightly', 'allow', recurring('0 22 * * *', 8, 'Europe/Kyiv'))
const holidays = rule('holidays', 'deny', {
  kind: 'once',
  from: at('2026-12-24T00:00Z'),
  until: at('2027-01-02T00:00Z'),
})

describe('a weekend that denies', () => {
  it.each([
    ['the moment before it begins', '2026-11-27T15:59:59Z', true],
    ['the moment in which it begins', '2026-11-27T16:00:00Z', false],
    ['the middle', '2026-11-29T12:00:00Z', false],
    ['the moment in which it ends', '2026-11-30T06:00:00Z', true],
  ])('%s', (_, time, open) => {
    expect(isOpen(denying(weekend), at(time))).toBe(open)
  })

  it('lasts for its real time over both changes of the clock: an hour later or earlier on the wall', () => {
    expect(shown(nextOpening(denying(weekend), at('2026-03-28T12:00Z')))).toBe('2026-03-30T06:00')
    expect(shown(nextOpening(denying(weekend), at('2026-10-24T12:00Z')))).toBe('2026-10-26T05:00')
  })

  it('says which window opens it', () => {
    expect(nextOpening(denying(weekend), at('2026-11-28T00:00Z'))?.because).toBe('weekend ends')
    expect(nextClosing(denying(weekend), at('2026-11-26T00:00Z'))?.by.name).toBe('weekend')
  })
})

describe('deny and allow together', () => {
  const rules: Rules = { denies: [weekend], allows: [[nightly]] }
  it('deny wins, and the next opening is the first night after it', () => {
    const edge = nextOpening(rules, at('2026-11-28T12:00Z'))
    expect([shown(edge), edge?.because]).toEqual(['2026-11-30T20:00', 'nightly begins'])
    expect(isOpen(rules, at('2026-11-28T23:00Z'))).toBe(false)
  })
  it('names all that closes it', () => {
    expect(closing(rules, at('2026-11-28T12:00Z')).map(({ name }) => name)).toEqual(['weekend', 'nightly'])
    expect(closing(rules, at('2026-11-26T12:00Z')).map(({ name }) => name)).toEqual(['nightly'])
  })
  it('windows that meet are one: it opens after the last of them', () => {
    const next = rule('next', 'deny', {
      kind: 'once',
      from: at('2027-01-02T00:00Z'),
      until: at('2027-01-03T00:00Z'),
    })
    const edge = nextOpening(denying(holidays, next), at('2026-12-25T00:00Z'))
    expect([shown(edge), edge?.because]).toEqual(['2027-01-03T00:00', 'next ends'])
  })
})

describe('what never changes', () => {
  it('is open for good without any window', () => {
    const rules = denying()
    expect([isOpen(rules, 0), nextClosing(rules, 0)]).toEqual([true, null])
  })
  it('is closed for good once the only time that allowed it has passed', () => {
    const once = rule('once', 'allow', {
      kind: 'once',
      from: at('2026-01-01T00:00Z'),
      until: at('2026-01-02T00:00Z'),
    })
    const rules: Rules = { denies: [], allows: [[once]] }
    expect(nextOpening(rules, at('2026-02-01T00:00Z'))).toBeNull()
    expect(closing(rules, at('2026-02-01T00:00Z')).map(({ name }) => name)).toEqual(['once'])
  })
  it('is closed for good by a window that begins again before it ends', () => {
    const always = rule('always', 'deny', recurring('0 * * * *', 2))
    expect(nextOpening(denying(always), at('2026-02-01T00:00Z'))).toBeNull()
  })
  it('is found closed within the year and not looked for beyond', () => {
    expect(shown(nextClosing(denying(holidays), at('2026-02-01T00:00Z')))).toBe('2026-12-24T00:00')
    expect(nextClosing(denying(holidays), at('2025-02-01T00:00Z'))).toBeNull()
  })
})

describe('spans of a window in a range', () => {
  it('begin before it where they reach into it, and are joined where they meet', () => {
    const range = { from: at('2026-11-29T00:00Z'), until: at('2026-12-06T00:00Z') }
    expect(
      spansIn(weekend.times, range, 10).map(({ from }) => new Date(from).toISOString().slice(0, 16)),
    ).toEqual(['2026-11-27T16:00', '2026-12-04T16:00'])
    expect(spansIn(recurring('0 * * * *', 1), range, 10)).toHaveLength(1)
    expect(spansIn(recurring('0 */2 * * *', 1), range, 10)).toHaveLength(10)
  })
})

describe('what a window is meant for', () => {
  const scoped = (more: Partial<ScopedRule>): ScopedRule => ({
    ...weekend,
    scope: {},
    actions: null,
    ...more,
  })
  const shop: Party = { project: 'shop', application: 'checkout' }
  const subject = (parties: readonly Party[]) => ({
    action: 'deploy' as const,
    cluster: 'eu-1',
    labels: { environment: 'production', region: 'eu' },
    parties,
  })
  const binds = (more: Partial<ScopedRule>, parties: readonly Party[] = [shop]): boolean =>
    rulesFor([scoped(more)], subject(parties)).denies.length === 1
  const nobody: Party = { project: null, application: null }

  it.each<[what: string, window: Partial<ScopedRule>, bound: boolean]>([
    ['everything, where nothing is said', {}, true],
    ['a project', { scope: { projects: ['shop'] } }, true],
    ['another project', { scope: { projects: ['bank'] } }, false],
    ['an application', { scope: { applications: ['checkout'] } }, true],
    ['an application of the project', { scope: { applications: ['shop/checkout'] } }, true],
    ['an application of another project', { scope: { applications: ['bank/checkout'] } }, false],
    ['a cluster', { scope: { clusters: ['us-1', 'eu-1'] } }, true],
    ['another cluster', { scope: { clusters: ['us-1'] } }, false],
    ['an environment', { scope: { selector: { environment: 'production' } } }, true],
    [
      'labels of which one differs',
      { scope: { selector: { environment: 'production', region: 'us' } } },
      false,
    ],
    ['a cluster and another project', { scope: { clusters: ['eu-1'], projects: ['bank'] } }, false],
    ['its action', { actions: ['rollback', 'deploy'] }, true],
    ['another action', { actions: ['scale'] }, false],
  ])('%s', (_, window, bound) => {
    expect(binds(window)).toBe(bound)
  })

  it('a window of one project binds what touches it among others, and not what is nobody’s', () => {
    const window = { scope: { projects: ['shop'] } }
    expect(binds(window, [{ project: 'bank', application: null }, shop])).toBe(true)
    expect(binds(window, [nobody])).toBe(false)
  })

  it('each party that has windows which allow needs one of its own', () => {
    const windows = [
      scoped({ name: 'a', mode: 'allow', scope: { projects: ['shop'] } }),
      scoped({ name: 'b', mode: 'allow', scope: { projects: ['bank'] } }),
      scoped({ name: 'c', mode: 'allow' }),
    ]
    const { allows } = rulesFor(windows, subject([shop, { project: 'bank', application: null }, nobody]))
    expect(allows.map((group) => group.map(({ name }) => name))).toEqual([['a', 'c'], ['b', 'c'], ['c']])
  })
})
