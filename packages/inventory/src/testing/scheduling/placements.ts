import type { SchedulerScore } from '@fairlead/contracts/scheduling-scores'
import type { KubeClient } from '@fairlead/kube/kube-client'
import { listObjects } from '@fairlead/kube/objects'
import { recordIn } from '@fairlead/contracts/loose-json'
import { eventually } from '../inventory-fixture'
import { createCase, nodesSettled } from './plant'
import { namespace, requests, type PodShape } from './pod-shape'

type Fields = Readonly<Record<string, unknown>>
interface NodeShape {
  readonly name: string
  readonly labels?: Readonly<Record<string, string>>
  readonly taints?: readonly Fields[]
  readonly allocatable?: Fields
  readonly images?: readonly Fields[]
}

/** A choice between nodes that all fit. `by`: the plugin that tells them apart; null where none does. */
export interface PlacementCase {
  readonly name: string
  readonly by: SchedulerScore | null
  readonly nodes: readonly NodeShape[]
  /** What runs there before, by node. */
  readonly running?: readonly (Omit<PodShape, 'name'> & { readonly on: string })[]
  readonly pod: Omit<PodShape, 'name'>
}

const zone = 'topology.kubernetes.io/zone'
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution'
const busy = requests({ cpu: '3', memory: '1Gi' })
const some = requests({ cpu: '500m', memory: '1Gi' })
const app = (value: string) => ({ labels: { app: value } })

const besides = (kind: 'podAffinity' | 'podAntiAffinity', value: string): Fields => ({
  affinity: {
    [kind]: {
      [preferred]: [
        {
          weight: 50,
          podAffinityTerm: {
            topologyKey: 'kubernetes.io/hostname',
            labelSelector: { matchLabels: { app: value } },
          },
        },
      ],
    },
  },
})

export const placementCases: readonly PlacementCase[] = [
  {
    name: 'emptier',
    by: 'NodeResourcesFit',
    nodes: [{ name: 'emptier-1' }, { name: 'emptier-2' }],
    running: [{ on: 'emptier-1', container: busy }],
    pod: { container: some },
  },
  {
    name: 'balanced',
    by: 'NodeResourcesBalancedAllocation',
    nodes: [
      { name: 'balanced-1', allocatable: { cpu: '4', memory: '32Gi' } },
      { name: 'balanced-2', allocatable: { cpu: '16', memory: '8Gi' } },
      { name: 'balanced-3', allocatable: { cpu: '8', memory: '8Gi' } },
    ],
    pod: { container: requests({ cpu: '3', memory: '4Gi' }) },
  },
  {
    name: 'soft-taint',
    by: 'TaintToleration',
    nodes: [
      { name: 'soft-taint-1', taints: [{ key: 'old', effect: 'PreferNoSchedule' }] },
      { name: 'soft-taint-2' },
    ],
    running: [{ on: 'soft-taint-2', container: some }],
    pod: { container: some },
  },
  {
    name: 'node-wish',
    by: 'NodeAffinity',
    nodes: [
      { name: 'node-wish-1', labels: { disk: 'ssd' } },
      { name: 'node-wish-2', labels: { cpu: 'new' } },
      { name: 'node-wish-3' },
    ],
    pod: {
      container: some,
      spec: {
        affinity: {
          nodeAffinity: {
            [preferred]: [
              { weight: 10, preference: { matchExpressions: [{ key: 'disk', operator: 'Exists' }] } },
              {
                weight: 60,
                preference: { matchExpressions: [{ key: 'cpu', operator: 'In', values: ['new'] }] },
              },
            ],
          },
        },
      },
    },
  },
  {
    name: 'soft-spread',
    by: 'PodTopologySpread',
    nodes: [
      { name: 'soft-spread-1', labels: { [zone]: 'pa' } },
      { name: 'soft-spread-2', labels: { [zone]: 'pa' } },
      { name: 'soft-spread-3', labels: { [zone]: 'pb' } },
    ],
    running: [
      { on: 'soft-spread-1', ...app('soft-spread') },
      { on: 'soft-spread-1', ...app('soft-spread') },
      { on: 'soft-spread-3', ...app('soft-spread') },
    ],
    pod: {
      ...app('soft-spread'),
      spec: {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: zone,
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { app: 'soft-spread' } },
          },
        ],
      },
    },
  },
  {
    name: 'default-spread',
    by: 'PodTopologySpread',
    nodes: [{ name: 'default-spread-1' }, { name: 'default-spread-2' }],
    running: [
      { on: 'default-spread-1', ...app('default-spread') },
      { on: 'default-spread-1', ...app('default-spread') },
    ],
    pod: app('default-spread'),
  },
  {
    name: 'beside',
    by: 'InterPodAffinity',
    nodes: [{ name: 'beside-wish-1' }, { name: 'beside-wish-2' }],
    running: [{ on: 'beside-wish-1', ...app('cache'), container: some }],
    pod: { container: some, spec: besides('podAffinity', 'cache') },
  },
  {
    name: 'apart',
    by: 'InterPodAffinity',
    nodes: [{ name: 'apart-1' }, { name: 'apart-2' }],
    running: [
      { on: 'apart-1', ...app('noise') },
      { on: 'apart-2', container: busy },
    ],
    pod: { container: some, spec: besides('podAntiAffinity', 'noise') },
  },
  {
    name: 'image',
    by: 'ImageLocality',
    nodes: [
      { name: 'image-1' },
      { name: 'image-2', images: [{ names: ['registry.example.org/large:1'], sizeBytes: 20 * 2 ** 30 }] },
    ],
    pod: { container: { image: 'registry.example.org/large:1', ...some } },
  },
  {
    name: 'tie',
    by: null,
    nodes: [{ name: 'tie-1' }, { name: 'tie-2' }, { name: 'tie-3' }],
    pod: { container: some },
  },
]

