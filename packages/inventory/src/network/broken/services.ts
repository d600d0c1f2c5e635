import { pod, service, slice, sound, web, type Broken, type Planted } from './broken'

const path = { kind: 'Service', name: 'web' } as const
const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 5 }
const deployment = (namespace: string, name: string): Planted => {
  const labels = { app: 'web', part: name }
  return {
    manifest: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            schedulerName: 'nobody',
            containers: [
              {
                name: 'main',
                image: 'registry.example.org/a:1',
                ports: [{ containerPort: 8080, name: 'http' }],
              },
            ],
          },
        },
      },
    },
  }
}
const policy = (namespace: string, name: string, ingress: readonly object[]): Planted => ({
  manifest: {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress },
  },
})
const port = (targetPort: number | string) => ({ ...web, ports: [{ name: 'http', port: 80, targetPort }] })
const handMade = { ports: [{ name: 'http', port: 80 }] }
const ready = (address: string) => ({ addresses: [address] })
const unready = (address: string) => ({ addresses: [address], conditions: { ready: false } })

export const brokenServices: readonly Broken[] = [
  { name: 'nothing', path, code: null, objects: sound },
  {
    name: 'a selector that no pod has',
    path,
    code: 'service.no_pods',
    words: /app=web/,
    objects: (ns) => [pod(ns, 'web-1', { labels: { app: 'shop' } }), service(ns)],
  },
  {
    name: 'a selector with one wrong label, named by its value',
    path,
    code: 'service.no_pods',
    words: /tier=back, not front/,
    objects: (ns) => [
      pod(ns, 'web-1', { labels: { app: 'web', tier: 'back' } }),
      service(ns, { ...web, selector: { app: 'web', tier: 'front' } }),
    ],
  },
  { name: 'no pod at all', path, code: 'service.no_pods', objects: (ns) => [service(ns)] },
  {
    name: 'a readiness probe that fails, named',
    path,
    code: 'service.none_ready',
    words: /readiness probe of container main fails \(HTTP GET :8080\/healthz\)/,
    objects: (ns) => [pod(ns, 'web-1', { ready: false, probe }), service(ns)],
  },
  {
    name: 'a container that crashes',
    path,
    code: 'service.none_ready',
    words: /CrashLoopBackOff/,
    objects: (ns) => [pod(ns, 'web-1', { ready: false, waiting: 'CrashLoopBackOff' }), service(ns)],
  },
  {
    name: 'a pod that no node has',
    path,
    code: 'service.none_ready',
    words: /web-1 is Pending/,
    objects: (ns) => [pod(ns, 'web-1', { silent: true }), service(ns)],
  },
  {
    name: 'none but a pod that goes away',
    path,
    code: 'service.only_terminating',
    objects: (ns) => [
      pod(ns, 'web-1', { leaving: true }),
      service(ns),
      slice(ns, 'leaving', [
        {
          addresses: ['10.200.1.1'],
          conditions: { ready: false, serving: true, terminating: true },
          targetRef: { kind: 'Pod', name: 'web-1', namespace: ns },
        },
      ]),
    ],
  },
  {
    name: 'a ready pod that no slice lists',
    path,
    code: 'service.pods_not_listed',
    objects: (ns) => [pod(ns, 'web-1', { homeless: true }), service(ns)],
  },
  {
    name: 'two workloads behind one selector',
    path,
    code: 'service.several_workloads',
    words: /Deployment blue, Deployment green/,
    objects: (ns) => [deployment(ns, 'blue'), deployment(ns, 'green'), service(ns)],
  },
  {
    name: 'a port name that no pod has',
    path,
    code: 'service.port_name_missing',
    words: /named "htp"/,
    objects: (ns) => [pod(ns, 'web-1'), service(ns, port('htp'))],
  },
  {
    name: 'a port name that one pod lacks',
    path,
    code: 'service.port_name_partly_missing',
    words: /web-2/,
    objects: (ns) => [
      pod(ns, 'web-1'),
      pod(ns, 'web-2', { ports: [{ name: 'web', containerPort: 8080 }] }),
      service(ns),
    ],
  },
  {
    name: 'a port number that no container declares',
    path,
    code: 'service.port_undeclared',
    objects: (ns) => [pod(ns, 'web-1'), service(ns, port(9999))],
  },
  {
    name: 'neither selector nor slice',
    path,
    code: 'service.no_slices',
    objects: (ns) => [service(ns, handMade)],
  },
  {
    name: 'slices by hand without a ready endpoint',
    path,
    code: 'service.no_endpoints',
    objects: (ns) => [service(ns, handMade), slice(ns, 'by-hand', [unready('10.200.1.1')])],
  },
  {
    name: 'nothing: of two slices one has an endpoint, which does not say that it is ready',
    path,
    code: null,
    objects: (ns) => [
      service(ns, handMade),
      slice(ns, 'first', [unready('10.200.1.1')]),
      slice(ns, 'second', [ready('10.200.1.2')]),
    ],
  },
  {
    name: 'a slice by hand whose pod is gone',
    path,
    code: 'slice.stale_target',
    words: /web-0/,
    objects: (ns) => [
      service(ns, handMade),
      slice(ns, 'by-hand', [
        { ...ready('10.200.1.1'), targetRef: { kind: 'Pod', name: 'web-0', namespace: ns, uid: 'gone' } },
      ]),
    ],
  },
  {
    name: 'a slice by hand whose pod was replaced by one of its name',
    path,
    code: 'slice.stale_target',
    objects: (ns) => [
      service(ns, handMade),
      pod(ns, 'web-0'),
      slice(ns, 'by-hand', [
        { ...ready('10.200.1.1'), targetRef: { kind: 'Pod', name: 'web-0', namespace: ns, uid: 'another' } },
      ]),
    ],
  },
  {
    name: 'a load balancer that never came',
    path,
    code: 'service.balancer_pending',
    objects: (ns) => [pod(ns, 'web-1'), service(ns, { ...web, type: 'LoadBalancer' })],
  },
  {
    name: 'local traffic to nodes without a pod',
    path,
    code: 'service.local_gap',
    objects: (ns) => [
      pod(ns, 'web-1'),
      service(ns, { ...web, type: 'NodePort', externalTrafficPolicy: 'Local' }),
    ],
  },
  {
    name: 'pods that are published before they are ready',
    path,
    code: 'service.publishes_not_ready',
    objects: (ns) => [
      pod(ns, 'web-1', { ready: false, probe }),
      service(ns, { ...web, publishNotReadyAddresses: true }),
    ],
  },
  {
    name: 'a default deny that nothing lifts',
    path,
    code: 'service.denied',
    words: /deny-all/,
    objects: (ns) => [...sound(ns), policy(ns, 'deny-all', [])],
  },
  {
    name: 'policies that allow another port only',
    path,
    code: 'service.port_denied',
    objects: (ns) => [
      ...sound(ns),
      policy(ns, 'deny-all', []),
      policy(ns, 'metrics', [{ ports: [{ port: 9090, protocol: 'TCP' }] }]),
    ],
  },
  {
    name: 'nothing: a policy allows the port by its name',
    path,
    code: null,
    objects: (ns) => [
      ...sound(ns),
      policy(ns, 'deny-all', []),
      policy(ns, 'web', [{ ports: [{ port: 'http' }] }]),
    ],
  },
  {
    name: 'an address for an external name',
    path,
    code: 'service.external_name_address',
    objects: (ns) => [service(ns, { type: 'ExternalName', externalName: '192.0.2.7' })],
  },
]
