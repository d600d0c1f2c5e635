// Apart from inventory.ts because browsers need these tables and must not pay for the schemas.

/** Kinds that Fairlead watches, with kubectl's names and short names. */
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
} as const
export type WatchedKind = keyof typeof watchedKinds
export const watchedKindNames = Object.keys(watchedKinds) as [WatchedKind, ...WatchedKind[]]
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
}