/** Nobody else's pods may come here, and these go nowhere else. */
const fence = { key: 'placements', effect: 'NoSchedule' }
const poolOf = (name: string) => `placed-${name}`
const tolerations = [{ key: fence.key, operator: 'Exists' }]

async function createNode(admin: KubeClient, pool: string, shape: NodeShape): Promise<void> {
  const { name, labels, taints, allocatable, images } = shape
  const resources = { cpu: '4', memory: '8Gi', pods: '10', 'ephemeral-storage': '10Gi', ...allocatable }
  await admin.json({
    method: 'POST',
    path: '/api/v1/nodes',
    body: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name, pool, ...labels } },
      spec: { taints: [fence, ...(taints ?? [])] },
      status: { capacity: resources, allocatable: resources, images: images ?? [] },
    },
  })
}

/** The nodes with what runs on them, and a Service whose pods are spread by default. */
export async function plantPlacements(admin: KubeClient): Promise<void> {
  for (const { name, nodes } of placementCases)
    for (const shape of nodes) await createNode(admin, poolOf(name), shape)
  await admin.json({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/services`,
    body: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'default-spread' },
      spec: { selector: { app: 'default-spread' }, ports: [{ port: 80 }] },
    },
  })
  await eventually('the nodes to choose from are settled', () => nodesSettled(admin))
  const running = placementCases.flatMap(({ name, running: there = [] }) =>
    there.map(({ on, ...shape }, index) => ({ ...shape, name: `${name}-there-${index}`, on })),
  )
  for (const { on, ...shape } of running)
    await createCase(admin, {
      ...shape,
      spec: { ...shape.spec, nodeName: on, tolerations: [{ operator: 'Exists' }] },
    })
  const names = new Set(running.map(({ name }) => name))
  await eventually('what was there before runs', async () => {
    const pods = await listObjects(admin, { apiVersion: 'v1', kind: 'Pod' }, { namespace })
    const up = pods.filter(
      (pod) => names.has(pod.metadata.name) && recordIn(pod['status'])['phase'] === 'Running',
    )
    return up.length === names.size
  })
}

/** Its pod, for the scheduler to place on one of its nodes. */
export const createPlacement = (admin: KubeClient, { name, pod }: PlacementCase) =>
  createCase(admin, {
    ...pod,
    name,
    spec: { ...pod.spec, nodeSelector: { pool: poolOf(name) }, tolerations },
  })
