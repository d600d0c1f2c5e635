import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { COREDNS_IMAGE } from './default-images'
import type { NetworkPlan } from './network-plan'

const RBAC_DIR = fileURLToPath(new URL('../../rbac/', import.meta.url))

/** The files that a real cluster's administrator would apply, document by document. */
export function consoleManifests(): string[] {
  const files = ['console', 'hands', 'shell', 'custom-objects', 'console-token']
  return files.flatMap((name) => readFileSync(`${RBAC_DIR}fairlead-${name}.yaml`, 'utf8').split(/^---$/m))
}

const binding = (name: string, role: string, subject: Record<string, string>) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
  subjects: [subject],
})

/** Lets the API server ask kubelets for logs and exec without being an administrator. */
export const kubeletAccess = () =>
  JSON.stringify(
    binding('fairlead:kubelet-api', 'system:kubelet-api-admin', {
      kind: 'User',
      apiGroup: 'rbac.authorization.k8s.io',
      name: 'kube-apiserver-kubelet-client',
    }),
  )

const LABELS = { 'k8s-app': 'kube-dns' }
const meta = { name: 'coredns', namespace: 'kube-system' }

// Nothing is forwarded: a name outside the cluster is refused here and now, no query leaves the machine.
const COREFILE = `.:53 {
    errors
    health {
      lameduck 1s
    }
    ready
    kubernetes cluster.local in-addr.arpa {
      pods insecure
      ttl 5
    }
    cache 5
    loadbalance
}
`

export function corednsManifests(plan: NetworkPlan): string[] {
  const documents: object[] = [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: meta },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'fairlead:coredns' },
      rules: [
        {
          apiGroups: [''],
          resources: ['endpoints', 'services', 'pods', 'namespaces'],
          verbs: ['list', 'watch'],
        },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['list', 'watch'] },
      ],
    },
    binding('fairlead:coredns', 'fairlead:coredns', { kind: 'ServiceAccount', ...meta }),
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta, data: { Corefile: COREFILE } },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kube-dns', namespace: 'kube-system', labels: LABELS },
      spec: {
        clusterIP: plan.dnsAddress,
        selector: LABELS,
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
          { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        ],
      },
    },
    corednsDeployment(),
  ]
  return documents.map((document) => JSON.stringify(document))
}

function corednsDeployment() {
  const probe = (path: string, port: number) => ({
    httpGet: { path, port },
    periodSeconds: 2,
    timeoutSeconds: 2,
  })
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...meta, labels: LABELS },
    spec: {
      replicas: 1,
      selector: { matchLabels: LABELS },
      template: {
        metadata: { labels: LABELS },
        spec: {
          serviceAccountName: 'coredns',
          priorityClassName: 'system-cluster-critical',
          dnsPolicy: 'Default',
          containers: [
            {
              name: 'coredns',
              image: COREDNS_IMAGE,
              imagePullPolicy: 'IfNotPresent',
              args: ['-conf', '/etc/coredns/Corefile'],
              resources: { requests: { cpu: '10m', memory: '30Mi' }, limits: { memory: '170Mi' } },
              volumeMounts: [{ name: 'config', mountPath: '/etc/coredns', readOnly: true }],
              ports: [
                { name: 'dns', containerPort: 53, protocol: 'UDP' },
                { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
              ],
              livenessProbe: { ...probe('/health', 8080), periodSeconds: 10, failureThreshold: 5 },
              readinessProbe: probe('/ready', 8181),
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
              },
            },
          ],
          volumes: [{ name: 'config', configMap: { name: 'coredns' } }],
        },
      },
    },
  }
}
