import { Resolver } from 'node:dns/promises'
import type { ApiClient } from './api-client'
import type { BringUpDeps } from './bring-up-deps'
import { clusterComponents, type Component } from './components'
import type { ClusterContext } from './control-plane'
import { exited, runningPid } from './detached-process'
import { waitUntil } from './wait-until'

export function assertAlive(components: readonly Component[]): void {
  for (const { process } of components) if (runningPid(process.pidFile) === undefined) throw exited(process)
}

export interface ReadinessInput {
  readonly api: ApiClient
  readonly deps: BringUpDeps
  /** Epoch milliseconds: after a restart the stored status still says ready, so older reports don't count. */
  readonly reportedSince: number
}

interface NodeObject {
  readonly metadata?: { readonly name?: string }
  readonly status?: {
    readonly conditions?: readonly { type: string; status: string; lastHeartbeatTime?: string }[]
  }
}

/** Waits until every node reports ready and, with real nodes, until cluster DNS answers through its Service. */
export async function nodesReady(context: ClusterContext, input: ReadinessInput): Promise<void> {
  const { record, plan } = context
  const { api, deps, reportedSince } = input
  const wanted = record.nodes === 'real' ? plan.nodes.length : record.simulatedNodes
  const since = record.nodes === 'real' ? reportedSince : 0
  await waitUntil(
    async () => {
      assertAlive(clusterComponents(context, deps.cacheDir))
      const { items = [] } = (await api.get('/api/v1/nodes')) as { items?: NodeObject[] }
      return items.filter((node) => isReady(node, since)).length >= wanted ? true : undefined
    },
    { what: `the nodes of ${record.name}`, timeoutMs: 180_000, everyMs: 300, signal: deps.signal },
  )
  if (record.nodes === 'real') await dnsReady(context, deps)
}

function isReady({ status }: NodeObject, since: number): boolean {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')
  // Kubernetes keeps whole seconds.
  return ready?.status === 'True' && Date.parse(ready.lastHeartbeatTime ?? '') + 1_000 > since
}

function dnsReady({ record, plan }: ClusterContext, deps: BringUpDeps): Promise<unknown> {
  const resolver = new Resolver({ timeout: 500, tries: 1 })
  resolver.setServers([plan.dnsAddress])
  return waitUntil(
    async () => {
      const addresses = await resolver.resolve4('kubernetes.default.svc.cluster.local')
      return addresses.includes(plan.apiServiceAddress) ? true : undefined
    },
    { what: `the cluster DNS of ${record.name}`, timeoutMs: 120_000, everyMs: 200, signal: deps.signal },
  )
}
