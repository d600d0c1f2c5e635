import { recordIn, recordsIn, textIn, textListIn } from '@fairlead/contracts/loose-json'
import type { NetworkFinding } from '@fairlead/contracts/network'
import { exposureFinding } from './exposure'
import { finding } from './finding'
import { classFindings, classOf } from './ingress-class'
import { few, namespaceOf, number, refOf, specOf, type PlainObject } from './plain'
import { portText, servicePorts } from './service-ports'
import { tlsFindings } from './tls'
import { refText, type World } from './world'

/** One way through an Ingress. `host` is empty for any host, `path` for the default backend. */
export interface IngressPath {
  readonly host: string
  readonly path: string
  readonly pathType: string
  readonly service: string
  /** A number or a name. */
  readonly port: number | string
}

const backendOf = (backend: unknown): Pick<IngressPath, 'service' | 'port'> => {
  const service = recordIn(recordIn(backend)['service'])
  const port = recordIn(service['port'])
  return { service: textIn(service['name']), port: textIn(port['name']) || (number(port['number']) ?? 0) }
}

export function ingressPaths(ingress: PlainObject): readonly IngressPath[] {
  const spec = specOf(ingress)
  const rules = recordsIn(spec['rules']).flatMap((rule) =>
    recordsIn(recordIn(rule['http'])['paths']).map((each) => ({
      host: textIn(rule['host']),
      path: textIn(each['path']) || '/',
      pathType: textIn(each['pathType']),
      ...backendOf(each['backend']),
    })),
  )
  const fallback = { host: '', path: '', pathType: 'Prefix', ...backendOf(spec['defaultBackend']) }
  return [...rules, ...(fallback.service === '' ? [] : [fallback])].filter(({ service }) => service !== '')
}

export const isIngressPort = (service: PlainObject, wanted: number | string): boolean =>
  servicePorts(service).some(({ name, port }) => (typeof wanted === 'string' ? name : port) === wanted)

/** Everything that an Ingress itself can have wrong; its Services have findings of their own. Pure. */
export function ingressFindings(world: World, ingress: PlainObject): readonly NetworkFinding[] {
  return [
    ...classFindings(world, ingress),
    ...ingressPaths(ingress).flatMap((path) => backendFindings(world, ingress, path)),
    ...certificateFindings(world, ingress),
    ...plainHosts(world, ingress),
    ...duplicates(world, ingress),
    ...ingressPaths(ingress).flatMap((path) => pathTypeFinding(ingress, path)),
  ]
}

function backendFindings(world: World, ingress: PlainObject, path: IngressPath): readonly NetworkFinding[] {
  const ref = refOf(ingress)
  const namespace = namespaceOf(ingress)
  const service = world.find('Service', namespace, path.service)
  const where = `${path.host || 'any host'}${path.path || ' (default backend)'}`
  if (service === undefined)
    return [
      finding('ingress.service_missing', ref, {
        words: `${where} goes to Service ${path.service}, which does not exist in ${namespace}.`,
        fix: 'Create the Service, or correct its name in the backend; an Ingress reaches its own namespace only.',
      }),
    ]
  const ports = servicePorts(service)
  const lacks =
    specOf(service)['type'] === 'ExternalName' || isIngressPort(service, path.port)
      ? []
      : [
          finding('ingress.port_missing', ref, {
            words: `${where} goes to port ${path.port} of Service ${path.service}, which has ${few(ports.map(portText)) || 'no port'}.`,
            fix: `Use a port of the Service${ports[0] === undefined ? '' : `, e.g. ${ports[0].port}`}: the backend means ports of Services, not of pods.`,
          }),
        ]
  const exposed = { service, path: path.path || '/' }
  return [...lacks, ...exposureFinding(world, { code: 'ingress.not_public', ref }, exposed)]
}

const tlsOf = (ingress: PlainObject) =>
  recordsIn(specOf(ingress)['tls']).map((tls) => ({
    hosts: textListIn(tls['hosts']),
    secret: textIn(tls['secretName']),
  }))

function certificateFindings(world: World, ingress: PlainObject): readonly NetworkFinding[] {
  // Without a secret the controller uses its own certificate.
  return tlsOf(ingress)
    .filter(({ secret }) => secret !== '')
    .flatMap(({ secret, hosts }) =>
      tlsFindings(world, { ref: refOf(ingress), namespace: namespaceOf(ingress), secret, hosts }),
    )
}

const hostsOf = (ingress: PlainObject): readonly string[] => [
  ...new Set(ingressPaths(ingress).flatMap(({ host }) => (host === '' ? [] : [host]))),
]
const tlsHosts = (ingress: PlainObject): ReadonlySet<string> =>
  new Set(tlsOf(ingress).flatMap(({ hosts }) => hosts))

/** A host that is served with TLS by one Ingress and without by another, or beside hosts that have it. */
function plainHosts(world: World, ingress: PlainObject): readonly NetworkFinding[] {
  const own = tlsHosts(ingress)
  return hostsOf(ingress)
    .filter((host) => !own.has(host))
    .flatMap((host) => {
      const other = world
        .all('Ingress')
        .find((each) => each !== ingress && sameClass(each, ingress) && tlsHosts(each).has(host))
      if (other === undefined && own.size === 0) return []
      const why =
        other === undefined
          ? `others of its hosts have TLS, this one has none`
          : `${refText(refOf(other))} serves it with TLS`
      return [
        finding('ingress.host_without_tls', refOf(ingress), {
          words: `It serves ${host} over plain HTTP; ${why}.`,
          fix: `Add ${host} to tls.hosts with a Secret for it.`,
        }),
      ]
    })
}

const sameClass = (left: PlainObject, right: PlainObject): boolean => classOf(left) === classOf(right)

const claimOf = ({ host, path, pathType }: IngressPath): string =>
  `${pathType} ${host || '*'}${pathType === 'Prefix' ? path.replace(/\/+$/, '') || '/' : path}`

function duplicates(world: World, ingress: PlainObject): readonly NetworkFinding[] {
  const claims = ingressPaths(ingress).filter(({ path }) => path !== '')
  const others = world.all('Ingress').filter((each) => each !== ingress && sameClass(each, ingress))
  return claims.flatMap((claim, index) => {
    const twice = claims.findIndex((each) => claimOf(each) === claimOf(claim)) < index
    const other = others.find((each) => ingressPaths(each).some((path) => claimOf(path) === claimOf(claim)))
    if (!twice && other === undefined) return []
    return [
      finding('ingress.duplicate_path', refOf(ingress), {
        words: `${claim.host || 'Any host'}${claim.path} is claimed ${twice ? 'twice here' : `by ${other === undefined ? '' : refText(refOf(other))} too`}; which one gets the traffic is up to the controller.`,
        fix: 'Keep one of them, or tell them apart by host or path.',
      }),
    ]
  })
}

/** `.` is common in paths; these are not. */
const patternLike = /[*()[\]^$|?+\\]/

function pathTypeFinding(ingress: PlainObject, { path, pathType }: IngressPath): readonly NetworkFinding[] {
  if (pathType === 'ImplementationSpecific' || !patternLike.test(path)) return []
  return [
    finding('ingress.path_type_wrong', refOf(ingress), {
      words: `${path} looks like a pattern, but pathType ${pathType} takes it letter by letter.`,
      fix: 'Use ImplementationSpecific if the controller knows patterns, or a plain prefix.',
    }),
  ]
}
