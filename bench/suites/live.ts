import type { KubeClient } from '@fairlead/kube/kube-client'
import { openBrowser, signedIn } from '../harness/browser'
import { clientOf, ensureNamespace } from '../harness/cluster'
import { observeDeployments, type Observer } from '../harness/observer'
import { resultRow, type ResultRow } from '../harness/result'
import { changeProbe, createProbe, probeNamespace, watchCell, type Screen } from '../harness/screen-probe'
import type { BenchStack } from '../harness/stack'
import { median, percentile } from '../harness/statistics'
import type { Suite, SuiteContext } from '../harness/suite'
import { pause } from '../harness/wait'

const rounds = 3
const changesPerRound = 100

/**
 * Someone changes a Deployment by the API server; a browser shows the list of Deployments. Each change is timed from
 * just before its request is sent until the frame that shows it has been painted. The baseline is a watch of the API
 * server that hears the same changes. No pod of this Deployment can run anywhere, so that nothing else moves its row.
 */
async function run(bench: BenchStack, { say }: SuiteContext): Promise<readonly ResultRow[]> {
  const { adminKubeconfig } = await bench.ensureCluster('staging')
  const client = clientOf(adminKubeconfig)
  await ensureNamespace(client, probeNamespace)
  await createProbe(client)
  const observer = await observeDeployments(client, probeNamespace)
  const browser = await openBrowser()
  try {
    const page = await (await signedIn(browser, bench)).newPage()
    await page.goto(`/workloads?namespace=${probeNamespace}`)
    await page.getByRole('row').filter({ hasText: probeNamespace }).waitFor()
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

interface Sides {
  readonly client: KubeClient
  readonly observer: Observer
  readonly screen: Screen
}

async function measureRound({ client, observer, screen }: Sides): Promise<Round> {
  const painted: number[] = []
  const heard: number[] = []
  let now = 1
  for (let change = 0; change < changesPerRound; change++) {
    const { replicas, seen } = await changeProbe(client, now, async ({ replicas: wanted, sentAt }) => {
      const shown = screen(`0/${wanted}`, sentAt)
      const event = await observer.first(sentAt, ({ spec }) => spec.replicas === wanted)
      return { heard: event.at - sentAt, painted: (await shown) - sentAt }
    })
    now = replicas
    heard.push(seen.heard)
    painted.push(seen.painted)
  }
  return { painted, heard }
}

export const live: Suite = { needs: 'clusters', run }
