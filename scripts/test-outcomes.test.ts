import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './install.mjs'
import { afterSecondTry, failedFiles, flakyAllowed, outcomesOf, tally } from './test-outcomes.mjs'

type Outcomes = Map<string, string>
const vitest = (files: Readonly<Record<string, Readonly<Record<string, string>> | 'broken'>>): Outcomes =>
  outcomesOf({
    testResults: Object.entries(files).map(([file, tests]) => ({
      name: path.join(root, file),
      status: tests === 'broken' || Object.values(tests).includes('failed') ? 'failed' : 'passed',
      assertionResults: Object.entries(tests === 'broken' ? {} : tests).map(([fullName, status]) => ({
        fullName,
        status,
      })),
    })),
  })

describe('what a report says', () => {
  it('is counted test by test; skipped ones count as nothing, a file that does not load as one failure', () => {
    const outcomes = vitest({ 'a.test.ts': { one: 'passed', two: 'skipped' }, 'b.test.ts': 'broken' })
    expect(tally(outcomes)).toMatchObject({ passed: 1, failed: 1, flaky: [] })
    expect(failedFiles(outcomes)).toEqual(['b.test.ts'])
  })

  it('keeps two tests of one name apart', () => {
    const result = { fullName: 'same', status: 'passed' }
    const file = { name: path.join(root, 'a.test.ts'), status: 'passed', assertionResults: [result, result] }
    expect(tally(outcomesOf({ testResults: [file] })).passed).toBe(2)
  })

  it('names the stories that passed at their second try, and an error outside of all of them', () => {
    const spec = (title: string, status: string) => ({ file: '01.spec.ts', title, tests: [{ status }] })
    const specs = [spec('a', 'expected'), spec('b', 'flaky'), spec('c', 'unexpected'), spec('d', 'skipped')]
    const report = { suites: [{ specs: [], suites: [{ specs }] }], errors: [] }
    expect(tally(outcomesOf(report))).toMatchObject({
      passed: 2,
      failures: ['01.spec.ts › c'],
      flaky: ['01.spec.ts › b'],
    })
    expect(tally(outcomesOf({ suites: [], errors: [{}] }))).toMatchObject({ passed: 0, failed: 1 })
  })
})

describe('a second try', () => {
  it('makes what failed and then passed flaky, which counts as passed, and leaves what failed twice failed', () => {
    const first = vitest({
      'a.test.ts': { one: 'passed', two: 'failed', three: 'failed' },
      'b.test.ts': { other: 'passed' },
    })
    const second = vitest({ 'a.test.ts': { one: 'passed', two: 'passed', three: 'failed' } })
    expect(tally(afterSecondTry(first, second))).toEqual({
      passed: 3,
      failed: 1,
      failures: ['a.test.ts › three'],
      flaky: ['a.test.ts › two'],
      tooMany: false,
    })
  })

  it('of a file that did not load counts its tests, and names the file', () => {
    const done = afterSecondTry(vitest({ 'a.test.ts': 'broken' }), vitest({ 'a.test.ts': { one: 'passed' } }))
    expect(tally(done)).toMatchObject({ failed: 0, flaky: ['a.test.ts › outside of its tests'] })
  })

  it('that never ran, or did not load either, excuses nothing', () => {
    const first = vitest({ 'a.test.ts': { one: 'failed' } })
    expect(tally(afterSecondTry(first, new Map())).failed).toBe(1)
    expect(tally(afterSecondTry(first, vitest({ 'a.test.ts': 'broken' }))).failed).toBe(2)
  })

  it('can excuse only a few', () => {
    const names = Array.from({ length: flakyAllowed + 1 }, (_, n) => `test ${n}`)
    const all = (status: string) => vitest({ 'a.test.ts': Object.fromEntries(names.map((n) => [n, status])) })
    const done = tally(afterSecondTry(all('failed'), all('passed')))
    expect(done).toMatchObject({ passed: 0, failed: names.length, tooMany: true })
  })
})
