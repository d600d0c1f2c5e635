import type { ClusterId } from '@fairlead/contracts/ids'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { CDPSession } from '@playwright/test'
import type pg from 'pg'
import { openBrowser, signedIn } from '../harness/browser'
import { busiest, cpuMsByCommand } from '../harness/cpu'
import { clientOf, ensureNamespace, kubectlFor } from '../harness/cluster'
import { openFleet, type FleetSize } from '../harness/fleet'
import { openInstallationDatabase, synced } from '../harness/installation-database'
import { crowdOf } from '../harness/many-clusters'
import { churnPods } from '../harness/pod-churn'
import { measurePodList } from '../harness/pod-list'
import { childIn, watchMemory } from '../harness/process-tree'
import { resultRow, type ResultRow } from '../harness/result'
import { changeProbe, createProbe, probeNamespace, watchCell } from '../harness/screen-probe'
import type { BenchStack } from '../harness/stack'
import { share } from '../harness/share'
import { percentile } from '../harness/statistics'
import type { Suite, SuiteContext } from '../harness/suite'

/** Whole: 1,000 nodes and 30,000 pods together, 200 changes a second for ten minutes. */
const clusters = 3
const perSecond = Math.round(200 * share)
const churnSeconds = Math.max(60, Math.round(600 * share))
const size = {
  nodes: Math.max(1, Math.round((1_000 * share) / clusters)),
  pods: Math.max(200, Math.round((30_000 * share) / clusters / 200) * 200),
}
const crowd = { all: 300, silent: 100 }
const shape = `${clusters} clusters, ${size.nodes * clusters} nodes, ${size.pods * clusters} pods`

interface Registered {
  readonly id: ClusterId
  readonly client: KubeClient
  readonly kubeconfig: string
}

async function run(bench: BenchStack, context: SuiteContext): Promise<readonly ResultRow[]> {
  const { say, atEnd } = context
  const database = await openInstallationDatabase(bench.stack.home)
  const watcher = childIn(bench.stack.pid, 'cluster-watcher')
  const memory = watchMemory(watcher)
  const base = memory.peak()
  const fleets = Array.from({ length: clusters }, (_, index): FleetSize => ({
    name: `fleet-${index + 1}`,
    ...size,
  }))
  const opened: Registered[] = []
  for (const fleet of fleets) {
    const { create, remove } = openFleet(bench.stack.home, fleet, say)
    atEnd(remove)
    const { adminKubeconfig, consoleKubeconfig } = await create()
    const id = await bench.register(fleet.name, consoleKubeconfig)
    await synced(database, { cluster: id, kind: 'Pod', atLeast: size.pods })
    opened.push({ id, client: clientOf(adminKubeconfig), kubeconfig: adminKubeconfig })
    say(`oversight: ${fleet.name} is synced`)
  }
  const changed = await measureChurn(bench, opened, say)
  const perPod = (memory.peak() - base) * 1_000
  memory.stop()
  const rows = [
    ...changed,
    memoryRow(perPod / (size.pods * clusters)),
    ...(await measureLists(bench, opened)),
  ]
  for (const { client } of opened) client.close()
  const many = await measureCrowd(bench, { database, original: opened[0]?.id ?? '' })
  await database.end()
  return [...rows, ...many]
}

const memoryRow = (kilobytes: number): ResultRow =>
  resultRow({
    shape: `${shape}: watcher memory over its base, at its peak, by pod`,
    unit: 'KB',
    samples: [kilobytes],
    goal: { of: 'value', atMost: 1.5 },
  })

