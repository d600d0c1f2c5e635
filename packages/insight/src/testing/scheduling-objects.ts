import type { ClusterObjects } from '../scheduling/cluster-facts'
import { readPod } from '../scheduling/pod-facts'

type Fields = Readonly<Record<string, unknown>>

interface NodeShape {
  readonly labels?: Fields
  readonly taints?: readonly Fields[]
  readonly allocatable?: Fields
  readonly images?: Readonly<Record<string, number>>
}
export const node = (name: string, { labels, taints, allocatable, images }: NodeShape = {}) => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  spec: taints === undefined ? {} : { taints },
  status: {
    allocatable: { cpu: '4', memory: '8Gi', pods: '20', ...allocatable },
    images: Object.entries(images ?? {}).map(([image, sizeBytes]) => ({ names: [image], sizeBytes })),
  },
})
interface PodShape {
  readonly labels?: Fields
  readonly requests?: Fields
  readonly images?: readonly string[]
  readonly spec?: Fields
}
export const pod = (name: string, { labels, requests, images, spec }: PodShape = {}) => ({
  metadata: { name, namespace: 'shop', uid: name, labels: labels ?? {} },
  spec: {
    containers: (images ?? ['none']).map((image) => ({
      name: image,
      image,
      resources: { requests: requests ?? {} },
    })),
    ...spec,
  },
  status: { phase: 'Pending' },
})
export const on = (where: string, name: string, shape: PodShape = {}) =>
  pod(name, { ...shape, spec: { ...shape.spec, nodeName: where } })
export const objects = (
  nodes: readonly unknown[],
  pods: readonly unknown[] = [],
  more: Partial<ClusterObjects> = {},
): ClusterObjects => ({
  nodes,
  pods: pods.map(readPod),
  namespaces: [],
  claims: [],
  volumes: [],
  storageClasses: [],
  csiNodes: [],
  csiDrivers: [],
  capacities: [],
  attachments: [],
  services: [],
  owner: null,
  ...more,
})
