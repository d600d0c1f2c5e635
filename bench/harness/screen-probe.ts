import { patchObject } from '@fairlead/kube/objects'
import type { KubeClient } from '@fairlead/kube/kube-client'
import type { Page } from '@playwright/test'
import { pause } from './wait'

export const probeNamespace = 'bench-live'
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

/** When `text` was on screen, at `sinceMs` or later. */
export type Screen = (text: string, sinceMs: number) => Promise<number>

/** A Deployment none of whose pods can run anywhere, so that nothing but the probe's own changes moves its row. */
export async function createProbe(client: KubeClient): Promise<void> {
  const labels = { app: name }
  const pod = {
    nodeSelector: { 'bench/nowhere': 'true' },
    containers: [{ name: 'pause', image: 'localhost/pause:1' }],
  }
  const body = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: probeNamespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: pod },
    },
  }
  await client.request({
    method: 'POST',
    path: `/apis/apps/v1/namespaces/${probeNamespace}/deployments`,
    body,
  })
}

/**
 * On the list of Deployments of the probe's namespace: tells every text of the cell `Ready` (0/replicas) with the time at
 * which the frame with it was on screen.
 */
export async function watchCell(page: Page): Promise<Screen> {
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

/**
 * Another number of replicas, after a while that nobody can foresee; its number, and how long the API server took to
 * answer, in ms.
 */
export async function changeProbe<T>(
  client: KubeClient,
  replicas: number,
  expecting: (change: { readonly replicas: number; readonly sentAt: number }) => Promise<T>,
): Promise<{ replicas: number; answeredMs: number; seen: T }> {
  const next = ((replicas + Math.floor(Math.random() * 5)) % 6) + 1
  await pause(100 + Math.random() * 300)
  const sentAt = Date.now()
  const seen = expecting({ replicas: next, sentAt })
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: probeNamespace, name }
  await patchObject(client, ref, { spec: { replicas: next } })
  return { replicas: next, answeredMs: Date.now() - sentAt, seen: await seen }
}
