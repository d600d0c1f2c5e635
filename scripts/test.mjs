// `npm test`: everything, on real databases, clusters and a real browser. Ends with `N passed, N failed`.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { checkGroups } from './check-steps.mjs'
import { ensureInstalled } from './install.mjs'
import { bin, countReport, runGroups } from './run-steps.mjs'

ensureInstalled()
const reports = fs.mkdtempSync(path.join(os.tmpdir(), 'fairlead-reports-'))
const report = (name) => path.join(reports, `${name}.json`)
const browser = ensureBrowser()

const checks = await runGroups(checkGroups(report('unit')))
const integration = await runGroups([
  [
    {
      title: 'integration tests',
      command: bin('vitest'),
      args: [
        'run',
        '--project',
        'integration',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report('integration')}`,
      ],
      live: true,
    },
  ],
])
const e2e = await runGroups([
  [
    {
      title: 'stories in a browser, on two real clusters',
      command: bin('playwright'),
      args: ['test', '--config', 'e2e/playwright.config.ts'],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report('e2e'), CHROMIUM_PATH: browser },
      live: true,
    },
  ],
])

const counts = ['unit', 'integration', 'e2e'].map((name) => countReport(report(name)))
const steps = checks.filter(({ title }) => title !== 'unit tests and fences')
const passed =
  counts.reduce((sum, count) => sum + count.passed, 0) + steps.filter((step) => step.passed).length
const failed =
  counts.reduce((sum, count) => sum + count.failed, 0) + steps.filter((step) => !step.passed).length
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && [...checks, ...integration, ...e2e].every((step) => step.passed) ? 0 : 1
