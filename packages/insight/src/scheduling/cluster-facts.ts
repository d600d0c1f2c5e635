import {
  integerIn,
  recordIn,
  recordsIn,
  textIn,
  textListIn,
  textsIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import { equalities, readSelector, selects, type Labels, type Selector } from '../label-selector'
import type { PodFacts } from './pod-facts'
import { addInto, readResources, type Requests } from './requests'
import * as storage from './storage-facts'
import { readTaints, type Taint } from './taints'

/**
 * Objects as the API server gives them; pods, of which there are many, already read. A list that may not be read is
 * empty, and the caller says so.
 */
export interface ClusterObjects {
  readonly nodes: readonly unknown[]
  readonly pods: readonly PodFacts[]
  readonly namespaces: readonly unknown[]
  readonly claims: readonly unknown[]
  readonly volumes: readonly unknown[]
  readonly storageClasses: readonly unknown[]
  readonly csiNodes: readonly unknown[]
  readonly csiDrivers: readonly unknown[]
  readonly capacities: readonly unknown[]
  readonly attachments: readonly unknown[]
  /** Of the pod's namespace, and the controller that made it (null: none, or not to be read). */
  readonly services: readonly unknown[]
  readonly owner: unknown
}

export interface NodeFacts {
  readonly name: string
  readonly labels: Labels
  readonly taints: readonly Taint[]
  readonly cordoned: boolean
  readonly allocatable: Requests
  /** Bytes by name, of those that it says it has. */
  readonly images: ReadonlyMap<string, number>
}

/** A node with what runs there; `used` are the requests of its pods. */
export interface NodeState {
  readonly node: NodeFacts
  readonly pods: readonly PodFacts[]
  readonly used: Requests
}

export interface StorageFacts {
  /** By namespace/name. */
  readonly claims: ReadonlyMap<string, storage.ClaimFacts>
  readonly volumes: ReadonlyMap<string, storage.VolumeFacts>
  readonly classes: ReadonlyMap<string, storage.ClassFacts>
  /** By node, then driver. */
  readonly limits: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly attachments: readonly ReturnType<typeof storage.readAttachment>[]
  /** Drivers that publish how much room each node has. */
  readonly capacityDrivers: ReadonlySet<string>
  readonly capacities: readonly storage.CapacityFacts[]
}

/** What the scheduler would see when it looks at one pod. */
export interface ClusterFacts {
  readonly nodes: readonly NodeState[]
  readonly namespaces: ReadonlyMap<string, Labels>
  readonly storage: StorageFacts
  /** Pods of the same Services and controller: what the cluster's default spreading counts. */
  readonly defaultSelector: Selector
  /** Whether the reader may learn the names of pods there. */
  mayName(namespace: string): boolean
}

export const nodeState = (node: NodeFacts, pods: readonly PodFacts[]): NodeState => ({
  node,
  pods,
  used: pods.reduce((sum, pod) => addInto(sum, pod.requests), new Map<string, number>()),
})

const nameOf = (object: unknown): string => textIn(recordIn(recordIn(object)['metadata'])['name'])
const spec = (object: unknown): Loose => recordIn(recordIn(object)['spec'])

const imagesOf = (object: unknown): ReadonlyMap<string, number> =>
  new Map(
    recordsIn(recordIn(recordIn(object)['status'])['images']).flatMap(({ names, sizeBytes }) =>
      textListIn(names).map((name) => [name, Math.max(0, integerIn(sizeBytes))] as const),
    ),
  )

function readNode(object: unknown): NodeFacts {
  return {
    name: nameOf(object),
    labels: textsIn(recordIn(recordIn(object)['metadata'])['labels']),
    taints: readTaints(spec(object)['taints']),
    cordoned: spec(object)['unschedulable'] === true,
    allocatable: readResources(recordIn(recordIn(object)['status'])['allocatable']),
    images: imagesOf(object),
  }
}

const ended = (pod: PodFacts): boolean => pod.phase === 'Succeeded' || pod.phase === 'Failed'

/** A node that was promised to a pod of the same or a higher priority counts as taken. */
const placeOf = (other: PodFacts, pod: PodFacts): string | null =>
  other.nodeName ?? (other.priority >= pod.priority ? other.nominatedNode : null)

function podsByNode(objects: ClusterObjects, pod: PodFacts): ReadonlyMap<string, PodFacts[]> {
  const places = new Map<string, PodFacts[]>()
  for (const other of objects.pods) {
    const place = placeOf(other, pod)
    if (place === null || ended(other) || other.uid === pod.uid) continue
    const there = places.get(place) ?? []
    there.push(other)
    places.set(place, there)
  }
  return places
}

function storageFacts(objects: ClusterObjects): StorageFacts {
  const claims = objects.claims.map(storage.readClaim)
  return {
    claims: new Map(claims.map((claim) => [`${claim.namespace}/${claim.name}`, claim])),
    volumes: new Map(objects.volumes.map(storage.readVolume).map((volume) => [volume.name, volume])),
    classes: new Map(objects.storageClasses.map(storage.readClass).map((each) => [each.name, each])),
    limits: new Map(objects.csiNodes.map((object) => [nameOf(object), storage.readLimits(object)])),
    attachments: objects.attachments.map(storage.readAttachment),
    capacityDrivers: new Set(objects.csiDrivers.filter(storage.tracksCapacity).map(nameOf)),
    capacities: objects.capacities.map(storage.readCapacity),
  }
}

/** Upstream: plugins/helper DefaultSelector: Services that select the pod, and the selector of its controller. */
function defaultSelector({ services, owner }: ClusterObjects, pod: PodFacts): Selector {
  const merged = services
    .map((service) => spec(service)['selector'])
    .filter((selector) => selector !== undefined && selector !== null)
    .map(textsIn)
    .filter((selector) => selects(equalities(selector), pod.labels))
    .reduce<Labels>((all, selector) => ({ ...all, ...selector }), {})
  const own = spec(owner)['selector']
  const selector = pod.preferences.owner?.kind === 'ReplicationController' ? { matchLabels: own } : own
  const added = own === undefined ? [] : readSelector(selector)
  return [...equalities(merged), ...(added === 'nothing' ? [] : added)]
}

export function readCluster(
  objects: ClusterObjects,
  pod: PodFacts,
  mayName: (namespace: string) => boolean,
): ClusterFacts {
  const places = podsByNode(objects, pod)
  const labelled = objects.namespaces.map(
    (object) => [nameOf(object), textsIn(recordIn(recordIn(object)['metadata'])['labels'])] as const,
  )
  return {
    nodes: objects.nodes.map(readNode).map((node) => nodeState(node, places.get(node.name) ?? [])),
    namespaces: new Map(labelled),
    storage: storageFacts(objects),
    defaultSelector: defaultSelector(objects, pod),
    mayName,
  }
}
