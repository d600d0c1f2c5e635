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

/**
 * All that the scheduler looks at for pods of a namespace, as it is now; null when the nodes may not be read. `claims`:
 * whether any of them has a volume that somebody must find or make.
 */
export async function readSurroundings(
  reader: SurroundingsReader,
  { namespace, claims }: { readonly namespace: string; readonly claims: boolean },
): Promise<ClusterObjects | null> {
  const nodes = await reader.list({
    apiVersion: 'v1',
    kind: 'Node',
    what: 'nodes',
    cost: 'Whether any node would take the pod is not known.',
    read: whole,
  })
  if (nodes === null) return null
  const [pods, namespaces, storage] = await Promise.all([
    podsAround(reader, namespace),
    reader.list({
      apiVersion: 'v1',
      kind: 'Namespace',
      what: 'namespaces',
      cost: 'Affinity by the labels of namespaces is judged without them.',
      read: whole,
    }),
    storageAround(reader, claims),
  ])
  return { nodes, pods, namespaces: namespaces ?? [], ...storage }
}
