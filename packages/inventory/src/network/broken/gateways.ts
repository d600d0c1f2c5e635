import { pod, service, sound, web, type Broken, type Planted } from './broken'

const api = 'gateway.networking.k8s.io'
const at = '2026-01-01T10:00:00Z'
const gatewayPath = { kind: 'Gateway', name: 'edge' } as const
const routePath = { kind: 'HTTPRoute', name: 'web' } as const

type Said = readonly [type: string, status: 'True' | 'False' | 'Unknown', reason?: string]
/** Of the first generation, which is what the API server gives a new object. */
const said = (...all: readonly Said[]) =>
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
const http = { name: 'http', port: 80, protocol: 'HTTP' }

const gatewayClass = (namespace: string, conditions = said(['Accepted', 'True'])): Planted => ({
  manifest: {
    apiVersion: `${api}/v1`,
    kind: 'GatewayClass',
    metadata: { name: namespace },
    spec: { controllerName: 'example.org/gateway' },
  },
  status: { conditions },
})
const gateway = (
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
const edge = (ns: string, ...rest: readonly Planted[]): readonly Planted[] => [gatewayClass(ns), ...rest]

const parents = [{ name: 'edge' }]
const backend = (more: object = {}) => ({ name: 'web', port: 80, ...more })
const parentSaid = (conditions: readonly object[]) => ({
  parents: [
    {
      parentRef: { group: api, kind: 'Gateway', name: 'edge' },
      controllerName: 'example.org/gateway',
      conditions,
    },
  ],
})
const accepted = parentSaid(said(['Accepted', 'True'], ['ResolvedRefs', 'True']))
const route = (namespace: string, spec: object = {}, status: object | null = accepted): Planted => ({
  manifest: {
    apiVersion: `${api}/v1`,
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace },
    spec: { parentRefs: parents, rules: [{ backendRefs: [backend()] }], ...spec },
  },
  ...(status === null ? {} : { status }),
})
const routed = (ns: string, ...rest: readonly Planted[]): readonly Planted[] => [
  ...sound(ns),
  ...edge(ns, gateway(ns)),
  ...rest,
]
const rules = (...backendRefs: object[]) => ({ rules: [{ backendRefs }] })
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

export const brokenRoutes: readonly Broken[] = [
  { name: 'nothing', path: routePath, code: null, objects: (ns) => routed(ns, route(ns)) },
  {
    name: 'no Gateway named',
    path: routePath,
    code: 'route.no_parent',
    objects: (ns) => [...sound(ns), route(ns, { parentRefs: [] }, null)],
  },
  {
    name: 'a Gateway that does not exist',
    path: routePath,
    code: 'route.parent_missing',
    objects: (ns) => [...sound(ns), route(ns)],
  },
  {
    name: 'a listener that the Gateway lacks',
    path: routePath,
    code: 'route.section_missing',
    objects: (ns) => routed(ns, route(ns, { parentRefs: [{ name: 'edge', sectionName: 'admin' }] })),
  },
  {
    name: 'no word of any controller',
    path: routePath,
    code: 'route.unclaimed',
    objects: (ns) => routed(ns, route(ns, {}, null)),
  },
  {
    name: 'listeners for other kinds only',
    path: routePath,
    code: 'route.not_allowed',
    objects: (ns) => [
      ...sound(ns),
      ...edge(ns, gateway(ns, undefined, [{ ...http, allowedRoutes: { kinds: [{ kind: 'GRPCRoute' }] } }])),
      route(ns),
    ],
  },
  {
    name: 'listeners that do not allow it, says the controller',
    path: routePath,
    code: 'route.not_allowed',
    words: /NotAllowedByListeners/,
    objects: (ns) =>
      routed(ns, route(ns, {}, parentSaid(said(['Accepted', 'False', 'NotAllowedByListeners'])))),
  },
  {
    name: 'hostnames that no listener has',
    path: routePath,
    code: 'route.no_matching_hostname',
    objects: (ns) => [
      ...sound(ns),
      ...edge(ns, gateway(ns, undefined, [{ ...http, hostname: '*.example.org' }])),
      route(ns, { hostnames: ['web.example.com'] }),
    ],
  },
  {
    name: 'nothing: a hostname below the wildcard of a listener',
    path: routePath,
    code: null,
    objects: (ns) => [
      ...sound(ns),
      ...edge(ns, gateway(ns, undefined, [{ ...http, hostname: '*.example.org' }])),
      route(ns, { hostnames: ['a.web.example.org'] }),
    ],
  },
  {
    name: 'a refusal for another reason',
    path: routePath,
    code: 'route.not_accepted',
    words: /UnsupportedValue/,
    objects: (ns) => routed(ns, route(ns, {}, parentSaid(said(['Accepted', 'False', 'UnsupportedValue'])))),
  },
  {
    name: 'references that do not resolve',
    path: routePath,
    code: 'route.refs_unresolved',
    objects: (ns) =>
      routed(
        ns,
        route(
          ns,
          {},
          parentSaid(said(['Accepted', 'True'], ['ResolvedRefs', 'False', 'UnsupportedProtocol'])),
        ),
      ),
  },
  {
    name: 'a status of an older generation',
    path: routePath,
    code: 'route.stale',
    objects: (ns) =>
      routed(
        ns,
        route(
          ns,
          {},
          parentSaid(said(['Accepted', 'True']).map((each) => ({ ...each, observedGeneration: 0 }))),
        ),
      ),
  },
  {
    name: 'a Service that does not exist',
    path: routePath,
    code: 'route.service_missing',
    objects: (ns) => routed(ns, route(ns, rules(backend({ name: 'wbe' })))),
  },
  {
    name: 'a port that the Service lacks',
    path: routePath,
    code: 'route.port_missing',
    objects: (ns) => routed(ns, route(ns, rules(backend({ port: 8080 })))),
  },
  {
    name: 'a Service of another namespace without a grant',
    path: routePath,
    code: 'route.grant_missing',
    words: /default\/kubernetes/,
    objects: (ns) => routed(ns, route(ns, rules({ name: 'kubernetes', namespace: 'default', port: 443 }))),
  },
  {
    name: 'a rule without a backend',
    path: routePath,
    code: 'route.no_backend',
    objects: (ns) => routed(ns, route(ns, { rules: [{ matches: [{ path: { value: '/' } }] }] })),
  },
  {
    name: 'backends that weigh nothing',
    path: routePath,
    code: 'route.no_weight',
    objects: (ns) => routed(ns, route(ns, rules(backend({ weight: 0 })))),
  },
  {
    name: 'a Service that is not marked public',
    path: routePath,
    code: 'route.not_public',
    objects: (ns) => [
      pod(ns, 'web-1'),
      service(ns, web, { annotations: { 'fairlead.dev/public': '' } }),
      ...edge(ns, gateway(ns)),
      route(ns),
    ],
  },
  {
    name: 'the end of the path: a Service behind it that has no pod',
    path: routePath,
    code: 'service.no_pods',
    objects: (ns) => [service(ns), ...edge(ns, gateway(ns)), route(ns)],
  },
]
