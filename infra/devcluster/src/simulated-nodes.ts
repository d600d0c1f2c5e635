import type { ApiClient } from './api-client'

const PARALLEL = 20

/** Creates the nodes that kwok plays; those that exist are left alone. */
export async function ensureSimulatedNodes(api: ApiClient, count: number): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `sim-${String(index + 1).padStart(4, '0')}`)
  const next = names.entries()
  const worker = async () => {
    for (const [index, name] of next) await api.create('/api/v1/nodes', simulatedNode(name, index))
  }
  await Promise.all(Array.from({ length: PARALLEL }, worker))
}

function simulatedNode(name: string, index: number) {
  const resources = { cpu: '32', memory: '256Gi', pods: '110', 'ephemeral-storage': '1Ti' }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake', 'node.alpha.kubernetes.io/ttl': '0' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'node.kubernetes.io/instance-type': 'simulated',
        'topology.kubernetes.io/region': 'local',
        'topology.kubernetes.io/zone': `local-${(index % 3) + 1}`,
        type: 'kwok',
      },
    },
    status: {
      allocatable: resources,
      capacity: resources,
      nodeInfo: { kubeletVersion: 'kwok', operatingSystem: 'linux', architecture: 'amd64' },
    },
  }
}
