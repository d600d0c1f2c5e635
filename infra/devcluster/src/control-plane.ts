import { join } from 'node:path'
import type { ClusterPaths, ClusterRecord } from './cluster-record'
import type { ComponentName } from './cluster-types'
import type { NetworkPlan, NodePlan } from './network-plan'
import type { CertificateRequest } from './pki'

export interface ClusterContext {
  readonly record: ClusterRecord
  readonly paths: ClusterPaths
  readonly plan: NetworkPlan
}

export interface ComponentCommand {
  readonly component: ComponentName
  /** Name of the built binary. */
  readonly binary: 'etcd' | 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'kwok'
  readonly args: readonly string[]
}

export const apiServerUrl = (plan: NetworkPlan, host = '127.0.0.1') =>
  `https://${host}:${plan.ports.apiserver}`

export function certificateRequests({ record, plan }: ClusterContext): CertificateRequest[] {
  const client = (name: string, subject: string): CertificateRequest => ({
    name,
    authority: 'ca',
    subject,
    usage: ['clientAuth'],
  })
  const names = [
    'localhost',
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ]
  const addresses = ['127.0.0.1', plan.hostAddress, plan.apiServiceAddress]
  const altNames = [...names.map((name) => `DNS:${name}`), ...addresses.map((address) => `IP:${address}`)]
  return [
    {
      name: 'etcd',
      authority: 'etcd-ca',
      subject: '/CN=etcd',
      usage: ['serverAuth', 'clientAuth'],
      altNames: ['IP:127.0.0.1', 'DNS:localhost'],
    },
    { name: 'etcd-client', authority: 'etcd-ca', subject: '/CN=kube-apiserver', usage: ['clientAuth'] },
    { name: 'apiserver', authority: 'ca', subject: '/CN=kube-apiserver', usage: ['serverAuth'], altNames },
    client('kubelet-client', '/CN=kube-apiserver-kubelet-client'),
    client('admin', '/O=system:masters/CN=fairlead-admin'),
    client('controller-manager', '/CN=system:kube-controller-manager'),
    client('scheduler', '/CN=system:kube-scheduler'),
    ...(record.nodes === 'simulated'
      ? [client('kwok', '/O=system:masters/CN=kwok')]
      : [client('proxy', '/CN=system:kube-proxy')]),
    ...plan.nodes.map((node) => kubeletCertificate(node)),
  ]
}

function kubeletCertificate(node: NodePlan): CertificateRequest {
  return {
    name: `kubelet-${node.ordinal}`,
    authority: 'ca',
    subject: `/O=system:nodes/CN=system:node:${node.name}`,
    usage: ['clientAuth', 'serverAuth'],
    altNames: [`DNS:${node.name}`, `IP:${node.address}`],
  }
}

export function etcdCommand({ record, paths, plan }: ClusterContext): ComponentCommand {
  const client = `https://127.0.0.1:${plan.ports.etcdClient}`
  const peer = `https://127.0.0.1:${plan.ports.etcdPeer}`
  const pki = (name: string) => join(paths.pki, name)
  return {
    component: 'etcd',
    binary: 'etcd',
    args: [
      `--name=${record.name}`,
      `--data-dir=${paths.etcd}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=${record.name}=${peer}`,
      `--cert-file=${pki('etcd.crt')}`,
      `--key-file=${pki('etcd.key')}`,
      `--trusted-ca-file=${pki('etcd-ca.crt')}`,
      '--client-cert-auth',
      `--peer-cert-file=${pki('etcd.crt')}`,
      `--peer-key-file=${pki('etcd.key')}`,
      `--peer-trusted-ca-file=${pki('etcd-ca.crt')}`,
      '--peer-client-cert-auth',
      '--quota-backend-bytes=8589934592',
      '--log-level=warn',
      // A development cluster survives a killed process and a clean reboot; it needn't survive a power cut.
      '--unsafe-no-fsync',
    ],
  }
}

