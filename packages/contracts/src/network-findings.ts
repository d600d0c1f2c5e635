// Browsers show these words and need no schema.

/** Worst first. An error means that traffic is lost; a warning that it may be; a notice that somebody should know. */
export const findingSeverities = {
  error: { word: 'Broken', tone: 'failing' },
  warning: { word: 'Warning', tone: 'waiting' },
  notice: { word: 'Notice', tone: 'neutral' },
} as const
export type FindingSeverity = keyof typeof findingSeverities
export const severityNames = Object.keys(findingSeverities) as FindingSeverity[]

/** Everything that can be found wrong between an entry and its pods, once, with its usual weight. */
export const networkFindings = {
  'service.no_pods': { severity: 'error', title: 'Selector matches no pod' },
  'service.none_ready': { severity: 'error', title: 'No pod is ready' },
  'service.only_terminating': { severity: 'warning', title: 'Only pods that are going away answer' },
  'service.pods_not_listed': { severity: 'error', title: 'Ready pods are in no EndpointSlice' },
  'service.several_workloads': { severity: 'warning', title: 'Selector matches several workloads' },
  'service.port_name_missing': { severity: 'error', title: 'Named target port is missing' },
  'service.port_name_partly_missing': {
    severity: 'warning',
    title: 'Named target port is missing in some pods',
  },
  'service.port_undeclared': { severity: 'warning', title: 'No container declares the target port' },
  'service.no_slices': { severity: 'error', title: 'No selector and no EndpointSlice' },
  'service.no_endpoints': { severity: 'error', title: 'EndpointSlices hold no ready endpoint' },
  'service.balancer_pending': { severity: 'warning', title: 'Load balancer has no address' },
  'service.local_gap': { severity: 'warning', title: 'Nodes without a local endpoint drop traffic' },
  'service.publishes_not_ready': { severity: 'warning', title: 'Pods that are not ready get traffic' },
  'service.denied': { severity: 'error', title: 'Network policies deny everything' },
  'service.port_denied': { severity: 'error', title: 'Network policies deny the port' },
  'service.external_name_address': { severity: 'warning', title: 'ExternalName is an address' },
  'slice.stale_target': { severity: 'warning', title: 'Endpoint points at a pod that is gone' },

  'ingress.no_class': { severity: 'warning', title: 'No class, and no default class' },
  'ingress.class_missing': { severity: 'error', title: 'IngressClass does not exist' },
  'ingress.class_unserved': { severity: 'warning', title: 'No controller seems to serve the class' },
  'ingress.no_address': { severity: 'warning', title: 'Ingress has no address' },
  'ingress.service_missing': { severity: 'error', title: 'Backend Service does not exist' },
  'ingress.port_missing': { severity: 'error', title: 'Backend Service lacks the port' },
  'ingress.not_public': { severity: 'warning', title: 'Exposes what is not marked public' },
  'ingress.duplicate_path': { severity: 'warning', title: 'Host and path are claimed twice' },
  'ingress.path_type_wrong': { severity: 'warning', title: 'Path type does not fit the path' },
  'ingress.host_without_tls': { severity: 'warning', title: 'Plain HTTP on a TLS host' },

  'tls.secret_missing': { severity: 'error', title: 'TLS Secret does not exist' },
  'tls.secret_wrong_type': { severity: 'error', title: 'Secret is of another type' },
  'tls.secret_unreadable': { severity: 'error', title: 'Secret holds no certificate that can be read' },
  'tls.expired': { severity: 'error', title: 'Certificate has expired' },
  'tls.not_yet_valid': { severity: 'error', title: 'Certificate is not valid yet' },
  'tls.expires_soon': { severity: 'warning', title: 'Certificate expires soon' },
  'tls.host_mismatch': { severity: 'error', title: 'Certificate is for other hosts' },
  'tls.unknown': { severity: 'notice', title: 'TLS Secret may not be read' },

  'gateway.class_missing': { severity: 'error', title: 'GatewayClass does not exist' },
  'gateway.class_not_accepted': { severity: 'error', title: 'No controller accepted the GatewayClass' },
  'gateway.unclaimed': { severity: 'error', title: 'No controller claims the Gateway' },
  'gateway.not_accepted': { severity: 'error', title: 'Gateway is not accepted' },
  'gateway.not_programmed': { severity: 'error', title: 'Gateway is not programmed' },
  'gateway.stale': { severity: 'warning', title: 'Status is of an older version' },
  'gateway.no_address': { severity: 'warning', title: 'Gateway has no address' },
  'listener.conflicted': { severity: 'error', title: 'Listeners conflict' },
  'listener.refs_unresolved': {
    severity: 'error',
    title: 'Listener refers to what it may not or cannot use',
  },
  'listener.not_accepted': { severity: 'error', title: 'Listener is not accepted' },
  'listener.not_programmed': { severity: 'error', title: 'Listener is not programmed' },
  'listener.grant_missing': { severity: 'error', title: 'No ReferenceGrant allows the certificate' },

  'route.no_parent': { severity: 'error', title: 'Route names no Gateway' },
  'route.unclaimed': { severity: 'error', title: 'No controller claims the route' },
  'route.parent_missing': { severity: 'error', title: 'Gateway of the route does not exist' },
  'route.section_missing': { severity: 'error', title: 'Gateway has no such listener' },
  'route.not_allowed': { severity: 'error', title: 'Listeners do not allow the route' },
  'route.no_matching_hostname': { severity: 'error', title: 'No listener is for these hostnames' },
  'route.not_accepted': { severity: 'error', title: 'Route is not accepted' },
  'route.refs_unresolved': { severity: 'error', title: 'Route refers to what cannot be used' },
  'route.service_missing': { severity: 'error', title: 'Backend Service does not exist' },
  'route.port_missing': { severity: 'error', title: 'Backend Service lacks the port' },
  'route.grant_missing': { severity: 'error', title: 'No ReferenceGrant allows the backend' },
  'route.no_backend': { severity: 'warning', title: 'A rule has no backend' },
  'route.no_weight': { severity: 'warning', title: 'All backends of a rule weigh nothing' },
  'route.not_public': { severity: 'warning', title: 'Exposes what is not marked public' },
  'route.stale': { severity: 'warning', title: 'Status is of an older version' },
} as const satisfies Record<string, { readonly severity: FindingSeverity; readonly title: string }>

export type NetworkFindingCode = keyof typeof networkFindings
