import { patchObject } from '@fairlead/kube/objects'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { Page } from '@playwright/test'
import { openBrowser, signedIn } from '../harness/browser'
import { clientOf, ensureNamespace } from '../harness/cluster'
import { observeDeployments, type Observer } from '../harness/observer'
import { resultRow, type ResultRow } from '../harness/result'
import type { BenchStack } from '../harness/stack'
import { median, percentile } from '../harness/statistics'
import type { Suite, SuiteContext } from '../harness/suite'
import { pause } from '../harness/wait'

const rounds = 3
const changesPerRound = 100
const namespace = 'bench-live'
const name = 'probe'

interface Shown {
  readonly at: number
  readonly text: string
}
declare global {
  interface Window {
    fairleadBenchShown?: (shown: Shown) => void
  }
}

/**
 * Someone changes a Deployment by the API server; a browser shows the list of Deployments. Each change is timed from
 * just before its request is sent until the frame that shows it has been painted. The baseline is a watch of the API
 * server that hears the same changes. No pod of this Deployment can run anywhere, so that nothing else moves its row.
 */
async function run(bench: BenchStack, { say }: SuiteContext): Promise<readonly ResultRow[]> {
  const { adminKubeconfig } = await bench.ensureCluster('staging')
  const client = clientOf(adminKubeconfig)
  await ensureNamespace(client, namespace)
  await createProbe(client)
  const observer = await observeDeployments(client, namespace)
  const browser = await openBrowser()
  try {
    const page = await (await signedIn(browser, bench)).newPage()
    await page.goto('/workloads?namespace=bench-live')
    await page.getByRole('row').filter({ hasText: namespace }).waitFor()
    const screen = await watchCell(page)
    await pause(3_000)
    const measured: Round[] = []
    for (let round = 0; round < rounds; round++) {
      measured.push(await measureRound({ client, observer, screen }))
      const { painted, heard } = measured.at(-1) ?? { painted: [], heard: [] }
      say(
        `live ${round + 1}/${rounds}: p95 ${percentile(painted, 0.95)} ms on screen, ${percentile(heard, 0.95)} ms by watch`,
      )
    }
    return rowsOf(measured)
  } finally {
    await browser.close()
    observer.close()
    client.close()
  }
}

/** When `text` was on screen, at `sinceMs` or later. */
type Screen = (text: string, sinceMs: number) => Promise<number>

/** Milliseconds from the request. */
interface Round {
  readonly painted: readonly number[]
  readonly heard: readonly number[]
}

function rowsOf(measured: readonly Round[]): ResultRow[] {
  const of = (side: keyof Round, pick: (samples: readonly number[]) => number): number[] =>
    measured.map((round) => pick(round[side]))
  const p95 = (samples: readonly number[]): number => percentile(samples, 0.95)
  return [
    resultRow({
      shape: `change in the cluster → painted, p95 of ${changesPerRound}, beside a raw watch`,
      unit: 'ms',
      samples: of('painted', p95),
      baseline: of('heard', p95),
      goal: { of: 'value', atMost: 250 },
    }),
    resultRow({
      shape: `change in the cluster → painted, median of ${changesPerRound}, beside a raw watch`,
      unit: 'ms',
      samples: of('painted', median),
      baseline: of('heard', median),
    }),
  ]
}

async function createProbe(client: KubeClient): Promise<void> {
  const labels = { app: name }
  const pod = {
    nodeSelector: { 'bench/nowhere': 'true' },
    containers: [{ name: 'pause', image: 'localhost/pause:1' }],
  }
  const body = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: pod },
    },
  }
  await client.request({ method: 'POST', path: `/apis/apps/v1/namespaces/${namespace}/deployments`, body })
}

/** Tells every text of the cell `Ready` (0/replicas) with the time at which the frame with it was on screen. */
async function watchCell(page: Page): Promise<Screen> {
  const shown: Shown[] = []
  const waiting = new Set<() => void>()
  await page.exposeFunction('fairleadBenchShown', (one: Shown) => {
    shown.push(one)
    for (const look of waiting) look()
  })
  // tsx marks functions with a helper of its module, which the page does not have.
  await page.evaluate('globalThis.__name ??= (marked) => marked')
  await page.evaluate(reportCell, name)
  return (text, sinceMs) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = shown.find((one) => one.at >= sinceMs && one.text === text)
        if (found === undefined) return
        waiting.delete(look)
        clearTimeout(timer)
        resolve(found.at)
      }
      const timer = setTimeout(() => reject(new Error(`${text} never came on screen.`)), 30_000)
      waiting.add(look)
      look()
    })
}

/** Runs in the page. */
function reportCell(probe: string): void {
  let last = ''
  const look = (): void => {
    const row = [...document.querySelectorAll('tr')].find((each) => each.textContent.includes(probe))
    const cells = [...(row?.querySelectorAll('td') ?? [])].map((cell) => cell.textContent)
    const text = cells.find((cell) => /^\d+\/\d+$/.test(cell))
    if (text === undefined || text === last) return
    last = text
    // The callback of a frame runs before its painting, a task posted from there after it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', () => window.fairleadBenchShown?.({ at: Date.now(), text }))
      port1.start()
      port2.postMessage(null)
    })
  }
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  look()
}

interface Sides {
  readonly client: KubeClient
  readonly observer: Observer
  readonly screen: Screen
}

async function measureRound({ client, observer, screen }: Sides): Promise<Round> {
  const painted: number[] = []
  const heard: number[] = []
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace, name }
  let replicas = 1
  for (let change = 0; change < changesPerRound; change++) {
    // Another number than now, from 1 to 6.
    replicas = ((replicas + Math.floor(Math.random() * 5)) % 6) + 1
    await pause(100 + Math.random() * 300)
    const sentAt = Date.now()
    const shown = screen(`0/${replicas}`, sentAt)
    const event = observer.first(sentAt, ({ spec }) => spec.replicas === replicas)
    await patchObject(client, ref, { spec: { replicas } })
    heard.push((await event).at - sentAt)
    painted.push((await shown) - sentAt)
  }
  return { painted, heard }
}

export const live: Suite = { needs: 'clusters', run }
