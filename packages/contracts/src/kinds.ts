// Apart from inventory.ts because browsers need these tables and must not pay for the schemas.

/**
 * Kinds that Fairlead watches, with kubectl's names and short names. At most two lists of a cluster run at once, in
 * this order: what people wait for comes first.
 */
export const watchedKinds = {
  Node: { apiVersion: 'v1', plural: 'nodes', short: ['no'], namespaced: false, workload: false },
  Namespace: { apiVersion: 'v1', plural: 'namespaces', short: ['ns'], namespaced: false, workload: false },
  Pod: { apiVersion: 'v1', plural: 'pods', short: ['po'], namespaced: true, workload: false },
  Service: { apiVersion: 'v1', plural: 'services', short: ['svc'], namespaced: true, workload: false },
  Event: { apiVersion: 'v1', plural: 'events', short: ['ev'], namespaced: true, workload: false },
  Deployment: {
    apiVersion: 'apps/v1',
    plural: 'deployments',
    short: ['deploy'],
    namespaced: true,
    workload: true,
  },
  ReplicaSet: {
    apiVersion: 'apps/v1',
    plural: 'replicasets',
    short: ['rs'],
    namespaced: true,
    workload: false,
  },
  StatefulSet: {
    apiVersion: 'apps/v1',
    plural: 'statefulsets',
    short: ['sts'],
    namespaced: true,
    workload: true,
  },
  DaemonSet: { apiVersion: 'apps/v1', plural: 'daemonsets', short: ['ds'], namespaced: true, workload: true },
  Job: { apiVersion: 'batch/v1', plural: 'jobs', short: [], namespaced: true, workload: true },
  CronJob: { apiVersion: 'batch/v1', plural: 'cronjobs', short: ['cj'], namespaced: true, workload: true },
  EndpointSlice: {
    apiVersion: 'discovery.k8s.io/v1',
    plural: 'endpointslices',
    short: [],
    namespaced: true,
    workload: false,
  },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    plural: 'ingresses',
    short: ['ing'],
    namespaced: true,
    workload: false,
  },
  IngressClass: {
    apiVersion: 'networking.k8s.io/v1',
    plural: 'ingressclasses',
    short: [],
    namespaced: false,
    workload: false,
  },
  NetworkPolicy: {
    apiVersion: 'networking.k8s.io/v1',
    plural: 'networkpolicies',
    short: ['netpol'],
    namespaced: true,
    workload: false,
  },
  PodDisruptionBudget: {
    apiVersion: 'policy/v1',
    plural: 'poddisruptionbudgets',
    short: ['pdb'],
    namespaced: true,
    workload: false,
  },
  HorizontalPodAutoscaler: {
    apiVersion: 'autoscaling/v2',
    plural: 'horizontalpodautoscalers',
    short: ['hpa'],
    namespaced: true,
    workload: false,
  },
  ResourceQuota: {
    apiVersion: 'v1',
    plural: 'resourcequotas',
    short: ['quota'],
    namespaced: true,
    workload: false,
  },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    plural: 'persistentvolumeclaims',
    short: ['pvc'],
    namespaced: true,
    workload: false,
  },
  PersistentVolume: {
    apiVersion: 'v1',
    plural: 'persistentvolumes',
    short: ['pv'],
    namespaced: false,
    workload: false,
  },
  StorageClass: {
    apiVersion: 'storage.k8s.io/v1',
    plural: 'storageclasses',
    short: ['sc'],
    namespaced: false,
    workload: false,
  },
  ConfigMap: { apiVersion: 'v1', plural: 'configmaps', short: ['cm'], namespaced: true, workload: false },
  Secret: { apiVersion: 'v1', plural: 'secrets', short: [], namespaced: true, workload: false },
  ServiceAccount: {
    apiVersion: 'v1',
    plural: 'serviceaccounts',
    short: ['sa'],
    namespaced: true,
    workload: false,
  },
  ValidatingWebhookConfiguration: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    plural: 'validatingwebhookconfigurations',
    short: [],
    namespaced: false,
    workload: false,
  },
  MutatingWebhookConfiguration: {
    apiVersion: 'admissionregistration.k8s.io/v1',
    plural: 'mutatingwebhookconfigurations',
    short: [],
    namespaced: false,
    workload: false,
  },
  APIService: {
    apiVersion: 'apiregistration.k8s.io/v1',
    plural: 'apiservices',
    short: [],
    namespaced: false,
    workload: false,
  },
  CustomResourceDefinition: {
    apiVersion: 'apiextensions.k8s.io/v1',
    plural: 'customresourcedefinitions',
    short: ['crd', 'crds'],
    namespaced: false,
    workload: false,
  },
  GatewayClass: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    plural: 'gatewayclasses',
    short: ['gc'],
    namespaced: false,
    workload: false,
  },
  Gateway: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    plural: 'gateways',
    short: ['gtw'],
    namespaced: true,
    workload: false,
  },
  HTTPRoute: {
    apiVersion: 'gateway.networking.k8s.io/v1',
    plural: 'httproutes',
    short: [],
    namespaced: true,
    workload: false,
  },
  ReferenceGrant: {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    plural: 'referencegrants',
    short: ['refgrant'],
    namespaced: true,
    workload: false,
  },
} as const
export type WatchedKind = keyof typeof watchedKinds
export const watchedKindNames = Object.keys(watchedKinds) as [WatchedKind, ...WatchedKind[]]
/** Installed by whoever wants them: a cluster without them lacks nothing, and may get them at any time. */
export const addedKinds: readonly WatchedKind[] = ['GatewayClass', 'Gateway', 'HTTPRoute', 'ReferenceGrant']
/** Read only where a cluster's owner allows it on purpose (infra/rbac): who may not is no fault to tell of. */
export const optInKinds: readonly WatchedKind[] = ['Secret']
export const workloadKinds = watchedKindNames.filter((kind) => watchedKinds[kind].workload)

