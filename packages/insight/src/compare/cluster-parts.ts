import { recordIn, recordsIn, textIn, textListIn, type Loose } from '@fairlead/contracts/loose-json'
import type { Comparable } from './without-nature'

/** A cluster-wide object as the inventory keeps it: kubectl's columns, and a summary by kind. */
export interface KeptObject {
  readonly kind: string
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly cells: Readonly<Record<string, string>>
  readonly summary: Loose
}

export interface KeptNode {
  readonly version: string
  readonly operatingSystem: string
  readonly architecture: string
  readonly osImage: string
  readonly containerRuntime: string
  readonly cpuMillis: number
  readonly memoryBytes: number
  readonly pods: number
}

export interface ClusterKept {
  /** null where nobody has asked yet. */
  readonly version: string | null
  /** null where they may not be read on one of the sides. */
  readonly nodes: readonly KeptNode[] | null
  readonly objects: readonly KeptObject[]
  /** Objects by kind, in namespaces that the reader sees. */
  readonly counts: readonly { readonly namespace: string; readonly kind: string; readonly count: number }[]
}

/** `{ 'v1.35.4': 3 }`: how many nodes say what. */
function tally(nodes: readonly KeptNode[], field: keyof KeptNode): Readonly<Record<string, number>> {
  const counts = new Map<string, number>()
  for (const node of nodes) {
    const word = String(node[field]) || 'unknown'
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

const mebibyte = 1_048_576
const sum = (nodes: readonly KeptNode[], of: (node: KeptNode) => number): number =>
  nodes.reduce((total, node) => total + of(node), 0)

const nodesPart = (nodes: readonly KeptNode[]): Comparable => ({
  kind: 'Nodes',
  metadata: { name: 'all' },
  count: nodes.length,
  allocatable: {
    cpu: `${sum(nodes, ({ cpuMillis }) => cpuMillis)}m`,
    memory: `${Math.round(sum(nodes, ({ memoryBytes }) => memoryBytes) / mebibyte)}Mi`,
    pods: sum(nodes, ({ pods }) => pods),
  },
  version: tally(nodes, 'version'),
  operatingSystem: tally(nodes, 'operatingSystem'),
  osImage: tally(nodes, 'osImage'),
  architecture: tally(nodes, 'architecture'),
  containerRuntime: tally(nodes, 'containerRuntime'),
})

/** What a kind says of its cluster; health and times are of the moment. */
const fieldsOf: Readonly<Record<string, (object: KeptObject) => Loose>> = {
  StorageClass: ({ cells, summary }) => ({
    provisioner: cells['Provisioner'],
    reclaimPolicy: cells['ReclaimPolicy'],
    volumeBindingMode: cells['VolumeBindingMode'],
    allowVolumeExpansion: cells['AllowVolumeExpansion'],
    default: summary['default'] === true,
  }),
  IngressClass: ({ cells }) => ({ controller: cells['Controller'], parameters: cells['Parameters'] }),
  GatewayClass: ({ cells }) => ({ controller: cells['Controller'] }),
  APIService: ({ cells }) => ({ service: cells['Service'] }),
  CustomResourceDefinition: ({ summary }) => ({
    scope: textIn(summary['scope']),
    versions: textListIn(summary['versions']),
  }),
  ValidatingWebhookConfiguration: webhookFields,
  MutatingWebhookConfiguration: webhookFields,
  Namespace: () => ({}),
}

function webhookFields({ summary }: KeptObject): Loose {
  return { webhooks: recordsIn(summary['webhooks']) }
}

/** A cluster in the shape of objects, so that it is compared as they are. */
export function clusterParts(kept: ClusterKept): readonly Comparable[] {
  const held = new Map<string, Record<string, number>>()
  for (const { namespace, kind, count } of kept.counts)
    held.set(namespace, { ...held.get(namespace), [kind]: count })
  const parts = kept.objects.map((object): Comparable => {
    const { kind, name, labels } = object
    const fields = recordIn(fieldsOf[kind]?.(object))
    const isNamespace = kind === 'Namespace'
    return {
      kind,
      metadata: isNamespace ? { name, labels } : { name },
      ...fields,
      ...(isNamespace ? { objects: held.get(name) ?? {} } : {}),
    } as Comparable
  })
  return [
    { kind: 'Kubernetes', metadata: { name: 'version' }, version: kept.version ?? 'unknown' },
    ...(kept.nodes === null ? [] : [nodesPart(kept.nodes)]),
    ...parts,
  ]
}

/** Kinds of which `clusterParts` makes something, beside nodes. */
export const clusterPartKinds = Object.keys(fieldsOf)
