import type { Browser, CDPSession } from '@playwright/test'
import { openBrowser, signedIn } from '../harness/browser'
import { demo, installDemo } from '../harness/demo'
import { resultRow, type ResultRow } from '../harness/result'
import { consoleRoutes, fillRoute } from '../harness/routes'
import type { BenchStack } from '../harness/stack'
import type { Suite, SuiteContext } from '../harness/suite'

const runs = 3
/** After the load event: hydration, what it loads, the last candidate for the largest paint. */
const settleMs = 2_500
/** Nothing but a redirect to a page that is measured itself. */
const leadElsewhere = new Set(['/', '/settings'])
const goals = { scriptKb: 200, paintSeconds: 1 }

interface Visit {
  /** KB (10³ bytes) of scripts as transferred, from the first byte to `settleMs` after the load event. */
  readonly scriptKb: number
  /** Seconds from the start of the navigation to the largest contentful paint. */
  readonly paintSeconds: number
}

/** Every page that has a file, with the demo's data in it, in a browser that has cached nothing. */
async function run(bench: BenchStack, { say }: SuiteContext): Promise<readonly ResultRow[]> {
  const addresses = await addressesOf(bench)
  const browser = await openBrowser()
  try {
    const rows: ResultRow[] = []
    for (const { route, path } of addresses) {
      await visit(browser, bench, path)
      const visits: Visit[] = []
      for (let turn = 0; turn < runs; turn++) visits.push(await visit(browser, bench, path))
      rows.push(...rowsOf(route, visits))
      say(
        `${route}: ${visits.map(({ scriptKb, paintSeconds }) => `${scriptKb.toFixed(0)} KB ${paintSeconds.toFixed(2)} s`).join(', ')}`,
      )
    }
    return rows
  } finally {
    await browser.close()
  }
}

async function addressesOf(bench: BenchStack): Promise<{ route: string; path: string }[]> {
  const rollout = await installDemo(bench)
  const { secret } = await bench.api.person.invite.mutate({ email: 'second@example.org', name: 'Second' })
  const values = {
    cluster: 'staging',
    kind: 'deployments',
    namespace: demo.namespace,
    name: demo.workload,
    project: demo.project,
    application: demo.application,
    id: rollout,
    rollout,
    secret,
  }
  const own: Record<string, Record<string, string>> = {
    '/applications/[project]/[name]': { name: demo.application },
    '/clusters/[id]': { id: 'staging' },
    '/clusters/[name]': { name: 'staging' },
  }
  return consoleRoutes()
    .filter((route) => !leadElsewhere.has(route))
    .map((route) => ({ route, path: fillRoute(route, values, own[route]) }))
}

function rowsOf(route: string, visits: readonly Visit[]): ResultRow[] {
  const goal = (atMost: number) => ({ goal: { of: 'value', atMost } as const })
  return [
    resultRow({
      shape: `${route}: JavaScript at first load, compressed`,
      unit: 'KB',
      samples: visits.map(({ scriptKb }) => scriptKb),
      ...goal(goals.scriptKb),
    }),
    resultRow({
      shape: `${route}: largest paint`,
      unit: 's',
      samples: visits.map(({ paintSeconds }) => paintSeconds),
      ...goal(goals.paintSeconds),
    }),
  ]
}

/** Signed in, except where that would lead away. */
async function visit(browser: Browser, bench: BenchStack, path: string): Promise<Visit> {
  const outside = path.startsWith('/sign-in') || path.startsWith('/invitation')
  const baseURL = bench.stack.url
  const context = outside ? await browser.newContext({ baseURL }) : await signedIn(browser, bench)
  try {
    const page = await context.newPage()
    const scripts = await countScripts(await context.newCDPSession(page))
    await page.addInitScript(observePaint)
    const answer = await page.goto(path, { waitUntil: 'load' })
    if (answer?.status() !== 200)
      throw new Error(`${path} was answered with ${answer?.status() ?? 'nothing'}.`)
    if (new URL(page.url()).pathname !== path) throw new Error(`${path} led to ${page.url()}.`)
    await page.waitForTimeout(settleMs)
    const paintMs = await page.evaluate(() => window.fairleadPaintMs ?? 0)
    if (paintMs === 0) throw new Error(`${path} has painted nothing.`)
    return { scriptKb: scripts() / 1000, paintSeconds: paintMs / 1000 }
  } finally {
    await context.close()
  }
}

declare global {
  interface Window {
    fairleadPaintMs?: number
  }
}

/** Runs in the page, before its scripts. */
function observePaint(): void {
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.fairleadPaintMs = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
}

/** Bytes of scripts on the wire so far. */
async function countScripts(session: CDPSession): Promise<() => number> {
  const scripts = new Set<string>()
  let bytes = 0
  session.on('Network.requestWillBeSent', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId)
  })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength
  })
  await session.send('Network.enable')
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return () => bytes
}

export const pages: Suite = { needs: 'clusters', run }
