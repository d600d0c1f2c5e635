import { namespace } from './pod-shape'

interface Manifest {
  readonly path: string
  readonly body: { readonly metadata: { readonly name: string } } & Readonly<Record<string, unknown>>
}

interface NodeShape {
  readonly name: string
  readonly pool: string
  readonly labels?: Readonly<Record<string, string>>
  readonly spec?: Readonly<Record<string, unknown>>
  readonly allocatable?: Readonly<Record<string, string>>
}

const zone = 'topology.kubernetes.io/zone'
const roomy = { cpu: '4', memory: '8Gi', pods: '10', 'ephemeral-storage': '10Gi' }

const shapes: readonly NodeShape[] = [
  { name: 'plain-1', pool: 'plain', labels: { [zone]: 'pa', disk: 'ssd', generation: '4' } },
  { name: 'plain-2', pool: 'plain', labels: { [zone]: 'pb', generation: '7' } },
  { name: 'cordoned', pool: 'cordoned', spec: { unschedulable: true } },
  {
    name: 'tainted-1',
    pool: 'tainted',
    spec: { taints: [{ key: 'dedicated', value: 'db', effect: 'NoSchedule' }] },
  },
  {
    name: 'tainted-2',
    pool: 'tainted',
    spec: {
      taints: [
        { key: 'dedicated', value: 'db', effect: 'NoExecute' },
        { key: 'maintenance', effect: 'NoSchedule' },
      ],
    },
  },
  { name: 'small-1', pool: 'small', allocatable: { cpu: '1', memory: '1Gi' } },
  { name: 'small-2', pool: 'small', allocatable: { cpu: '1', memory: '1Gi', pods: '2' } },
  {
    name: 'devices',
    pool: 'devices',
    allocatable: { 'example.com/gpu': '2', 'hugepages-2Mi': '64Mi' },
  },
  { name: 'spread-a1', pool: 'spread', labels: { [zone]: 'sa' } },
  { name: 'spread-a2', pool: 'spread', labels: { [zone]: 'sa' } },
  { name: 'spread-b', pool: 'spread', labels: { [zone]: 'sb' }, allocatable: { pods: '1' } },
  { name: 'spread-none', pool: 'spread' },
  { name: 'beside-1', pool: 'beside', labels: { [zone]: 'ba' } },
  { name: 'beside-2', pool: 'beside', labels: { [zone]: 'bb' } },
  { name: 'ranked', pool: 'ranked', allocatable: { cpu: '2' } },
  { name: 'stores-1', pool: 'stores', labels: { [zone]: 'va' } },
  { name: 'stores-2', pool: 'stores', labels: { [zone]: 'vb' } },
]

export const nodes: readonly Manifest[] = shapes.map(({ name, pool, labels, spec, allocatable }) => {
  const resources = { ...roomy, ...allocatable }
  return {
    path: '/api/v1/nodes',
    body: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name, pool, ...labels } },
      spec: spec ?? {},
      status: { capacity: resources, allocatable: resources },
    },
  }
})

const ranks: readonly (readonly [string, number, string])[] = [
  ['high', 1000, 'PreemptLowerPriority'],
  ['polite', 1000, 'Never'],
  ['low', -10, 'PreemptLowerPriority'],
]

/** Priorities, an overhead, and a second namespace with labels of its own. */
export const settings: readonly Manifest[] = [
  ...[namespace, 'other'].map((name) => ({
    path: '/api/v1/namespaces',
    body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { team: name } } },
  })),
  ...ranks.map(([name, value, preemptionPolicy]) => ({
    path: '/apis/scheduling.k8s.io/v1/priorityclasses',
    body: {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name },
      value,
      preemptionPolicy,
    },
  })),
  {
    path: '/apis/node.k8s.io/v1/runtimeclasses',
    body: {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'heavy' },
      handler: 'heavy',
      overhead: { podFixed: { cpu: '600m', memory: '64Mi' } },
    },
  },
]
