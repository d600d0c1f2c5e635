import { labelKeys } from '@fairlead/contracts/labels'
import { recordIn, type Loose } from '@fairlead/contracts/loose-json'

/** Any Kubernetes object as plain JSON. */
export interface Comparable {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly [field: string]: unknown }
  readonly [field: string]: unknown
}

/** Stands for a side's own namespace while two sides are compared: a character of the private use area. */
export const ownNamespace = '\u{F0FAA}'
/** What is said instead of the value of a Secret. */
const hidden = '(not compared)'

/** The server counts or writes these, or they say where an object lies. */
const serverFields = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
  'namespace',
  'finalizers',
])
const controllerLabels = new Set<string>([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'kubernetes.io/metadata.name',
  ...Object.values(labelKeys),
])
const controllerAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'kubectl.kubernetes.io/restartedAt',
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
  'autoscaling.alpha.kubernetes.io/conditions',
  'pv.kubernetes.io/bind-completed',
  'pv.kubernetes.io/bound-by-controller',
  'volume.kubernetes.io/selected-node',
  'volume.kubernetes.io/storage-provisioner',
  'volume.beta.kubernetes.io/storage-provisioner',
])

const without = (record: Loose, fields: ReadonlySet<string> | readonly string[]): Loose => {
  const gone = new Set(fields)
  return Object.fromEntries(Object.entries(record).filter(([field]) => !gone.has(field)))
}
/** Without an empty map: `labels: {}` and no labels are the same. */
const filled = (field: string, record: Loose): Loose =>
  Object.keys(record).length === 0 ? {} : { [field]: record }

/** Of an object and of every template in it. */
function metadataOf(metadata: Loose): Loose {
  const { labels, annotations, ownerReferences, ...rest } = without(metadata, serverFields)
  return {
    ...rest,
    ...filled('labels', without(recordIn(labels), controllerLabels)),
    ...filled('annotations', without(recordIn(annotations), controllerAnnotations)),
    ...(Array.isArray(ownerReferences)
      ? { ownerReferences: ownerReferences.map((owner) => without(recordIn(owner), ['uid'])) }
      : {}),
  }
}

const isHeadless = (spec: Loose): boolean => spec['clusterIP'] === 'None'
const portWithoutAllocation = (port: unknown): Loose => without(recordIn(port), ['nodePort'])

function serviceSpec(spec: Loose): Loose {
  const given = without(spec, [
    ...(isHeadless(spec) ? [] : ['clusterIP', 'clusterIPs']),
    'healthCheckNodePort',
  ])
  return Array.isArray(given['ports'])
    ? { ...given, ports: given['ports'].map(portWithoutAllocation) }
    : given
}

/** Keys alone, and no annotation: `kubectl apply` leaves a copy of the values in one. */
export function withoutValues(secret: Comparable): Comparable {
  const keys = [...Object.keys(recordIn(secret['data'])), ...Object.keys(recordIn(secret['stringData']))]
  const { name, labels, namespace } = secret.metadata
  return {
    kind: secret.kind,
    metadata: { name, labels, namespace },
    type: secret['type'],
    ...filled('data', Object.fromEntries(keys.map((key) => [key, hidden]))),
  }
}

/** What a kind gets from the server or its controllers beyond what every object gets. */
const byKind: Readonly<Record<string, (object: Comparable) => Comparable>> = {
  Service: (service) => ({ ...service, spec: serviceSpec(recordIn(service['spec'])) }),
  PersistentVolumeClaim: (claim) => ({ ...claim, spec: without(recordIn(claim['spec']), ['volumeName']) }),
  ServiceAccount: (account) => without(account, ['secrets']) as Comparable,
  Secret: withoutValues,
}

/** Its own namespace by any field that names one, by the label of namespaces, and within names of Services. */
function withoutOwn(text: string, field: string, own: string | null): string {
  if (own === null) return text
  if (/namespaces?$/i.test(field) || field === 'kubernetes.io/metadata.name')
    return text === own ? ownNamespace : text
  if (!text.includes(`.${own}.svc`)) return text
  return text.replaceAll(new RegExp(`\\.${own}\\.svc(?![-a-z0-9])`, 'g'), `.${ownNamespace}.svc`)
}

function cleaned(value: unknown, field: string, own: string | null): unknown {
  if (typeof value === 'string') return withoutOwn(value, field, own)
  if (Array.isArray(value)) return value.map((item) => cleaned(item, field, own))
  if (typeof value !== 'object' || value === null) return value
  const record = field === 'metadata' ? metadataOf(recordIn(value)) : recordIn(value)
  const entries = Object.entries(record).flatMap(([name, inner]): [string, unknown][] =>
    inner === null || inner === undefined || (name === 'namespace' && inner === own)
      ? []
      : [[name, cleaned(inner, name, own)]],
  )
  return Object.fromEntries(entries)
}

/** What people mean by an object of a namespace; what differs between any two of its kind is gone. */
export function withoutNature(object: Comparable, own: string | null): Loose {
  const told = byKind[object.kind]?.(object) ?? object
  return recordIn(cleaned(without(told, ['status']), '', own))
}
