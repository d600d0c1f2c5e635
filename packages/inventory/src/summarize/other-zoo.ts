import type { KubeManifest } from '@fairlead/kube/kube-object'

export interface Planted {
  readonly manifest: KubeManifest
  /** Written through the status subresource, as its controller would. */
  readonly status?: Readonly<Record<string, unknown>>
}

const startTime = '2026-01-01T10:00:00Z'
const labels = { app: 'zoo' }
/** Its pods can't be placed, so that nothing but what is written here moves. */
const template = (extra: object = {}) => ({
  metadata: { labels },
  spec: {
    schedulerName: 'nobody',
    containers: [{ name: 'main', image: 'registry.example.org/a:1' }],
    ...extra,
  },
})
const jobTemplate = template({ restartPolicy: 'Never' })
const suspendedJob = { suspend: true, template: jobTemplate }

/** Services, workloads and slices of many shapes: what a person would write, and what their controllers would add. */
export function otherObjects(namespace: string): readonly Planted[] {
  const make = (apiVersion: string, kind: string, name: string, rest: object): KubeManifest => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
    ...rest,
  })
  const service = (name: string, spec: object, status?: Planted['status']): Planted => ({
    manifest: make('v1', 'Service', name, { spec }),
    ...(status === undefined ? {} : { status }),
  })
  const http = [{ port: 80, name: 'http' }]
  const job = (name: string, spec: object): Planted => ({
    manifest: make('batch/v1', 'Job', name, { spec: { ...suspendedJob, ...spec } }),
  })
  const cronJob = (name: string, spec: object, status?: Planted['status']): Planted => ({
    manifest: make('batch/v1', 'CronJob', name, {
      spec: {
        schedule: '0 3 * * *',
        suspend: true,
        jobTemplate: { spec: { template: jobTemplate } },
        ...spec,
      },
    }),
    ...(status === undefined ? {} : { status }),
  })
  const slice = (name: string, rest: object): Planted => ({
    manifest: make('discovery.k8s.io/v1', 'EndpointSlice', name, {
      addressType: 'IPv4',
      endpoints: [],
      ...rest,
    }),
  })
  const endpoints = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      addresses: [`10.9.8.${n + 1}`],
      conditions: { ready: n > 0 },
    }))
  const selected = { selector: { matchLabels: labels }, template: template() }
  return [
    service('cluster-ip', { ports: http }),
    service('headless', { clusterIP: 'None', ports: http }),
    service('node-port', {
      type: 'NodePort',
      ports: [
        { port: 80, name: 'a' },
        { port: 53, protocol: 'UDP', name: 'b' },
      ],
    }),
    service('external-ips', { externalIPs: ['192.0.2.7', '192.0.2.8'], ports: http }),
    service('external-name', { type: 'ExternalName', externalName: 'db.example.org' }),
    service('balancer-pending', { type: 'LoadBalancer', ports: http }),
    service(
      'balancer',
      { type: 'LoadBalancer', ports: http },
      {
        loadBalancer: {
          ingress: [{ ip: '198.51.100.9' }, { hostname: 'a.example.org' }, { ip: '198.51.100.1' }],
        },
      },
    ),
    service(
      'balancer-and-external',
      { type: 'LoadBalancer', externalIPs: ['192.0.2.7'], ports: http },
      { loadBalancer: { ingress: [{ ip: '198.51.100.9' }] } },
    ),
    { manifest: make('apps/v1', 'Deployment', 'web', { spec: { replicas: 2, ...selected } }) },
    { manifest: make('apps/v1', 'Deployment', 'none', { spec: { replicas: 0, ...selected } }) },
    {
      manifest: make('apps/v1', 'StatefulSet', 'db', {
        spec: { replicas: 3, serviceName: 'headless', ...selected },
      }),
    },
    { manifest: make('apps/v1', 'DaemonSet', 'agent', { spec: selected }) },
    {
      manifest: make('apps/v1', 'DaemonSet', 'picky', {
        spec: {
          ...selected,
          template: template({ nodeSelector: { 'example.org/disk': 'ssd', zone: 'nowhere' } }),
        },
      }),
    },
    job('suspended', {}),
    job('three', { completions: 3, parallelism: 2 }),
    job('queue', { parallelism: 4 }),
    job('running', { suspend: false }),
    cronJob('nightly', {}),
    cronJob('zoned', { timeZone: 'Europe/Berlin', schedule: '*/5 * * * *' }),
    cronJob('ran', {}, { lastScheduleTime: startTime }),
    slice('empty', {}),
    slice('two', { endpoints: endpoints(2), ports: [{ name: 'http', port: 8080 }] }),
    slice('many', {
      endpoints: endpoints(7),
      ports: [1, 2, 3, 4, 5].map((port) => ({ name: `p${port}`, port })),
    }),
    slice('any-port', { endpoints: endpoints(1), ports: [{ name: 'any' }] }),
  ]
}
