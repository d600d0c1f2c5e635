import { describe, expect, it } from 'vitest'
import { clusterPaths } from './cluster-record'
import { clusterComponents } from './components'
import { apiserverCommand, certificateRequests, type ClusterContext } from './control-plane'
import { planNetwork } from './network-plan'
import { renderCniConfig, renderContainerdConfig, renderKubeletConfig, nodePaths } from './node-config'
import type { NodesKind } from './cluster-types'

function context(nodes: NodesKind, index = 3): ClusterContext {
  const realNodes = nodes === 'real' ? 2 : 0
  const record = {
    name: 'staging',
    index,
    backend: 'native' as const,
    nodes,
    realNodes,
    simulatedNodes: 0,
    createdAt: '',
  }
  return { record, paths: clusterPaths('/home', 'staging'), plan: planNetwork('staging', index, realNodes) }
}

describe('control plane', () => {
  it('listens on loopback only where no node has to reach it', () => {
    expect(apiserverCommand(context('simulated')).args).toContain('--bind-address=127.0.0.1')
  })

  it('answers nobody without credentials', () => {
    expect(apiserverCommand(context('real')).args).toContain('--anonymous-auth=false')
  })

  it('asks a webhook about tokens only where one is named', () => {
    const { record, ...rest } = context('simulated')
    const asked = { ...rest, record: { ...record, tokenWebhook: '/etc/webhook' } }
    const flag = '--authentication-token-webhook-config-file=/etc/webhook'
    expect(apiserverCommand(asked).args).toContain(flag)
    expect(apiserverCommand(context('simulated')).args.join()).not.toContain('webhook')
  })

  it('gives the API server no administrator certificate towards kubelets', () => {
    const request = certificateRequests(context('real')).find(({ name }) => name === 'kubelet-client')
    expect(request?.subject).not.toContain('system:masters')
  })

  it('starts etcd before the API server and containerd before the kubelet', () => {
    const names = clusterComponents(context('real'), '/cache').map(({ name }) => name)
    expect(names.indexOf('etcd')).toBeLessThan(names.indexOf('apiserver'))
    expect(names.indexOf('containerd')).toBeLessThan(names.indexOf('kubelet'))
  })

  it('runs kwok without any node process where nodes are simulated', () => {
    const names = clusterComponents(context('simulated'), '/cache').map(({ name }) => name)
    expect(names).toEqual(['etcd', 'apiserver', 'controller-manager', 'scheduler', 'kwok'])
  })
})

describe('node configuration', () => {
  it('shares no path, socket or cgroup between two nodes', () => {
    const cluster = context('real')
    const rendered = cluster.plan.nodes.map((node) => {
      const paths = nodePaths(cluster, node)
      return [
        renderContainerdConfig(paths),
        renderCniConfig(paths, node),
        renderKubeletConfig(cluster, node),
      ].join()
    })
    expect(rendered[0]).not.toContain('node-2')
    expect(rendered[1]).not.toContain('node-1')
    expect(rendered[0]).not.toContain(cluster.plan.nodes[1]?.runDir)
  })

  it('neither evicts pods nor drops loaded images on a fairly full disk', () => {
    const cluster = context('real')
    const [node] = cluster.plan.nodes
    const config: unknown = JSON.parse(node ? renderKubeletConfig(cluster, node) : '{}')
    expect(config).toMatchObject({
      imageGCHighThresholdPercent: 100,
      evictionHard: { 'nodefs.available': '1%' },
    })
  })
})

describe('the sockets of a node', () => {
  it.each([1, 300])('fit into 107 bytes below a home whose path has %i bytes', (bytes) => {
    const home = `/${'h'.repeat(bytes)}`
    const cluster = { ...context('real', 39), paths: clusterPaths(home, 'production') }
    const kubelet = clusterComponents(cluster, '/cache').find(({ name }) => name === 'kubelet')
    const root = kubelet?.process.args.find((arg) => arg.startsWith('--root-dir='))?.split('=')[1] ?? home
    const [node] = cluster.plan.nodes
    const { containerdSocket } = node ? nodePaths(cluster, node) : { containerdSocket: home }
    for (const socket of [
      `${root}/device-plugins/kubelet.sock`,
      `${root}/pod-resources/kubelet.sock`,
      containerdSocket,
    ])
      expect(Buffer.byteLength(socket)).toBeLessThanOrEqual(107)
  })
})

describe('cluster names', () => {
  it.each(['Staging', '../up', '', 'a'.repeat(31), '1st', 'a b'])('refuses %j', (name) => {
    expect(() => clusterPaths('/home', name)).toThrow(/can't name a cluster/)
  })
})
