import type { Broken, Planted } from './broken'

export const api = 'gateway.networking.k8s.io'
const at = '2026-01-01T10:00:00Z'
const gatewayPath = { kind: 'Gateway', name: 'edge' } as const

type Said = readonly [type: string, status: 'True' | 'False' | 'Unknown', reason?: string]
/** Of the first generation, which is what the API server gives a new object. */
export const said = (...all: readonly Said[]) =>
  all.map(([type, status, reason = type]) => ({
    type,
    status,
    reason,
    message: `said of ${type}`,
    lastTransitionTime: at,
    observedGeneration: 1,
  }))
const fine = said(['Accepted', 'True'], ['Programmed', 'True'])
const addresses = [{ type: 'IPAddress', value: '198.51.100.7' }]
export const http = { name: 'http', port: 80, protocol: 'HTTP' }

const gatewayClass = (namespace: string, conditions = said(['Accepted', 'True'])): Planted => ({
  manifest: {
    apiVersion: `${api}/v1`,
    kind: 'GatewayClass',
    metadata: { name: namespace },
    spec: { controllerName: 'example.org/gateway' },
  },
  status: { conditions },
})
export const gateway = (
  namespace: string,
  status: object | null = { conditions: fine, addresses },
  listeners: readonly object[] = [http],
): Planted => ({
  manifest: {
    apiVersion: `${api}/v1`,
    kind: 'Gateway',
    metadata: { name: 'edge', namespace },
    spec: { gatewayClassName: namespace, listeners },
  },
  ...(status === null ? {} : { status }),
})
const listenerSaid = (...conditions: readonly Said[]) => ({
  conditions: fine,
  addresses,
  listeners: [{ name: 'http', attachedRoutes: 0, supportedKinds: [], conditions: said(...conditions) }],
})
export const edge = (ns: string, ...rest: readonly Planted[]): readonly Planted[] => [
  gatewayClass(ns),
  ...rest,
]

const https = (more: object) => ({
  name: 'https',
  port: 443,
  protocol: 'HTTPS',
  tls: { certificateRefs: [{ name: 'tls', ...more }] },
})

export const brokenGateways: readonly Broken[] = [
  { name: 'nothing', path: gatewayPath, code: null, objects: (ns) => edge(ns, gateway(ns)) },
  {
    name: 'a class that does not exist',
    path: gatewayPath,
    code: 'gateway.class_missing',
    objects: (ns) => [gateway(ns)],
  },
  {
    name: 'a class that no controller accepted',
    path: gatewayPath,
    code: 'gateway.class_not_accepted',
    words: /waits for example\.org\/gateway/,
    objects: (ns) => [gatewayClass(ns, []), gateway(ns)],
  },
  {
    name: 'a class that its controller refuses',
    path: gatewayPath,
    code: 'gateway.class_not_accepted',
    words: /InvalidParameters/,
    objects: (ns) => [gatewayClass(ns, said(['Accepted', 'False', 'InvalidParameters'])), gateway(ns)],
  },
  {
    name: 'no controller',
    path: gatewayPath,
    code: 'gateway.unclaimed',
    objects: (ns) => edge(ns, gateway(ns, null)),
  },
  {
    name: 'a refusal',
    path: gatewayPath,
    code: 'gateway.not_accepted',
    words: /UnsupportedAddress/,
    objects: (ns) => edge(ns, gateway(ns, { conditions: said(['Accepted', 'False', 'UnsupportedAddress']) })),
  },
  {
    name: 'a data plane without it',
    path: gatewayPath,
    code: 'gateway.not_programmed',
    objects: (ns) =>
      edge(
        ns,
        gateway(ns, { conditions: said(['Accepted', 'True'], ['Programmed', 'False', 'NoResources']) }),
      ),
  },
  {
    name: 'conditions of an older generation',
    path: gatewayPath,
    code: 'gateway.stale',
    objects: (ns) =>
      edge(
        ns,
        gateway(ns, { conditions: fine.map((each) => ({ ...each, observedGeneration: 0 })), addresses }),
      ),
  },
  {
    name: 'no address',
    path: gatewayPath,
    code: 'gateway.no_address',
    objects: (ns) => edge(ns, gateway(ns, { conditions: fine })),
  },
  {
    name: 'listeners that conflict',
    path: gatewayPath,
    code: 'listener.conflicted',
    objects: (ns) => edge(ns, gateway(ns, listenerSaid(['Conflicted', 'True', 'ProtocolConflict']))),
  },
  {
    name: 'a listener whose references do not resolve',
    path: gatewayPath,
    code: 'listener.refs_unresolved',
    words: /InvalidCertificateRef/,
    objects: (ns) => edge(ns, gateway(ns, listenerSaid(['ResolvedRefs', 'False', 'InvalidCertificateRef']))),
  },
  {
    name: 'a listener that is refused',
    path: gatewayPath,
    code: 'listener.not_accepted',
    objects: (ns) => edge(ns, gateway(ns, listenerSaid(['Accepted', 'False', 'PortUnavailable']))),
  },
  {
    name: 'a listener that is not programmed',
    path: gatewayPath,
    code: 'listener.not_programmed',
    objects: (ns) => edge(ns, gateway(ns, listenerSaid(['Programmed', 'False', 'Pending']))),
  },
  {
    name: 'a certificate of another namespace without a grant',
    path: gatewayPath,
    code: 'listener.grant_missing',
    objects: (ns) => edge(ns, gateway(ns, undefined, [https({ namespace: 'default' })])),
  },
  {
    name: 'a certificate that does not exist',
    path: gatewayPath,
    code: 'tls.secret_missing',
    objects: (ns) => edge(ns, gateway(ns, undefined, [https({})])),
  },
]
