import { FairleadError, messageOf } from '@fairlead/contracts/errors'
import type { Unseen } from '@fairlead/contracts/pod-why'
import type { ClusterObjects } from '@fairlead/insight/scheduling/cluster-facts'
import { readPod, type PodFacts } from '@fairlead/insight/scheduling/pod-facts'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { readObjects, type ListOptions } from '@fairlead/kube/objects'

interface Wanted<T> {
  readonly apiVersion: string
  readonly kind: string
  /** Plural, for people. */
  readonly what: string
  /** What stays unknown without it. */
  readonly cost: string
  readonly read: (object: unknown) => T
  readonly options?: ListOptions
}

interface Reader {
  list<T>(wanted: Wanted<T>): Promise<readonly T[] | null>
  readonly unseen: readonly Unseen[]
}

const refused = (error: unknown): boolean =>
  error instanceof FairleadError && (error.code === 'cluster_denied' || error.code === 'not_found')

/** Lists; what the credential may not read is kept as a word, anything else that fails is an error. */
export function createReader(client: KubeClient, signal: AbortSignal | undefined): Reader {
  const unseen: Unseen[] = []
  return {
    unseen,
    async list(wanted) {
      const { apiVersion, kind, what, cost, read, options } = wanted
      try {
        return await readObjects(client, { apiVersion, kind }, { ...options, signal, read })
      } catch (error) {
        if (!refused(error)) throw error
        unseen.push({ what, why: `${messageOf(error)}. ${cost}` })
        return null
      }
    },
  }
}

const whole = (object: unknown): unknown => object
const running = 'status.phase!=Succeeded,status.phase!=Failed'

/** Storage is only asked for when the pod has volumes that somebody must find or make. */
async function storageAround(reader: Reader, pod: PodFacts) {
  const empty = {
    claims: [],
    volumes: [],
    storageClasses: [],
    csiNodes: [],
    csiDrivers: [],
    capacities: [],
    attachments: [],
  }
  if (pod.volumes.every(({ claim }) => claim === null)) return empty
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
async function podsAround(reader: Reader, namespace: string): Promise<readonly PodFacts[]> {
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
async function kinAround(reader: Reader, { namespace, preferences: { spread, owner } }: PodFacts) {
  if (spread !== null) return { services: [], owner: null }
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

/** All that the scheduler looks at for one pod, as it is now; null when the nodes may not be read. */
export async function readSurroundings(reader: Reader, pod: PodFacts): Promise<ClusterObjects | null> {
  const nodes = await reader.list({
    apiVersion: 'v1',
    kind: 'Node',
    what: 'nodes',
    cost: 'Whether any node would take the pod is not known.',
    read: whole,
  })
  if (nodes === null) return null
  const [pods, namespaces, storage, kin] = await Promise.all([
    podsAround(reader, pod.namespace),
    reader.list({
      apiVersion: 'v1',
      kind: 'Namespace',
      what: 'namespaces',
      cost: 'Affinity by the labels of namespaces is judged without them.',
      read: whole,
    }),
    storageAround(reader, pod),
    kinAround(reader, pod),
  ])
  return { nodes, pods, namespaces: namespaces ?? [], ...storage, ...kin }
}
