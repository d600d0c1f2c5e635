import type { ObjectRow, WorkloadDetail } from '@fairlead/contracts/inventory'
import { watchedKinds, type WatchedKind } from '@fairlead/contracts/kinds'
import type { ChangeTopic } from '@fairlead/contracts/live'
import type { PodWhy } from '@fairlead/contracts/pod-why'
import type { InputOf, QueryName } from '@fairlead/contracts/surface'
import type { ObjectChange } from './object-lists'

/** Which answers a change of each topic makes old. Objects are patched instead (object-lists.ts). */
export const affectedBy: Readonly<Record<Exclude<ChangeTopic, 'object'>, readonly QueryName[]>> = {
  inventory: [
    'fleet.get',
    'cluster.get',
    'cluster.controlPlane',
    'workload.get',
    'workload.timeline',
    'object.list',
    'object.events',
    'network.findings',
    'network.path',
  ],
  cluster: [
    'fleet.get',
    'cluster.get',
    'cluster.controlPlane',
    'cluster.complexity',
    'cluster.upgrade',
    'workload.get',
    'workload.usage',
    'network.path',
  ],
  drain: ['node.drains'],
  application: ['application.list', 'application.get', 'drift.get', 'source.get', 'activity.get'],
  rollout: [
    'rollout.list',
    'rollout.get',
    'application.list',
    'application.get',
    'drift.get',
    'approval.list',
    'activity.get',
  ],
  approval: ['approval.list', 'activity.get', 'rollout.get', 'rollout.list'],
  freeze: ['freeze.list', 'freeze.get', 'freeze.calendar', 'freeze.check', 'exception.list', 'rollout.get'],
  workflow: ['workflow.list', 'workflow.get', 'workflow.calendar', 'pool.list', 'lineage.get'],
  run: [
    'run.list',
    'run.get',
    'run.task',
    'run.indexes',
    'run.approvals',
    'workflow.list',
    'workflow.get',
    'workflow.grid',
  ],
  people: ['person.list', 'session.me'],
  token: ['token.list'],
  project: ['project.list', 'session.me', 'application.list'],
  audit: ['audit.list'],
}

/** What is cached under one name: what was asked, and the answer if there is one yet. */
export interface Cached {
  readonly name: string
  readonly input: unknown
  readonly data: unknown
}

/** Whether a change of `topic` with this key concerns that cached answer: some hold one thing only. */
export function concernsKey(topic: ChangeTopic, key: string, { name, input, data }: Cached): boolean {
  if (topic === 'rollout' && name === 'rollout.get')
    return (input as InputOf<'rollout.get'>).rollout === key || !isUuid(key)
  if (topic === 'run' && ['run.get', 'run.task', 'run.indexes'].includes(name))
    return (input as InputOf<'run.get'>).run === key
  const aboutCluster = topic === 'cluster' || topic === 'inventory'
  if (
    aboutCluster &&
    ['workload.get', 'workload.timeline', 'workload.usage', 'object.events', 'network.path'].includes(name)
  )
    return (input as InputOf<'workload.get'>).cluster === key
  if (aboutCluster && name === 'object.list') {
    const { clusters = [] } = input as InputOf<'object.list'>
    return clusters.length === 0 || clusters.includes(key)
  }
  if (aboutCluster && name.startsWith('cluster.')) {
    const asked = (input as InputOf<'cluster.get'>).cluster
    return asked === key || clusterIdIn(data) === key || data === undefined
  }
  return true
}

const isWorkload = (kind: WatchedKind): boolean => watchedKinds[kind].workload

const isUuid = (key: string): boolean => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key)

/** Answers composed of objects that no patch can redo in the browser. */
export function concernsObject(change: ObjectChange, { name, input, data }: Cached): boolean {
  const { clusterId } = change
  if (name === 'fleet.get') return change.kind === 'Node' || isWorkload(change.kind)
  if (name === 'cluster.get')
    return (change.kind === 'Node' || isWorkload(change.kind)) && clusterIdIn(data) === clusterId
  if (name === 'network.findings') return onTheWay.has(change.kind)
  if (name === 'network.path') {
    const asked = input as InputOf<'network.path'>
    const carries = onTheWay.has(change.kind) || change.kind === 'Pod'
    return carries && asked.cluster === clusterId
  }
  if (name === 'object.events')
    return change.kind === 'Event' && (input as InputOf<'object.events'>).cluster === clusterId
  if (name === 'object.yaml' || name === 'workload.timeline') {
    const asked = input as InputOf<'object.yaml'>
    return change.op === 'upsert' && asked.cluster === clusterId && isNamed(change.row, asked)
  }
  if (name === 'pod.why') return concernsPod(change, data as PodWhy | undefined)
  return name === 'workload.get' && concernsWorkload(change, data as WorkloadDetail | undefined)
}

/** Between an entry and its pods; pods themselves are too many for a list of entries, and show in the slices. */
const onTheWay: ReadonlySet<WatchedKind> = new Set<WatchedKind>([
  'Service',
  'EndpointSlice',
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
  'GatewayClass',
  'Gateway',
  'HTTPRoute',
  'ReferenceGrant',
])

const isNamed = (row: ObjectRow, asked: InputOf<'object.yaml'>): boolean =>
  row.kind === asked.kind && row.name === asked.name && row.namespace === (asked.namespace ?? null)

/** The pod itself, or what is said of it; what others leave free is asked for again by the clock. */
function concernsPod(change: ObjectChange, why: PodWhy | undefined): boolean {
  if (why === undefined || why.cluster.id !== change.clusterId) return false
  if (change.op === 'delete') return change.uid === why.uid
  const { kind, namespace, name, cells } = change.row
  if (namespace !== why.namespace) return false
  return kind === 'Event' ? cells['Object'] === `pod/${why.pod}` : kind === 'Pod' && name === why.pod
}

function concernsWorkload(change: ObjectChange, detail: WorkloadDetail | undefined): boolean {
  if (detail === undefined || detail.row.clusterId !== change.clusterId) return false
  const family = new Set([detail.row.uid, ...detail.revisions.map((revision) => revision.uid)])
  if (family.has(change.uid)) return true
  if (change.op === 'delete') return detail.pods.some((pod) => pod.uid === change.uid)
  if (change.kind === 'Event')
    return change.row.namespace === detail.row.namespace && isAbout(change.row, detail)
  return change.row.ownerUid !== null && family.has(change.row.ownerUid)
}

/** An event's Object cell is kubectl's `pod/web-1`. */
const isAbout = (event: ObjectRow, detail: WorkloadDetail): boolean =>
  (event.cells['Object'] ?? '').split('/')[1]?.startsWith(detail.row.name) ?? false

const clusterIdIn = (data: unknown): string | undefined =>
  typeof data === 'object' && data !== null && 'cluster' in data
    ? (data.cluster as { id?: string }).id
    : undefined
