import {
  integerIn,
  recordIn,
  recordsIn,
  textIn,
  textListIn,
  textsIn,
  type Loose,
} from '@fairlead/contracts/loose-json'
import {
  equalities,
  readRequirements,
  readSelector,
  type Labels,
  type Requirement,
  type Selector,
} from '../label-selector'
import { podRequests, type Requests } from './requests'
import { readTolerations, type Toleration } from './taints'

export interface NodeTerm {
  readonly expressions: readonly Requirement[]
  readonly fields: readonly Requirement[]
}
export interface PodTerm {
  readonly topologyKey: string
  readonly selector: Selector
  readonly namespaces: readonly string[]
  readonly namespaceSelector: Selector
}
export interface HostPort {
  readonly ip: string
  readonly protocol: string
  readonly port: number
}
export interface SpreadConstraint {
  readonly maxSkew: number
  readonly topologyKey: string
  readonly selector: Selector
  readonly minDomains: number
  readonly honorAffinity: boolean
  readonly honorTaints: boolean
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
  readonly volumes: readonly PodVolume[]
  readonly resourceClaims: boolean
}

const required = 'requiredDuringSchedulingIgnoredDuringExecution'

function nodeTermsOf(affinity: Loose): readonly NodeTerm[] | null {
  const rule = recordIn(affinity['nodeAffinity'])[required]
  if (rule === undefined || rule === null) return null
  return recordsIn(recordIn(rule)['nodeSelectorTerms']).map((term) => ({
    expressions: readRequirements(term['matchExpressions']),
    fields: readRequirements(term['matchFields']),
  }))
}

/** Without namespaces and without a selector of namespaces, a term means the namespace of its own pod. */
function podTermsOf(rule: unknown, ownNamespace: string): readonly PodTerm[] {
  return recordsIn(recordIn(rule)[required]).map((term) => {
    const namespaces = textListIn(term['namespaces'])
    const namespaceSelector = readSelector(term['namespaceSelector'])
    const own = namespaces.length === 0 && namespaceSelector === 'nothing'
    return {
      topologyKey: textIn(term['topologyKey']),
      selector: readSelector(term['labelSelector']),
      namespaces: own ? [ownNamespace] : namespaces,
      namespaceSelector,
    }
  })
}

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

function spreadOf(spec: Loose, labels: Labels): readonly SpreadConstraint[] {
  return recordsIn(spec['topologySpreadConstraints'])
    .filter((constraint) => constraint['whenUnsatisfiable'] === 'DoNotSchedule')
    .map((constraint) => {
      const selector = readSelector(constraint['labelSelector'])
      const own = textListIn(constraint['matchLabelKeys']).filter((key) => labels[key] !== undefined)
      const merged = equalities(Object.fromEntries(own.map((key) => [key, labels[key] ?? ''])))
      return {
        maxSkew: integerIn(constraint['maxSkew']),
        topologyKey: textIn(constraint['topologyKey']),
        selector: selector === 'nothing' ? selector : [...merged, ...selector],
        minDomains: integerIn(constraint['minDomains']) || 1,
        honorAffinity: constraint['nodeAffinityPolicy'] !== 'Ignore',
        honorTaints: constraint['nodeTaintsPolicy'] === 'Honor',
      }
    })
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
    spread: spreadOf(spec, labels),
    volumes: volumesOf(spec, name),
    resourceClaims: recordsIn(spec['resourceClaims']).length > 0,
  }
}
