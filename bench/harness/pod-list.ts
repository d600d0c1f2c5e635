import type { Request } from '@playwright/test'
import { openBrowser, signedIn } from './browser'
import type { Kubectl } from './cluster'
import { resultRow, type ResultRow } from './result'
import type { BenchStack } from './stack'
import { percentile } from './statistics'

const calls = 50
const rounds = 3
const page = '/workloads?kind=pods'

/** A request as the page sent it. */
interface Recorded {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
}

/**
 * Opens the page of all pods in a browser, takes down what it asks the server for, and asks for exactly that again,
 * one call after the other. Timed from sending to the last byte; nothing is parsed.
 */
export async function measurePodList(bench: BenchStack, kubectl: Kubectl): Promise<readonly ResultRow[]> {
  const requests = await requestsOfPage(bench)
  const table = await kubectlTimes(kubectl)
  const rows: ResultRow[] = []
  for (const { shape, request, goal } of requests) {
    const p95s: number[] = []
    for (let round = 0; round < rounds; round++) p95s.push(percentile(await replay(request), 0.95))
    const judged = goal ? { goal: { of: 'value', atMost: 100 } as const } : {}
    rows.push(resultRow({ shape, unit: 'ms', samples: p95s, baseline: table, ...judged }))
  }
  return rows
}

async function kubectlTimes(kubectl: Kubectl): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++)
    times.push((await kubectl(['get', 'pods', '--all-namespaces'])).ms)
  return times
}

async function requestsOfPage(bench: BenchStack) {
  const browser = await openBrowser()
  try {
    const context = await signedIn(browser, bench)
    const tab = await context.newPage()
    const sent: Request[] = []
    tab.on('request', (request) => sent.push(request))
    await tab.goto(page)
    await tab.getByRole('row').nth(10).waitFor()
    await tab.waitForTimeout(5_000)
    const lists = sent.filter((request) => request.url().includes('object.list'))
    const recorded = await Promise.all(lists.map(record))
    const [document] = sent.filter((request) => request.isNavigationRequest())
    if (document === undefined) throw new Error('The page was never asked for.')
    return [
      { shape: `GET ${page}, p95 of ${calls}`, request: await record(document), goal: true },
      ...recorded.map((request) => ({
        shape: `object.list ${limitIn(request)}, p95 of ${calls}`,
        request,
        // The page asks for the rest behind the first screen; nobody waits for that.
        goal: limitIn(request) !== 'of every pod',
      })),
    ]
  } finally {
    await browser.close()
  }
}

/** Belong to one connection, not to the request. */
const hopHeaders = new Set(['connection', 'content-length', 'host'])

async function record(request: Request): Promise<Recorded> {
  const headers = Object.entries(await request.allHeaders()).filter(
    ([name]) => !name.startsWith(':') && !hopHeaders.has(name),
  )
  return {
    url: request.url(),
    method: request.method(),
    headers: Object.fromEntries(headers),
    body: request.postData(),
  }
}

function limitIn({ url, body }: Recorded): string {
  const limit = Number(/"limit":(\d+)/.exec(`${decodeURIComponent(url)} ${body ?? ''}`)?.[1] ?? 0)
  return limit > 1_000 ? 'of every pod' : `of the first ${limit} pods`
}

async function replay({ url, method, headers, body }: Recorded): Promise<number[]> {
  const times: number[] = []
  for (let call = 0; call < calls; call++) {
    const startedAt = performance.now()
    const answer = await fetch(url, { method, headers: { ...headers }, body })
    await answer.arrayBuffer()
    times.push(performance.now() - startedAt)
    if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}.`)
  }
  return times
}
