import type { Read } from '@fairlead/contracts/cluster-facts'
import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { UsageState } from '@fairlead/contracts/usage'
import { notRead, readList } from './facts/read-list'
import type { KubeClient } from './kube-client'

/** PodMetrics and NodeMetrics as the cluster gave them. */
export type UsageReading =
  | { readonly state: 'read'; readonly pods: readonly Loose[]; readonly nodes: readonly Loose[] }
  | { readonly state: Exclude<UsageState, 'read'>; readonly words: string }

const group = '/apis/metrics.k8s.io/v1beta1'
const apiService = '/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io'
/** More pods than a cluster may have by Kubernetes' own limits are not sampled. */
const mostPods = 150_000

/** Why there is nothing to ask; null where there may be, or where that may not be looked up. */
async function missing(client: KubeClient, signal: AbortSignal): Promise<UsageReading | null> {
  try {
    const found = recordIn(await client.json({ path: apiService, signal }))
    const conditions = recordsIn(recordIn(found['status'])['conditions'])
    const available = conditions.find(({ type }) => type === 'Available')
    if (available?.['status'] === 'True') return null
    const said = [available?.['reason'], available?.['message']].map(textIn).filter((text) => text !== '')
    return {
      state: 'unavailable',
      words:
        `metrics.k8s.io is registered, and what serves it is not available: ${said.join(', ') || 'no reason given'}`.slice(
          0,
          500,
        ),
    }
  } catch (error) {
    const { state, words } = notRead(error, signal)
    if (state === 'absent')
      return {
        state,
        words: 'This cluster serves no metrics API (metrics.k8s.io): metrics-server is not installed',
      }
    return state === 'denied' ? null : { state, words }
  }
}

const notListed = (read: Exclude<Read<Loose>, { state: 'read' }>): UsageReading => ({
  state: read.state,
  words: `Use could not be read: ${read.words}`,
})

/** What pods and nodes use, as metrics.k8s.io last measured it. Throws only when the caller's signal aborts. */
export async function readUsage(client: KubeClient, signal: AbortSignal): Promise<UsageReading> {
  const absent = await missing(client, signal)
  if (absent !== null) return absent
  const list = (what: string) =>
    client.listSlot(() => readList(client, `${group}/${what}`, { signal, limit: mostPods }))
  const pods = await list('pods')
  if (pods.state !== 'read') return notListed(pods)
  const nodes = await list('nodes')
  return nodes.state === 'read' ? { state: 'read', pods: pods.items, nodes: nodes.items } : notListed(nodes)
}
