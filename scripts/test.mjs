// `npm test`: everything, on real databases, clusters and a real browser. Ends with `N passed, N failed`.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { checkGroups } from './check-steps.mjs'
import { ensureInstalled, root } from './install.mjs'
import { bin, runGroups } from './run-steps.mjs'
import { afterSecondTry, failedFiles, flakyAllowed, readOutcomes, tally } from './test-outcomes.mjs'

ensureInstalled()
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'fairlead-reports-'))
const report = (name) => path.join(reports, `${name}.json`)
const browser = ensureBrowser()

const checks = await runGroups(checkGroups(report('unit')))
const unitTitle = 'unit tests and fences'
const outcomes = new Map(checks.map(({ title, passed }) => [title, passed ? 'passed' : 'failed']))
outcomes.delete(unitTitle)
const unit = checks.filter(({ title }) => title === unitTitle)
add(explained(readOutcomes(report('unit'), unitTitle), unit))

const first = await integration('integration')
let tried = explained(readOutcomes(report('integration'), 'integration tests'), first)
const again = failedFiles(tried).filter((file) => fs.existsSync(path.join(root, file)))
if (again.length > 0) {
  const second = await integration('integration-again', ['--no-file-parallelism', ...again])
  tried = afterSecondTry(
    tried,
    explained(readOutcomes(report('integration-again'), 'integration tests'), second),
  )
}
add(tried)

const storiesTitle = 'stories in a browser, on two real clusters'
const stories = await runGroups([
  [
    {
      title: storiesTitle,
      command: bin('playwright'),
      args: ['test', '--config', 'e2e/playwright.config.ts'],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('e2e'), CHROMIUM_PATH: browser },
      live: true,
    },
  ],
])
add(explained(readOutcomes(report('e2e'), storiesTitle), stories))

const { passed, failed, failures, flaky, tooMany } = tally(outcomes)
const list = (title, names) => {
  if (names.length > 0) console.log(`\n${title}\n${names.map((name) => `  ${name}`).join('\n')}`)
}
list('Failed:', failures)
list('Flaky: failed, and passed at the second try:', flaky)
if (tooMany) console.log(`More than ${flakyAllowed} flaky tests in one run: each counts as failed.`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function integration(name, more = []) {
  const output = ['--reporter=default', '--reporter=json', `--outputFile.json=${report(name)}`]
  const again = more.length > 0
  const tests = {
    title: again ? 'integration tests that failed, once more' : 'integration tests',
    command: bin('vitest'),
    args: ['run', '--project', 'integration', ...output, ...more],
    live: true,
  }
  // The stories need it next; while tests wait for clusters it costs nothing.
  const build = { title: 'build', command: bin('turbo'), args: ['run', 'build', '--output-logs=errors-only'] }
  return runGroups([again ? [tests] : [tests, build]])
}

/** A step that failed although no test of it did has failed outside of them. */
function explained(found, steps) {
  const unexplained = steps.filter(({ passed: fine }) => !fine)
  if (![...found.values()].includes('failed'))
    for (const { title } of unexplained) found.set(`${title} › as a whole`, 'failed')
  return found
}

function add(more) {
  for (const [name, outcome] of more) outcomes.set(name, outcome)
}
