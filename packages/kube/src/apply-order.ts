/** Upstream: Helm's InstallOrder, with admission and autoscaling after what they act on. */
const order = [
  ['Namespace'],
  [
    'CustomResourceDefinition',
    'PriorityClass',
    'StorageClass',
    'RuntimeClass',
    'IngressClass',
    'GatewayClass',
  ],
  ['ResourceQuota', 'LimitRange', 'NetworkPolicy', 'PodSecurityPolicy'],
  ['ServiceAccount'],
  ['ClusterRole', 'Role'],
  ['ClusterRoleBinding', 'RoleBinding'],
  ['ConfigMap', 'Secret'],
  ['PersistentVolume'],
  ['PersistentVolumeClaim'],
  ['Service'],
  ['DaemonSet', 'Pod', 'ReplicaSet', 'ReplicationController', 'Deployment', 'StatefulSet'],
  ['Job', 'CronJob'],
  ['HorizontalPodAutoscaler', 'VerticalPodAutoscaler', 'PodDisruptionBudget'],
  ['Gateway', 'Ingress', 'HTTPRoute', 'GRPCRoute', 'TCPRoute', 'TLSRoute'],
  [
    'APIService',
    'MutatingWebhookConfiguration',
    'ValidatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
  ],
] as const
const rankOf: ReadonlyMap<string, number> = new Map(
  order.flatMap((kinds, rank) => kinds.map((kind) => [kind, rank] as const)),
)
/** Unknown kinds are custom objects: after what they may refer to, before what exposes them. */
const unknownRank = order.findIndex((kinds) => (kinds as readonly string[]).includes('Job')) + 0.5

const rank = ({ kind }: { readonly kind: string }): number => rankOf.get(kind) ?? unknownRank

/** Dependencies first; objects of one rank keep their order. */
export function applyOrder<T extends { readonly kind: string }>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((left, right) => rank(left) - rank(right))
}

/** The reverse: what depends on others goes first. */
export function pruneOrder<T extends { readonly kind: string }>(objects: readonly T[]): readonly T[] {
  return applyOrder(objects).toReversed()
}