async function measureChurn(bench: BenchStack, opened: readonly Registered[], say: SuiteContext['say']) {
  const [first] = opened
  if (first === undefined) throw new Error('No cluster was registered.')
  await ensureNamespace(first.client, probeNamespace)
  await createProbe(first.client)
  const browser = await openBrowser()
  try {
    const page = await (await signedIn(browser, bench)).newPage()
    const devtools = await page.context().newCDPSession(page)
    await page.goto(`/workloads?namespace=${probeNamespace}`)
    await page.getByRole('row').filter({ hasText: probeNamespace }).waitFor()
    const screen = await watchCell(page)
    const churn = await churnPods(
      opened.map(({ client }) => client),
      perSecond,
    )
    const heapBefore = await heapMb(devtools)
    const painted: number[] = []
    const cpu = cpuMsByCommand()
    const startedAt = Date.now()
    const elapsed = (): number => (Date.now() - startedAt) / 1_000
    for (let replicas = 1; elapsed() < churnSeconds;) {
      const change = await changeProbe(first.client, replicas, async ({ replicas: wanted, sentAt }) => {
        return (await screen(`0/${wanted}`, sentAt)) - sentAt
      })
      replicas = change.replicas
      painted.push(change.seen)
    }
    const seconds = elapsed()
    say(`oversight: cores used by ${busiest(cpu, seconds)}`)
    await churn.stop()
    const { changes, failed } = churn.done()
    const heapAfter = await heapMb(devtools)
    say(
      `oversight: ${changes} changes in ${seconds.toFixed(0)} s, ${failed} refused; ${painted.length} seen on screen`,
    )
    return churnRows({ painted, rate: changes / seconds, heap: { before: heapBefore, after: heapAfter } })
  } finally {
    await browser.close()
  }
}

interface Churned {
  readonly painted: readonly number[]
  readonly rate: number
  readonly heap: { readonly before: number; readonly after: number }
}

function churnRows({ painted, rate, heap }: Churned): ResultRow[] {
  const during = `${shape}, ${rate.toFixed(0)} changes a second for ${churnSeconds} s`
  return [
    resultRow({
      shape: `${during}: change → painted, p95 of ${painted.length}`,
      unit: 'ms',
      samples: [percentile(painted, 0.95)],
      goal: { of: 'value', atMost: 250 },
    }),
    resultRow({
      shape: `${during}: browser heap after, beside before`,
      unit: 'MB',
      samples: [heap.after],
      baseline: [heap.before],
      goal: { of: 'ratio', atMost: 1.2 },
    }),
  ]
}

/** MB (10⁶ bytes) that the page holds once its rubbish is gone. */
async function heapMb(devtools: CDPSession): Promise<number> {
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  return usedSize / 1e6
}

async function measureLists(bench: BenchStack, opened: readonly Registered[]): Promise<ResultRow[]> {
  const lists = await measurePodList(
    bench,
    await kubectlFor(opened[0]?.kubeconfig ?? '', bench.stack.clusters),
  )
  const searches = await timesOf(50, async (turn) => {
    await bench.api.object.list.query({
      kinds: ['Pod', 'Deployment', 'Service'],
      search: `service-0${turn % 9}`,
      limit: 50,
    })
  })
  return [
    ...lists.map((row) => ({ ...row, shape: `${shape}: ${row.shape}` })),
    resultRow({
      shape: `${shape}: search over three kinds, p95 of 50`,
      unit: 'ms',
      samples: [percentile(searches, 0.95)],
      goal: { of: 'value', atMost: 100 },
    }),
  ]
}

interface Copied {
  readonly database: pg.Client
  readonly original: string
}

async function measureCrowd(bench: BenchStack, { database, original }: Copied): Promise<ResultRow[]> {
  const smallest = await bench.api.fleet.get.query({})
  const copies = await crowdOf(database, original, {
    all: crowd.all - smallest.clusters.length + 1,
    silent: crowd.silent,
  })
  try {
    await copies.refresh()
    const { clusters: seen } = await bench.api.fleet.get.query({})
    if (seen.length !== crowd.all) throw new Error(`The fleet has ${seen.length} clusters, not ${crowd.all}.`)
    const headers = { cookie: bench.cookie }
    const times = await timesOf(30, async () => {
      const answer = await fetch(`${bench.stack.url}/fleet`, { headers })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`/fleet was answered with ${answer.status}.`)
    })
    return [
      resultRow({
        shape: `${crowd.all} registered clusters, ${crowd.silent} of them silent: GET /fleet, p95 of 30`,
        unit: 'ms',
        samples: [percentile(times, 0.95)],
        goal: { of: 'value', atMost: 300 },
      }),
    ]
  } finally {
    await copies.remove()
  }
}

async function timesOf(count: number, ask: (turn: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn < count; turn++) {
    const startedAt = performance.now()
    await ask(turn)
    times.push(performance.now() - startedAt)
  }
  return times
}

export const oversight: Suite = { needs: 'console', run }
