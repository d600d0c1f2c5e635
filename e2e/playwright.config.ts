/**
 * Stories in a real browser on two real clusters. stack/ brings up what `npm run up` would, in a folder of its own;
 * story/ holds the words given, when and then; tests/ are the stories, each with a project and namespaces of its own.
 * The first ones take away what all share (workers, PostgreSQL, an API server), so they come alone; the others are told
 * in two rows beside each other, since most of a story is waiting for a cluster.
 */
import { defineConfig } from '@playwright/test'

const chromium = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const row = (name: string, testMatch: RegExp, dependencies: string[] = []) => ({
  name,
  testMatch,
  dependencies,
  workers: 1,
})

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  globalSetup: './stack/global-setup.ts',
  workers: 2,
  fullyParallel: false,
  projects: [
    row('first', /0[1-3]-/),
    row('one row', /0[4-9]-/, ['first']),
    row('other row', /[12]\d-/, ['first']),
  ],
  // Stories wait for conditions; these only end one that waits for ever.
  timeout: 480_000,
  expect: { timeout: 60_000 },
  // A story that failed is told once more, in a new browser, before the next one; what it had done by then is given.
  retries: 1,
  // Later stories stand on earlier ones.
  maxFailures: 3,
  // The JSON report goes to the file that PLAYWRIGHT_JSON_OUTPUT_NAME names; without one it would drown the list.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] === undefined ? [['list']] : [['list'], ['json']],
  use: {
    actionTimeout: 120_000,
    launchOptions: { executablePath: chromium, args: quiet },
    viewport: { width: 1440, height: 900 },
    // Spinners that are drawn in software would take the time that clusters need.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // Of a second try alone: to record every story takes a core that clusters need.
    trace: 'on-first-retry',
  },
})
