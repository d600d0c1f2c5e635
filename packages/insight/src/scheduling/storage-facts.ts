import {
  integerIn,
  recordIn,
  recordsIn,
  textIn,
  textListIn,
  textsIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import { quantity } from '../quantity'
import { readRequirements, readSelector, type Labels, type Selector } from '../label-selector'
import type { NodeTerm } from './pod-terms'

export interface ClaimFacts {
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly ownerUids: readonly string[]
  readonly className: string
  readonly volumeName: string
  readonly bound: boolean
  readonly lost: boolean
  readonly deleting: boolean
  readonly size: number
  readonly modes: readonly string[]
  readonly volumeMode: string
  readonly attributesClass: string
  readonly selector: Selector | null
  /** Set once the scheduler chose a node and waits for the provisioner. */
  readonly selectedNode: string | null
}
export interface VolumeFacts {
  readonly name: string
  readonly labels: Labels
  readonly className: string
  readonly size: number
  readonly modes: readonly string[]
  readonly volumeMode: string
  readonly attributesClass: string
  readonly available: boolean
  readonly deleting: boolean
  readonly claim: { readonly namespace: string; readonly name: string; readonly uid: string } | null
  /** One must match; null: every node reaches it. */
  readonly nodeTerms: readonly NodeTerm[] | null
  readonly csi: { readonly driver: string; readonly handle: string } | null
}
export interface ClassFacts {
  readonly name: string
  readonly provisioner: string
  readonly waits: boolean
  /** Any may hold, and all pairs of one must; empty: everywhere. */
  readonly topologies: readonly (readonly { readonly key: string; readonly values: readonly string[] }[])[]
}
export interface CapacityFacts {
  readonly className: string
  readonly largest: number | null
  readonly nodes: Selector
}

const metadataOf = (object: unknown): Loose => recordIn(recordIn(object)['metadata'])
const specOf = (object: unknown): Loose => recordIn(recordIn(object)['spec'])
const betaClass = 'volume.beta.kubernetes.io/storage-class'
const sizeIn = (list: unknown): number => Math.ceil(quantity(recordIn(list)['storage']))

const classOf = (metadata: Loose, spec: Loose): string =>
  textsIn(metadata['annotations'])[betaClass] ?? textIn(spec['storageClassName'])

export function readClaim(object: unknown): ClaimFacts {
  const metadata = metadataOf(object)
  const spec = specOf(object)
  const annotations = textsIn(metadata['annotations'])
  const volumeName = textIn(spec['volumeName'])
  return {
    namespace: textIn(metadata['namespace']),
    name: textIn(metadata['name']),
    uid: textIn(metadata['uid']),
    ownerUids: recordsIn(metadata['ownerReferences']).map((owner) => textIn(owner['uid'])),
    className: classOf(metadata, spec),
    volumeName,
    bound: volumeName !== '' && annotations['pv.kubernetes.io/bind-completed'] !== undefined,
    lost: recordIn(recordIn(object)['status'])['phase'] === 'Lost',
    deleting: metadata['deletionTimestamp'] !== undefined,
    size: sizeIn(recordIn(spec['resources'])['requests']),
    modes: textListIn(spec['accessModes']),
    volumeMode: textIn(spec['volumeMode']) || 'Filesystem',
    attributesClass: textIn(spec['volumeAttributesClassName']),
    selector: spec['selector'] === undefined ? null : readSelector(spec['selector']),
    selectedNode: annotations['volume.kubernetes.io/selected-node'] ?? null,
  }
}

export function readVolume(object: unknown): VolumeFacts {
  const metadata = metadataOf(object)
  const spec = specOf(object)
  const claim = recordIn(spec['claimRef'])
  const csi = recordIn(spec['csi'])
  const required = recordIn(spec['nodeAffinity'])['required']
  return {
    name: textIn(metadata['name']),
    labels: textsIn(metadata['labels']),
    className: classOf(metadata, spec),
    size: sizeIn(spec['capacity']),
    modes: textListIn(spec['accessModes']),
    volumeMode: textIn(spec['volumeMode']) || 'Filesystem',
    attributesClass: textIn(spec['volumeAttributesClassName']),
    available: recordIn(recordIn(object)['status'])['phase'] === 'Available',
    deleting: metadata['deletionTimestamp'] !== undefined,
    claim:
      spec['claimRef'] === undefined
        ? null
        : { namespace: textIn(claim['namespace']), name: textIn(claim['name']), uid: textIn(claim['uid']) },
    nodeTerms:
      required === undefined
        ? null
        : recordsIn(recordIn(required)['nodeSelectorTerms']).map((term) => ({
            expressions: readRequirements(term['matchExpressions']),
            fields: readRequirements(term['matchFields']),
          })),
    csi:
      spec['csi'] === undefined
        ? null
        : { driver: textIn(csi['driver']), handle: textIn(csi['volumeHandle']) },
  }
}

export function readClass(object: unknown): ClassFacts {
  const loose = recordIn(object)
  return {
    name: textIn(metadataOf(object)['name']),
    provisioner: textIn(loose['provisioner']),
    waits: loose['volumeBindingMode'] === 'WaitForFirstConsumer',
    topologies: recordsIn(loose['allowedTopologies']).map((term) =>
      recordsIn(term['matchLabelExpressions']).map((pair) => ({
        key: textIn(pair['key']),
        values: textListIn(pair['values']),
      })),
    ),
  }
}

export function readCapacity(object: unknown): CapacityFacts {
  const loose = recordIn(object)
  const size = loose['maximumVolumeSize'] ?? loose['capacity']
  return {
    className: textIn(loose['storageClassName']),
    largest: size === undefined ? null : quantity(size),
    nodes: readSelector(loose['nodeTopology']),
  }
}

/** Most volumes per driver that a node can attach. */
export const readLimits = (csiNode: unknown): ReadonlyMap<string, number> =>
  new Map(
    recordsIn(specOf(csiNode)['drivers']).flatMap((driver) => {
      const count = recordIn(driver['allocatable'])['count']
      return count === undefined ? [] : [[textIn(driver['name']), integerIn(count)] as const]
    }),
  )

export const tracksCapacity = (csiDriver: unknown): boolean => specOf(csiDriver)['storageCapacity'] === true

export const readAttachment = (object: unknown) => ({
  node: textIn(specOf(object)['nodeName']),
  driver: textIn(specOf(object)['attacher']),
  volume: textIn(recordIn(specOf(object)['source'])['persistentVolumeName']),
})