/** `po`, `pods`, `pod`, `Pod` → `Pod`; undefined for a word kubectl would not know either. */
export function kindOfWord(word: string): WatchedKind | undefined {
  const wanted = word.toLowerCase()
  return watchedKindNames.find((kind) => {
    const row = watchedKinds[kind]
    return (
      kind.toLowerCase() === wanted ||
      row.plural === wanted ||
      (row.short as readonly string[]).includes(wanted)
    )
  })
}

/** kubectl's columns in kubectl's order, without NAMESPACE, NAME and AGE, which every list has. */
export const columnsOf: Readonly<Record<WatchedKind, readonly string[]>> = {
  Node: ['Status', 'Roles', 'Version'],
  Namespace: ['Status'],
  Pod: ['Ready', 'Status', 'Restarts', 'IP', 'Node'],
  Service: ['Type', 'Cluster-IP', 'External-IP', 'Port(s)'],
  Event: ['Last Seen', 'Type', 'Reason', 'Object', 'Message'],
  Deployment: ['Ready', 'Up-to-date', 'Available'],
  ReplicaSet: ['Desired', 'Current', 'Ready'],
  StatefulSet: ['Ready'],
  DaemonSet: ['Desired', 'Current', 'Ready', 'Up-to-date', 'Available', 'Node Selector'],
  Job: ['Status', 'Completions', 'Duration'],
  CronJob: ['Schedule', 'Timezone', 'Suspend', 'Active', 'Last Schedule'],
  EndpointSlice: ['AddressType', 'Ports', 'Endpoints'],
  Ingress: ['Class', 'Hosts', 'Address', 'Ports'],
  IngressClass: ['Controller', 'Parameters'],
  NetworkPolicy: ['Pod-Selector'],
  PodDisruptionBudget: ['Min Available', 'Max Unavailable', 'Allowed Disruptions'],
  HorizontalPodAutoscaler: ['Reference', 'Targets', 'MinPods', 'MaxPods', 'Replicas'],
  ResourceQuota: ['Request', 'Limit'],
  PersistentVolumeClaim: [
    'Status',
    'Volume',
    'Capacity',
    'Access Modes',
    'StorageClass',
    'VolumeAttributesClass',
  ],
  PersistentVolume: [
    'Capacity',
    'Access Modes',
    'Reclaim Policy',
    'Status',
    'Claim',
    'StorageClass',
    'VolumeAttributesClass',
    'Reason',
  ],
  StorageClass: ['Provisioner', 'ReclaimPolicy', 'VolumeBindingMode', 'AllowVolumeExpansion'],
  ConfigMap: ['Data'],
  Secret: ['Type', 'Data'],
  ServiceAccount: [],
  ValidatingWebhookConfiguration: ['Webhooks'],
  MutatingWebhookConfiguration: ['Webhooks'],
  APIService: ['Service', 'Available'],
  CustomResourceDefinition: ['Created At'],
  GatewayClass: ['Controller', 'Accepted'],
  Gateway: ['Class', 'Address', 'Programmed'],
  HTTPRoute: ['Hostnames'],
  ReferenceGrant: [],
}
