import { join } from 'node:path'
import type { ClusterContext } from './control-plane'
import type { NodePlan } from './network-plan'
import { PAUSE_IMAGE } from './default-images'

export interface NodePaths {
  readonly root: string
  /** Where the kubelet keeps its files, and the short path by which it is told of them. */
  readonly kubelet: string
  readonly kubeletRoot: string
  readonly podLogs: string
  readonly cni: string
  readonly ipam: string
  readonly containerd: string
  readonly containerdState: string
  readonly containerdSocket: string
}

export function nodePaths({ paths }: ClusterContext, node: NodePlan): NodePaths {
  const root = paths.node(node.ordinal)
  return {
    root,
    kubelet: join(root, 'kubelet'),
    kubeletRoot: join(node.runDir, 'kubelet'),
    podLogs: join(root, 'pod-logs'),
    cni: join(root, 'cni'),
    ipam: join(root, 'ipam'),
    containerd: join(root, 'containerd'),
    containerdState: join(node.runDir, 'containerd'),
    containerdSocket: join(node.runDir, 'containerd.sock'),
  }
}

export function renderContainerdConfig(paths: NodePaths): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"'
  return `version = 2
root = "${paths.containerd}"
state = "${paths.containerdState}"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[debug]
  level = "warn"
[grpc]
  address = "${paths.containerdSocket}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${join(paths.root, 'opt')}"
[${cri}]
  sandbox_image = "${PAUSE_IMAGE}"
  # The machine may not lower oom_score_adj, and runc fails without this.
  restrict_oom_score_adj = true
  # Pods' network namespaces then go with the state folder instead of piling up in /run/netns.
  netns_mounts_under_state_dir = true
  [${cri}.containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
  [${cri}.cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${paths.cni}"
`
}

/**
 * ptp rather than bridge: every packet is routed by the node, so answers to a Service's client on the same node pass
 * the translation too, without br_netfilter.
 */
export function renderCniConfig(paths: NodePaths, node: NodePlan): string {
  const ipam = {
    type: 'host-local',
    dataDir: paths.ipam,
    ranges: [[{ subnet: node.podCidr }]],
    routes: [{ dst: '0.0.0.0/0' }],
  }
  const plugins = [
    { type: 'ptp', ipMasq: false, ipam },
    { type: 'portmap', capabilities: { portMappings: true } },
  ]
  return JSON.stringify({ cniVersion: '0.4.0', name: 'pods', plugins }, null, 2)
}

/** A KubeletConfiguration; JSON is YAML. */
export function renderKubeletConfig(context: ClusterContext, node: NodePlan): string {
  const paths = nodePaths(context, node)
  const pki = (name: string) => join(context.paths.pki, name)
  return JSON.stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    cgroupDriver: 'cgroupfs',
    cgroupRoot: `/${node.cgroup}`,
    failCgroupV1: false,
    failSwapOn: false,
    // Two kubelets on one host delete each other's logs from the shared default folder.
    podLogsDir: paths.podLogs,
    volumePluginDir: join(paths.root, 'volume-plugins'),
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: pki('ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    containerRuntimeEndpoint: `unix://${paths.containerdSocket}`,
    tlsCertFile: pki(`kubelet-${node.ordinal}.crt`),
    tlsPrivateKeyFile: pki(`kubelet-${node.ordinal}.key`),
    clusterDomain: 'cluster.local',
    clusterDNS: [context.plan.dnsAddress],
    // The machine's own resolvers and search domains can't be reached from pods.
    resolvConf: '',
    oomScoreAdj: 0,
    maxPods: 110,
    serializeImagePulls: false,
    makeIPTablesUtilChains: false,
    kubeAPIQPS: 100,
    kubeAPIBurst: 200,
    // The disk is the developer's: never evict pods or drop loaded images because it is fairly full.
    evictionHard: { 'imagefs.available': '1%', 'nodefs.available': '1%', 'nodefs.inodesFree': '1%' },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    containerLogMaxSize: '5Mi',
    containerLogMaxFiles: 3,
  })
}

export function renderProxyConfig(context: ClusterContext, node: NodePlan): string {
  return JSON.stringify({
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    mode: 'nftables',
    clusterCIDR: context.plan.podCidr,
    clientConnection: { kubeconfig: join(context.paths.config, 'proxy.kubeconfig') },
    hostnameOverride: node.name,
    oomScoreAdj: 0,
    nftables: { syncPeriod: '30s', minSyncPeriod: '100ms' },
    // These would change the whole machine's settings.
    conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
  })
}
