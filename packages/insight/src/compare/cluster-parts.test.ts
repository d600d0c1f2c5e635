import { describe, expect, it } from 'vitest'
import { clusterParts, type ClusterKept, type KeptNode } from './cluster-parts'
import { compareSides } from './compare-sides'

const node = (change: Partial<KeptNode> = {}): KeptNode => ({
  version: 'v1.35.4',
  operatingSystem: 'linux',
  architecture: 'amd64',
  osImage: 'Debian 12',
  containerRuntime: 'containerd://1.6.20',
  cpuMillis: 2_000,
  memoryBytes: 4 * 1_073_741_824,
  pods: 110,
  ...change,
})
const kept = (change: Partial<ClusterKept> = {}): ClusterKept => ({
  version: 'v1.35.4',
  nodes: [node(), node()],
  objects: [
    {
      kind: 'StorageClass',
      name: 'standard',
      labels: {},
      cells: { Provisioner: 'ebs.csi.aws.com', ReclaimPolicy: 'Delete' },
      summary: { default: true },
    },
    { kind: 'Namespace', name: 'shop', labels: { team: 'shop' }, cells: {}, summary: {} },
  ],
  counts: [
    { namespace: 'shop', kind: 'Deployment', count: 3 },
    { namespace: 'shop', kind: 'Service', count: 1 },
  ],
  ...change,
})
const compared = (left: ClusterKept, right: ClusterKept) =>
  compareSides(
    { namespace: null, objects: clusterParts(left) },
    { namespace: null, objects: clusterParts(right) },
  )
const fieldsIn = (left: ClusterKept, right: ClusterKept): string[] =>
  compared(left, right).flatMap(({ kind, differences }) =>
    differences.map((field) => `${kind} ${field.path}: ${field.left} | ${field.right}`),
  )

describe('two clusters', () => {
  it('are equal with the same parts', () => {
    expect(fieldsIn(kept(), kept())).toEqual([])
  })

  it('differ by their versions and nodes', () => {
    const right = kept({
      version: 'v1.36.0',
      nodes: [node(), node({ version: 'v1.36.0', architecture: 'arm64' }), node()],
    })
    expect(fieldsIn(kept(), right)).toEqual([
      'Kubernetes version: v1.35.4 | v1.36.0',
      'Nodes allocatable.cpu: 4000m | 6000m',
      'Nodes allocatable.memory: 8192Mi | 12288Mi',
      'Nodes allocatable.pods: 220 | 330',
      'Nodes architecture.arm64: null | 1',
      'Nodes containerRuntime["containerd://1.6.20"]: 2 | 3',
      'Nodes count: 2 | 3',
      'Nodes operatingSystem.linux: 2 | 3',
      'Nodes osImage["Debian 12"]: 2 | 3',
      'Nodes version["v1.36.0"]: null | 1',
    ])
  })

  it('say what a namespace holds, by kind', () => {
    const right = kept({ counts: [{ namespace: 'shop', kind: 'Deployment', count: 2 }] })
    expect(fieldsIn(kept(), right)).toEqual([
      'Namespace objects.Deployment: 3 | 2',
      'Namespace objects.Service: 1 | null',
    ])
  })

  it('say nothing of nodes that may not be read', () => {
    const blind = kept({ nodes: null })
    expect(compared(blind, blind).map(({ kind }) => kind)).toEqual([
      'Kubernetes',
      'Namespace',
      'StorageClass',
    ])
  })
})
