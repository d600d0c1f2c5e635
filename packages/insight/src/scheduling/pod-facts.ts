import { integerIn, recordIn, recordsIn, textIn, textsIn, type Loose } from '@fairlead/contracts/loose-json'
import { equalities, type Labels, type Requirement } from '../label-selector'
import { readPreferences, type Preferences } from './pod-preferences'
import {
  readNodeTerm,
  readPodTerm,
  readSpread,
  type NodeTerm,
  type PodTerm,
  type SpreadConstraint,
} from './pod-terms'
import { podRequests, type Requests } from './requests'
import { readTolerations, type Toleration } from './taints'

export interface HostPort {
  readonly ip: string
  readonly protocol: string
  readonly port: number
}
export interface PodVolume {
  readonly name: string
  /** Name of the PersistentVolumeClaim, given or made for the pod; null for other volumes. */
  readonly claim: string | null
  readonly ephemeral: boolean
  readonly source: Loose
}

/** What the scheduler reads of a pod, whatever else the object holds. */
export interface PodFacts {
  readonly uid: string
  readonly namespace: string
  readonly name: string
  readonly labels: Labels
  readonly phase: string
  readonly nodeName: string | null
  readonly nominatedNode: string | null
  readonly deleting: boolean
  readonly priority: number
  readonly preempts: boolean
  readonly schedulerName: string
  readonly gates: readonly string[]
  readonly tolerations: readonly Toleration[]
  readonly nodeSelector: readonly Requirement[]
  /** One of them must match; null without a required node affinity. */
  readonly nodeTerms: readonly NodeTerm[] | null
  readonly affinity: readonly PodTerm[]
  readonly antiAffinity: readonly PodTerm[]
  readonly ports: readonly HostPort[]
  readonly requests: Requests
  readonly spread: readonly SpreadConstraint[]
  readonly preferences: Preferences
  readonly volumes: readonly PodVolume[]
  readonly resourceClaims: boolean
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution'

function nodeTermsOf(affinity: Loose): readonly NodeTerm[] | null {
  const rule = recordIn(affinity['nodeAffinity'])[required]
  if (rule === undefined || rule === null) return null
  return recordsIn(recordIn(rule)['nodeSelectorTerms']).map(readNodeTerm)
}

const podTermsOf = (rule: unknown, ownNamespace: string): readonly PodTerm[] =>
  recordsIn(recordIn(rule)[required]).map((term) => readPodTerm(term, ownNamespace))

function portsOf(spec: Loose): readonly HostPort[] {
  const lasting = recordsIn(spec['initContainers']).filter((each) => each['restartPolicy'] === 'Always')
  return [...lasting, ...recordsIn(spec['containers'])]
    .flatMap((container) => recordsIn(container['ports']))
    .filter((port) => integerIn(port['hostPort']) > 0)
    .map((port) => ({
      ip: textIn(port['hostIP']) || '0.0.0.0',
      protocol: textIn(port['protocol']) || 'TCP',
      port: integerIn(port['hostPort']),
    }))
}

function volumesOf(spec: Loose, podName: string): readonly PodVolume[] {
  return recordsIn(spec['volumes']).map((volume) => {
    const name = textIn(volume['name'])
    const ephemeral = volume['ephemeral'] !== undefined
    const given = volume['persistentVolumeClaim']
    const named = given === undefined ? null : textIn(recordIn(given)['claimName'])
    return { name, claim: ephemeral ? `${podName}-${name}` : named, ephemeral, source: volume }
  })
}

const textOrNull = (value: unknown): string | null => textIn(value) || null

/** Never throws: what is missing or of another type reads as absent. */
export function readPod(pod: unknown): PodFacts {
  const metadata = recordIn(recordIn(pod)['metadata'])
  const spec = recordIn(recordIn(pod)['spec'])
  const status = recordIn(recordIn(pod)['status'])
  const affinity = recordIn(spec['affinity'])
  const name = textIn(metadata['name'])
  const namespace = textIn(metadata['namespace'])
  const labels = textsIn(metadata['labels'])
  const nodeName = textOrNull(spec['nodeName'])
  return {
    uid: textIn(metadata['uid']),
    namespace,
    name,
    labels,
    phase: textIn(status['phase']),
    nodeName,
    nominatedNode: textOrNull(status['nominatedNodeName']),
    deleting: metadata['deletionTimestamp'] !== undefined,
    priority: integerIn(spec['priority']),
    preempts: spec['preemptionPolicy'] !== 'Never',
    schedulerName: textIn(spec['schedulerName']) || 'default-scheduler',
    gates: recordsIn(spec['schedulingGates']).map((gate) => textIn(gate['name'])),
    tolerations: readTolerations(spec['tolerations']),
    nodeSelector: equalities(textsIn(spec['nodeSelector'])),
    nodeTerms: nodeTermsOf(affinity),
    affinity: podTermsOf(affinity['podAffinity'], namespace),
    antiAffinity: podTermsOf(affinity['podAntiAffinity'], namespace),
    ports: portsOf(spec),
    requests: podRequests(spec, nodeName === null ? {} : status),
    spread: readSpread(spec, labels, 'DoNotSchedule'),
    preferences: readPreferences(
      { metadata, spec, status: nodeName === null ? {} : status },
      { namespace, labels },
    ),
    volumes: volumesOf(spec, name),
    resourceClaims: recordsIn(spec['resourceClaims']).length > 0,
  }
}