export function apiserverCommand({ record, paths, plan }: ClusterContext): ComponentCommand {
  const pki = (name: string) => join(paths.pki, name)
  const simulated = record.nodes === 'simulated'
  return {
    component: 'apiserver',
    binary: 'kube-apiserver',
    args: [
      `--etcd-servers=https://127.0.0.1:${plan.ports.etcdClient}`,
      `--etcd-cafile=${pki('etcd-ca.crt')}`,
      `--etcd-certfile=${pki('etcd-client.crt')}`,
      `--etcd-keyfile=${pki('etcd-client.key')}`,
      `--service-cluster-ip-range=${plan.serviceCidr}`,
      `--secure-port=${plan.ports.apiserver}`,
      // Pods reach it at the bridge's address, people at 127.0.0.1: it takes one address or all.
      `--bind-address=${simulated ? '127.0.0.1' : '0.0.0.0'}`,
      `--advertise-address=${plan.hostAddress}`,
      `--tls-cert-file=${pki('apiserver.crt')}`,
      `--tls-private-key-file=${pki('apiserver.key')}`,
      `--client-ca-file=${pki('ca.crt')}`,
      '--anonymous-auth=false',
      `--service-account-key-file=${pki('service-accounts.pub')}`,
      `--service-account-signing-key-file=${pki('service-accounts.key')}`,
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      '--authorization-mode=Node,RBAC',
      '--enable-admission-plugins=NodeRestriction',
      '--allow-privileged=true',
      `--kubelet-client-certificate=${pki('kubelet-client.crt')}`,
      `--kubelet-client-key=${pki('kubelet-client.key')}`,
      `--kubelet-certificate-authority=${pki('ca.crt')}`,
      '--kubelet-preferred-address-types=InternalIP',
      '--profiling=false',
      ...(record.tokenWebhook === undefined
        ? []
        : [
            `--authentication-token-webhook-config-file=${record.tokenWebhook}`,
            '--authentication-token-webhook-version=v1',
            '--authentication-token-webhook-cache-ttl=1s',
          ]),
      ...(simulated ? ['--max-requests-inflight=1000', '--max-mutating-requests-inflight=500'] : []),
    ],
  }
}

export function controllerManagerCommand({ record, paths, plan }: ClusterContext): ComponentCommand {
  const pki = (name: string) => join(paths.pki, name)
  return {
    component: 'controller-manager',
    binary: 'kube-controller-manager',
    args: [
      `--kubeconfig=${join(paths.config, 'controller-manager.kubeconfig')}`,
      `--service-account-private-key-file=${pki('service-accounts.key')}`,
      `--root-ca-file=${pki('ca.crt')}`,
      `--cluster-signing-cert-file=${pki('ca.crt')}`,
      `--cluster-signing-key-file=${pki('ca.key')}`,
      '--use-service-account-credentials',
      '--bind-address=127.0.0.1',
      `--secure-port=${plan.ports.controllerManager}`,
      ...requestRate(record),
      ...(record.nodes === 'simulated'
        ? ['deployment', 'replicaset', 'job'].map((kind) => `--concurrent-${kind}-syncs=20`)
        : []),
      ...leases(record),
      '--profiling=false',
    ],
  }
}

export function schedulerCommand({ record, paths, plan }: ClusterContext): ComponentCommand {
  return {
    component: 'scheduler',
    binary: 'kube-scheduler',
    args: [
      `--kubeconfig=${join(paths.config, 'scheduler.kubeconfig')}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${plan.ports.scheduler}`,
      ...requestRate(record),
      ...leases(record),
      '--profiling=false',
    ],
  }
}

export function kwokCommand({ paths, plan }: ClusterContext): ComponentCommand {
  return {
    component: 'kwok',
    binary: 'kwok',
    args: [
      `--kubeconfig=${join(paths.config, 'kwok.kubeconfig')}`,
      '--manage-all-nodes=true',
      '--v=WARN',
      // Without leases the nodes turn NotReady and their pods are evicted.
      '--node-lease-duration-seconds=40',
      `--cidr=${plan.podCidr}`,
      // Logs and exec of simulated pods end at kwok itself, never at an address of somebody else's network.
      '--node-ip=127.0.0.1',
      `--node-port=${plan.ports.kwok}`,
      `--server-address=127.0.0.1:${plan.ports.kwok}`,
    ],
  }
}

const requestRate = (record: ClusterRecord) =>
  record.nodes === 'simulated'
    ? ['--kube-api-qps=500', '--kube-api-burst=1000']
    : ['--kube-api-qps=100', '--kube-api-burst=200']

// A killed component's successor waits for the old lease: 15 s by default, too long for a cluster that starts in seconds.
// With simulated nodes the API server may be busy for longer, and a leader that ends for it makes it busier still.
const leases = (record: ClusterRecord): readonly string[] =>
  record.nodes === 'simulated'
    ? []
    : [
        '--leader-elect-lease-duration=6s',
        '--leader-elect-renew-deadline=4s',
        '--leader-elect-retry-period=1s',
      ]
