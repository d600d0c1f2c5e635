import type {
  ControlPlaneSignals,
  HealthSample,
  LeaseSignal,
  NodeLeaseSignal,
} from '@fairlead/contracts/control-plane'
import { FairleadError } from '@fairlead/contracts/errors'
import { z } from 'zod'
import type { KubeClient } from './kube-client'
import { KubeStatusError } from './kube-error'

export interface LookOptions {
  readonly signal?: AbortSignal | undefined
  /** Of one request; default 3000. */
  readonly timeoutMs?: number
  /** Node leases are a list, asked less often; false keeps what `before` had. */
  readonly nodes?: boolean
  /** A create that leaves nothing behind passes through admission: asked less often as well. */
  readonly dryRun?: boolean
  readonly before?: ControlPlaneSignals | null
}

/** Requests of one path in one look: one blip is not a failure, and a median says more than one time. */
const samples = 3
/** Where every request times out, three would take longer than anybody waits for the answer. */
const samplingForMs = 2_500
/** Node leases of one page; what is beyond is said to be unknown. */
const mostNodes = 500
const defaultLeaseSeconds = 15
const defaultNodeLeaseSeconds = 40

interface Look {
  readonly client: KubeClient
  readonly options: LookOptions
  serverTime: string | null
}

interface Asked {
  readonly sample: HealthSample
  readonly text: string | null
}

type Question = Pick<Parameters<KubeClient['request']>[0], 'path' | 'method' | 'query' | 'body'>

/** Never throws for what a cluster does: that it does not answer is the answer. */
async function ask(look: Look, question: Question): Promise<Asked> {
  const startedAt = performance.now()
  const ms = (): number => Math.round((performance.now() - startedAt) * 10) / 10
  const { signal, timeoutMs = 3_000 } = look.options
  try {
    const { status, headers, text } = await look.client.request({ ...question, timeoutMs, signal })
    const at = new Date(headers['date'] ?? '')
    if (!Number.isNaN(at.getTime())) look.serverTime = at.toISOString()
    return { sample: { status, ms: ms(), words: null }, text }
  } catch (error) {
    if (!(error instanceof FairleadError) || signal?.aborted === true) throw error
    const status = error instanceof KubeStatusError ? error.status : null
    return { sample: { status, ms: ms(), words: error.message.slice(0, 300) }, text: null }
  }
}

async function sampled(look: Look, path: string): Promise<readonly HealthSample[]> {
  const startedAt = performance.now()
  const taken: HealthSample[] = []
  while (taken.length < samples && performance.now() - startedAt < samplingForMs)
    taken.push((await ask(look, { path })).sample)
  return taken
}

const leaseSchema = z.object({
  metadata: z.object({ name: z.string() }).optional(),
  spec: z
    .object({
      holderIdentity: z.string().nullish(),
      leaseDurationSeconds: z.number().nullish(),
      renewTime: z.string().nullish(),
    })
    .default({}),
})
const leasesSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }).default({}),
  items: z.array(leaseSchema).nullish(),
})

function parsed<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

const timeOf = (value: string | null | undefined): string | null => {
  const at = Date.parse(value ?? '')
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}

async function leaderLease(look: Look, component: string): Promise<LeaseSignal> {
  const path = `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-${component}`
  const { sample, text } = await ask(look, { path })
  if (sample.status === 404) return { state: 'missing' }
  if (sample.status === 401 || sample.status === 403) return { state: 'denied' }
  const lease = parsed(leaseSchema, text)
  if (lease === null) return { state: 'unreadable' }
  return {
    state: 'read',
    holder: lease.spec.holderIdentity || null,
    renewedAt: timeOf(lease.spec.renewTime),
    durationSeconds: lease.spec.leaseDurationSeconds ?? defaultLeaseSeconds,
  }
}

type NodeLeases = Pick<ControlPlaneSignals, 'nodes' | 'nodesAt' | 'nodesTruncated'>
const noNodes: NodeLeases = { nodes: null, nodesAt: null, nodesTruncated: false }

async function nodeLeases(look: Look): Promise<NodeLeases> {
  const { before, nodes = true } = look.options
  if (!nodes && before?.nodes != null)
    return { nodes: before.nodes, nodesAt: before.nodesAt, nodesTruncated: before.nodesTruncated }
  const path = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'
  const list = parsed(leasesSchema, (await ask(look, { path, query: { limit: mostNodes } })).text)
  if (list === null) return noNodes
  const read = (list.items ?? []).map(({ metadata, spec }): NodeLeaseSignal => ({
    node: metadata?.name ?? '',
    renewedAt: timeOf(spec.renewTime),
    durationSeconds: spec.leaseDurationSeconds ?? defaultNodeLeaseSeconds,
  }))
  return { nodes: read, nodesAt: look.serverTime, nodesTruncated: (list.metadata.continue ?? '') !== '' }
}

async function dryRunCreate(look: Look): Promise<HealthSample | null> {
  const { before, dryRun = false } = look.options
  if (!dryRun) return before?.dryRun ?? null
  const body = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { generateName: 'fairlead-proof-of-life-' },
  }
  const path = '/api/v1/namespaces/default/configmaps'
  return (await ask(look, { method: 'POST', path, query: { dryRun: 'All' }, body })).sample
}

const unseen: LeaseSignal = { state: 'unreadable' }
/** No HTTP answer at all, however often it was asked. */
const silent = (taken: readonly HealthSample[]): boolean => taken.every(({ status }) => status === null)

/**
 * One look at API server, etcd, scheduler, controller manager and kubelets. While the API server is silent nothing else
 * is asked: it could only time out. Rejects when the caller's signal aborts, and for nothing else.
 */
export async function readControlPlane(
  client: KubeClient,
  options: LookOptions = {},
): Promise<ControlPlaneSignals> {
  const look: Look = { client, options, serverTime: null }
  const at = new Date().toISOString()
  const [livez, readyz, { sample: etcd }] = await Promise.all([
    sampled(look, '/livez'),
    sampled(look, '/readyz'),
    ask(look, { path: '/readyz/etcd' }),
  ])
  const known = { at, livez, readyz, etcd }
  if (silent(livez) && silent(readyz)) {
    const leases = { scheduler: unseen, 'controller-manager': unseen }
    return { ...known, serverTime: null, dryRun: null, leases, ...noNodes }
  }
  const [scheduler, controllers, nodes, dryRun] = await Promise.all([
    leaderLease(look, 'scheduler'),
    leaderLease(look, 'controller-manager'),
    nodeLeases(look),
    dryRunCreate(look),
  ])
  const leases = { scheduler, 'controller-manager': controllers }
  return { ...known, serverTime: look.serverTime, dryRun, leases, ...nodes }
}
