import type { ClusterObjects } from './cluster-facts'
import { readPod, type PodFacts } from './pod-facts'

interface Wanted<T> {
  readonly apiVersion: string
  readonly kind: string
  /** Plural, for people. */
  readonly what: string
  /** What stays unknown without it. */
  readonly cost: string
  readonly read: (object: unknown) => T
  readonly options?: { readonly namespace?: string; readonly fieldSelector?: string }
}

/** Lists for whoever reads clusters; null for what may not be read. */
export interface SurroundingsReader {
  list<T>(wanted: Wanted<T>): Promise<readonly T[] | null>
}

const whole = (object: unknown): unknown => object
const running = 'status.phase!=Succeeded,status.phase!=Failed'

async function storageAround(reader: SurroundingsReader, wanted: boolean) {
  const empty = {
    claims: [],
    volumes: [],
    storageClasses: [],
    csiNodes: [],
    csiDrivers: [],
    capacities: [],
    attachments: [],
  }
  if (!wanted) return empty
  const apiVersion = 'storage.k8s.io/v1'
  const cost = 'Its volumes are judged without them.'
  const list = async (kind: string, what: string, version = apiVersion) =>
    (await reader.list({ apiVersion: version, kind, what, cost, read: whole })) ?? []
  const [claims, volumes, storageClasses, csiNodes, csiDrivers, capacities, attachments] = await Promise.all([
    list('PersistentVolumeClaim', 'persistent volume claims', 'v1'),
    list('PersistentVolume', 'persistent volumes', 'v1'),
    list('StorageClass', 'storage classes'),
    list('CSINode', 'volume limits of nodes'),
    list('CSIDriver', 'CSI drivers'),
    list('CSIStorageCapacity', 'storage capacities'),
    list('VolumeAttachment', 'volume attachments'),
  ])
  return { claims, volumes, storageClasses, csiNodes, csiDrivers, capacities, attachments }
}

/** Where pods of all namespaces may not be read, those of its own still may. */
async function podsAround(reader: SurroundingsReader, namespace: string): Promise<readonly PodFacts[]> {
  const pods = { apiVersion: 'v1', kind: 'Pod', read: readPod }
  const all = await reader.list({
    ...pods,
    what: 'pods of all namespaces',
    cost: 'Nodes look emptier than they are.',
    options: { fieldSelector: running },
  })
  if (all !== null) return all
  const own = await reader.list({
    ...pods,
    what: `pods of ${namespace}`,
    cost: 'Nodes look empty.',
    options: { namespace, fieldSelector: running },
  })
  return own ?? []
}

const controllers = [
  ['apps/v1', 'ReplicaSet', 'replica sets'],
  ['apps/v1', 'StatefulSet', 'stateful sets'],
  ['v1', 'ReplicationController', 'replication controllers'],
] as const

/** Pods without constraints of their own are spread by what they have in common: their Services and their controller. */
async function kinAround(reader: SurroundingsReader, pod: PodFacts | undefined) {
  if (pod === undefined || pod.preferences.spread !== null) return { services: [], owner: null }
  const { namespace, preferences } = pod
  const { owner } = preferences
  const cost = 'Spreading by default is scored without them.'
  const found = controllers.find(
    ([apiVersion, kind]) => owner?.apiVersion === apiVersion && owner.kind === kind,
  )
  const [services, owners] = await Promise.all([
    reader.list({
      apiVersion: 'v1',
      kind: 'Service',
      what: 'services',
      cost,
      read: whole,
      options: { namespace },
    }),
    found === undefined || owner === null
      ? null
      : reader.list({
          apiVersion: found[0],
          kind: found[1],
          what: found[2],
          cost,
          read: whole,
          options: { namespace, fieldSelector: `metadata.name=${owner.name}` },
        }),
  ])
  return { services: services ?? [], owner: owners?.[0] ?? null }
}

interface Asked {
  readonly namespace: string
  readonly claims: boolean
  /** The pod that is to be scored, not only filtered. */
  readonly kinOf?: PodFacts
}

/**
 * All that the scheduler looks at for pods of a namespace, as it is now; null when the nodes may not be read. `claims`:
 * whether any of them has a volume that somebody must find or make.
 */
export async function readSurroundings(
  reader: SurroundingsReader,
  { namespace, claims, kinOf }: Asked,
): Promise<ClusterObjects | null> {
  const nodes = await reader.list({
    apiVersion: 'v1',
    kind: 'Node',
    what: 'nodes',
    cost: 'Whether any node would take the pod is not known.',
    read: whole,
  })
  if (nodes === null) return null
  const [pods, namespaces, storage, kin] = await Promise.all([
    podsAround(reader, namespace),
    reader.list({
      apiVersion: 'v1',
      kind: 'Namespace',
      what: 'namespaces',
      cost: 'Affinity by the labels of namespaces is judged without them.',
      read: whole,
    }),
    storageAround(reader, claims),
    kinAround(reader, kinOf),
  ])
  return { nodes, pods, namespaces: namespaces ?? [], ...storage, ...kin }
}
