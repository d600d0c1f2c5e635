/**
 * `npm run bench [suite …]`: measures a running installation from outside, each thing beside what it is compared with,
 * in turns, in the same run. suites/ say what is measured and how; harness/stack.ts brings up what `npm run up` would
 * (through the stories' stack); results go to results/<suite>.json and to the terminal. Nothing is thrown away but
 * warm-ups: no outlier, no run.
 */
import { clusterNames, root } from '@fairlead/e2e/stack'
import path from 'node:path'
import { createEndings } from './harness/at-end'
import { writeResults, type ResultRow } from './harness/result'
import { openStack } from './harness/stack'
import type { Suite, SuiteContext } from './harness/suite'
import { tableOf } from './harness/table'
import { airflow } from './suites/airflow'
import { faults } from './suites/faults'
import { jobs } from './suites/jobs'
import { live } from './suites/live'
import { oversight } from './suites/oversight'
import { pages } from './suites/pages'
import { plan } from './suites/plan'
import { queued } from './suites/queued'
import { rollback } from './suites/rollback'
import { rollout } from './suites/rollout'
import { scale } from './suites/scale'
import { up } from './suites/up'
import { waves } from './suites/waves'
import { workflows } from './suites/workflows'

const suites: Readonly<Record<string, Suite>> = {
  rollout,
  rollback,
  plan,
  live,
  pages,
  scale,
  oversight,
  waves,
  up,
  workflows,
  airflow,
  jobs,
  queued,
  faults,
}
const needs = ['clusters', 'console', 'nothing'] as const

const say = (text: string): void => void process.stderr.write(`  ${text}\n`)

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => suites[name] === undefined)
if (unknown.length > 0) {
  process.stderr.write(
    `There is no suite ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}.\n`,
  )
  process.exit(2)
}
const chosen = Object.entries(suites).filter(([name]) => asked.length === 0 || asked.includes(name))

const measured: ResultRow[] = []
const failures: string[] = []
const { atEnd, endAll } = createEndings()
process.once('SIGINT', () => void endAll().finally(() => process.exit(130)))
for (const need of needs) await runGroup(need).catch((error: unknown) => fail(`The stack for ${need}`, error))
process.stdout.write(`\n${tableOf(measured)}\n`)
for (const failure of failures) process.stdout.write(`\n${failure}\n`)
process.exit(failures.length === 0 ? 0 : 1)

/** Suites that need the same stack share it, one after the other. */
async function runGroup(need: (typeof needs)[number]): Promise<void> {
  const group = chosen.filter(([, suite]) => suite.needs === need)
  if (group.length === 0) return
  const opening = need === 'nothing' ? undefined : openStack(need === 'clusters' ? clusterNames : [])
  // An interruption while it comes up waits until there is something to stop.
  const stop = atEnd(async () => (await opening?.catch(() => undefined))?.stop())
  try {
    const bench = await opening
    for (const [name, suite] of group) {
      if (suite.needs === 'nothing') await record(name, (context) => suite.run(context))
      else if (bench !== undefined) await record(name, (context) => suite.run(bench, context))
    }
  } finally {
    await stop()
  }
}

async function record(
  name: string,
  run: (context: SuiteContext) => Promise<readonly ResultRow[]>,
): Promise<void> {
  say(`suite ${name} …`)
  // What a suite leaves open lies in the stack's folder, and ends before the stack does.
  const opened = createEndings()
  const end = atEnd(opened.endAll)
  try {
    const rows = await run({ say, atEnd: opened.atEnd })
    measured.push(...rows)
    say(`suite ${name}: ${path.relative(root, writeResults(path.join(root, 'bench/results'), name, rows))}`)
  } catch (error) {
    fail(`Suite ${name}`, error)
  } finally {
    await end()
  }
}

function fail(what: string, error: unknown): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
  failures.push(`${what} failed: ${reason}`)
  say(`${what} failed: ${reason}`)
}
