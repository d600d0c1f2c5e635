import type { KubeManifest } from '@fairlead/kube/kube-object'
import type { Planted } from './other-zoo'

const labels = { app: 'zoo' }
const storage = (size: string) => ({ resources: { requests: { storage: size } } })
const backend = (name: string) => ({ service: { name, port: { number: 80 } } })
const rule = (host?: string) => ({
  ...(host === undefined ? {} : { host }),
  http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend('web') }] },
})
const balancer = (...ingress: object[]) => ({ loadBalancer: { ingress } })
const resource = (name: string, target: object) => ({ type: 'Resource', resource: { name, target } })
const current = (name: string, now: object) => ({ type: 'Resource', resource: { name, current: now } })
const metric = (name: string) => ({ metric: { name } })

/** What reaches, limits and stores: every shape that its printer tells apart. Cluster-wide names carry the namespace. */
export function addedObjects(namespace: string): readonly Planted[] {
  const make = (apiVersion: string, kind: string, name: string, rest: object): KubeManifest => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
    ...rest,
  })
  const wide = (apiVersion: string, kind: string, name: string, rest: object): Planted => ({
    manifest: { apiVersion, kind, metadata: { name: `${namespace}-${name}` }, ...rest },
  })
  const of =
    (apiVersion: string, kind: string) =>
    (name: string, spec: object, status?: Planted['status']): Planted => ({
      manifest: make(apiVersion, kind, name, { spec }),
      ...(status === undefined ? {} : { status }),
    })
  const networking = 'networking.k8s.io/v1'
  const ingress = of(networking, 'Ingress')
  const policy = (name: string, podSelector: object) =>
    of(networking, 'NetworkPolicy')(name, { podSelector, policyTypes: ['Ingress'] })
  const budget = (name: string, bound: object, status?: Planted['status']) =>
    of('policy/v1', 'PodDisruptionBudget')(name, { selector: { matchLabels: labels }, ...bound }, status)
  const autoscaler = (name: string, spec: object, status?: Planted['status']) =>
    of('autoscaling/v2', 'HorizontalPodAutoscaler')(
      name,
      { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 5, ...spec },
      status,
    )
  const claim = of('v1', 'PersistentVolumeClaim')
  const data = (kind: string, name: string, rest: object): Planted => ({
    manifest: make('v1', kind, name, rest),
  })
  const volume = (name: string, spec: object) =>
    wide('v1', 'PersistentVolume', name, {
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        hostPath: { path: '/x' },
        ...spec,
      },
    })
  const webhook = (name: string) => ({
    name,
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    failurePolicy: 'Ignore',
    clientConfig: { service: { namespace, name: 'hook' } },
    // Nothing is held up: no object of this group exists.
    rules: [
      { operations: ['CREATE'], apiGroups: ['zoo.example.org'], apiVersions: ['v1'], resources: ['none'] },
    ],
  })
  return [
    ingress('plain', { defaultBackend: backend('web') }),
    ingress('hosts', { ingressClassName: 'nginx', rules: [rule('a.example.org'), rule('b.example.org')] }),
    ingress('many', {
      rules: ['a', 'b', 'c', 'd', 'e'].map((letter) => rule(`${letter}.example.org`)),
      tls: [{ hosts: ['a.example.org'], secretName: 'tls' }],
    }),
    ingress('any-host', { rules: [rule()] }),
    ingress('addressed', { rules: [rule('a.example.org')] }, balancer({ ip: '198.51.100.7' })),
    ingress(
      'addresses',
      { rules: [rule('a.example.org')] },
      balancer({ ip: '198.51.100.9' }, { hostname: 'lb.example.org' }, { ip: '198.51.100.1' }),
    ),
    wide(networking, 'IngressClass', 'bare', { spec: { controller: 'example.org/ingress' } }),
    wide(networking, 'IngressClass', 'with-parameters', {
      spec: {
        controller: 'example.org/ingress',
        parameters: { apiGroup: 'example.org', kind: 'Settings', name: 'external', scope: 'Cluster' },
      },
    }),
    wide(networking, 'IngressClass', 'with-core-parameters', {
      spec: { controller: 'example.org/ingress', parameters: { kind: 'Settings', name: 'external' } },
    }),
    policy('all', {}),
    policy('labelled', { matchLabels: { tier: 'web', app: 'zoo' } }),
    policy('expressions', {
      matchLabels: { app: 'zoo' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['web', 'api'] },
        { key: 'phase', operator: 'NotIn', values: ['old'] },
        { key: 'audited', operator: 'Exists' },
        { key: 'legacy', operator: 'DoesNotExist' },
      ],
    }),
    budget('least', { minAvailable: 2 }),
    budget('percent', { minAvailable: '50%' }),
    budget('most', { maxUnavailable: 1 }),
    budget('neither', {}),
    autoscaler('no-metrics', {}),
    autoscaler('cpu', {
      minReplicas: 2,
      metrics: [resource('cpu', { type: 'Utilization', averageUtilization: 80 })],
    }),
    autoscaler(
      'seen',
      {
        metrics: [
          resource('cpu', { type: 'Utilization', averageUtilization: 80 }),
          resource('memory', { type: 'AverageValue', averageValue: '100Mi' }),
        ],
      },
      {
        currentReplicas: 3,
        desiredReplicas: 3,
        currentMetrics: [
          current('cpu', { averageUtilization: 41, averageValue: '205m' }),
          current('memory', { averageValue: '73400320' }),
        ],
      },
    ),
    autoscaler('every-kind', {
      metrics: [
        {
          type: 'Pods',
          pods: { ...metric('requests'), target: { type: 'AverageValue', averageValue: '1k' } },
        },
        { type: 'External', external: { ...metric('queue'), target: { type: 'Value', value: '30' } } },
      ],
    }),
    autoscaler('too-many', {
      metrics: [
        {
          type: 'External',
          external: { ...metric('a'), target: { type: 'AverageValue', averageValue: '3' } },
        },
        {
          type: 'Object',
          object: {
            ...metric('hits'),
            describedObject: { apiVersion: networking, kind: 'Ingress', name: 'plain' },
            target: { type: 'Value', value: '2k' },
          },
        },
        {
          type: 'ContainerResource',
          containerResource: {
            name: 'cpu',
            container: 'main',
            target: { type: 'Utilization', averageUtilization: 60 },
          },
        },
      ],
    }),
    of('v1', 'ResourceQuota')('requests', { hard: { pods: '1k', 'requests.cpu': '400', secrets: '500' } }),
    of('v1', 'ResourceQuota')('limits', {
      hard: { 'limits.cpu': '800', 'limits.memory': '4Ti', 'requests.memory': '1Ti' },
    }),
    claim('unbound', { accessModes: ['ReadWriteOnce'], storageClassName: 'none', ...storage('1Gi') }),
    claim('no-class', { accessModes: ['ReadWriteMany'], storageClassName: '', ...storage('1500Mi') }),
    claim('named', {
      accessModes: ['ReadWriteOnce', 'ReadOnlyMany'],
      storageClassName: 'none',
      volumeName: `${namespace}-absent`,
      ...storage('2Gi'),
    }),
    volume('plain', {}),
    volume('modes', {
      accessModes: ['ReadWriteMany', 'ReadOnlyMany', 'ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: 'fast',
    }),
    volume('alone', { accessModes: ['ReadWriteOncePod'] }),
    volume('claimed', {
      capacity: { storage: '1536Mi' },
      claimRef: { namespace, name: 'not-there', apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
    }),
    wide('storage.k8s.io/v1', 'StorageClass', 'plain', { provisioner: 'example.org/disk' }),
    wide('storage.k8s.io/v1', 'StorageClass', 'full', {
      provisioner: 'example.org/disk',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
      allowVolumeExpansion: true,
    }),
    data('ConfigMap', 'empty', {}),
    data('ConfigMap', 'both', { data: { a: '1', b: '2' }, binaryData: { c: 'AAAA' } }),
    data('Secret', 'opaque', { stringData: { password: 'never stored', user: 'ada' } }),
    data('Secret', 'empty', {}),
    data('Secret', 'basic', { type: 'kubernetes.io/basic-auth', stringData: { username: 'ada' } }),
    data('ServiceAccount', 'robot', {}),
    wide('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'one', {
      webhooks: [webhook('a.example.org')],
    }),
    wide('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', 'two', {
      webhooks: [webhook('a.example.org'), webhook('b.example.org')],
    }),
  ]
}
