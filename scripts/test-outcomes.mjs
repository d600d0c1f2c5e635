// What the JSON reports of Vitest and Playwright say, test by test, and what a second try makes of it.
import fs from 'node:fs'
import path from 'node:path'
import { root } from './install.mjs'

/** More tests than these that passed only at the second try make the run a failure. */
export const flakyAllowed = 3
const outside = 'outside of its tests'

/** `passed`, `failed` or `flaky` by name of every test that ran; a missing report counts as one failure. */
export function readOutcomes(file, title) {
  if (!fs.existsSync(file)) return new Map([[`${title} › ${outside}`, 'failed']])
  return outcomesOf(JSON.parse(fs.readFileSync(file, 'utf8')))
}

export function outcomesOf(report) {
  const outcomes = new Map()
  for (const [name, outcome] of report.suites === undefined
    ? vitestOutcomes(report)
    : playwrightOutcomes(report)) {
    let unique = name
    for (let n = 2; outcomes.has(unique); n += 1) unique = `${name} (${n})`
    outcomes.set(unique, outcome)
  }
  return outcomes
}

/** A file that can't be loaded, or whose set-up fails, has no failed test and is one failure all the same. */
const vitestOutcomes = ({ testResults }) =>
  testResults.flatMap((file) => {
    const name = path.relative(root, file.name)
    const tests = file.assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status }) => [`${name} › ${fullName}`, status])
    const unexplained = file.status === 'failed' && !tests.some(([, status]) => status === 'failed')
    return unexplained ? [...tests, [`${name} › ${outside}`, 'failed']] : tests
  })

const playwrightWords = { expected: 'passed', unexpected: 'failed', flaky: 'flaky' }
const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
const playwrightOutcomes = ({ suites, errors = [] }) => [
  ...suites
    .flatMap(specsOf)
    .flatMap(({ file, title, tests }) =>
      tests
        .filter(({ status }) => status in playwrightWords)
        .map(({ status }) => [`${file} › ${title}`, playwrightWords[status]]),
    ),
  ...errors.map(() => [`stories › ${outside}`, 'failed']),
]

const fileOf = (name) => name.slice(0, name.indexOf(' › '))

/** The files of which something failed, to be tried again. */
export const failedFiles = (outcomes) => [
  ...new Set([...outcomes].filter(([, outcome]) => outcome === 'failed').map(([name]) => fileOf(name))),
]

/** `second` is of some files of `first`, run again: what passed once and failed once is flaky. */
export function afterSecondTry(first, second) {
  const all = new Map(first)
  for (const [name, outcome] of second) {
    const before = all.get(name) ?? outcome
    all.set(name, before === outcome ? outcome : 'flaky')
  }
  const ranAgain = new Set([...second.keys()].map(fileOf))
  for (const [name, outcome] of first)
    if (outcome === 'failed' && name.endsWith(outside) && !second.has(name) && ranAgain.has(fileOf(name)))
      all.set(name, 'flaky')
  return all
}

/** Flaky tests count as passed, unless they are too many: then as failed. */
export function tally(outcomes) {
  const named = (wanted) => [...outcomes].filter(([, outcome]) => outcome === wanted).map(([name]) => name)
  const [failed, flaky] = [named('failed'), named('flaky')]
  const tooMany = flaky.length > flakyAllowed
  return {
    passed: outcomes.size - failed.length - (tooMany ? flaky.length : 0),
    failed: failed.length + (tooMany ? flaky.length : 0),
    failures: failed,
    flaky,
    tooMany,
  }
}
