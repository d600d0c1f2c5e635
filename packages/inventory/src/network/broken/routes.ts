import { pod, service, sound, web, type Broken, type Planted } from './broken'
import { api, edge, gateway, http, said } from './gateways'

const routePath = { kind: 'HTTPRoute', name: 'web' } as const
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
