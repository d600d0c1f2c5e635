import { labelKeys } from '@fairlead/contracts/labels'
import type { KubeObject } from './kube-object'

const serverFields = new Set([
  'managedFields',
  'resourceVersion',
  'uid',
  'generation',
  'creationTimestamp',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
])
const copiedAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
])
const ownLabels = new Set<string>(Object.values(labelKeys))

const without = (map: Readonly<Record<string, string>> | undefined, keys: ReadonlySet<string>) => {
  const kept = Object.entries(map ?? {}).filter(([key]) => !keys.has(key))
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/** What people mean by the object: no status, nothing that the server counts. */
export function withoutServerFields(object: KubeObject): KubeObject {
  const { status: _, ...body } = object
  const metadata = Object.fromEntries(
    Object.entries(object.metadata).filter(([field]) => !serverFields.has(field)),
  )
  const annotations = without(object.metadata.annotations, copiedAnnotations)
  delete metadata['annotations']
  return {
    ...body,
    metadata: {
      name: object.metadata.name,
      ...metadata,
      ...(annotations === undefined ? {} : { annotations }),
    },
  }
}

/** The same without our own labels: what a release and its live object are compared by. */
export function normalise(object: KubeObject): KubeObject {
  const plain = withoutServerFields(object)
  const { labels: all, ...metadata } = plain.metadata
  const labels = without(all, ownLabels)
  return { ...plain, metadata: { ...metadata, ...(labels === undefined ? {} : { labels }) } }
}

/** What a dry-run create makes up anew each time: addresses, ports and the random selector of a Job. */
export function withoutAllocations(object: KubeObject): KubeObject {
  if (object.kind === 'Service') return serviceWithoutAllocations(object)
  if (object.kind !== 'Job') return object
  return JSON.parse(
    JSON.stringify(object, (key, value: unknown) =>
      key === 'controller-uid' || key === 'batch.kubernetes.io/controller-uid' ? undefined : value,
    ),
  ) as KubeObject
}

function serviceWithoutAllocations(object: KubeObject): KubeObject {
  const {
    clusterIP: _,
    clusterIPs: __,
    healthCheckNodePort: ___,
    ...spec
  } = (object['spec'] ?? {}) as Record<string, unknown>
  const ports = Array.isArray(spec['ports'])
    ? spec['ports'].map((port: unknown) => {
        const { nodePort: ____, ...rest } = port as Record<string, unknown>
        return rest
      })
    : undefined
  return { ...object, spec: { ...spec, ...(ports === undefined ? {} : { ports }) } }
}
