import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { NetworkFinding } from '@fairlead/contracts/network'
import { exposureFinding } from './exposure'
import { finding } from './finding'
import { grants } from './grants'
import { few, namespaceOf, number, refOf, specOf, type PlainObject } from './plain'
import { parentFindings, parentsOf } from './route-parents'
import { portText, servicePorts } from './service-ports'
import type { World } from './world'

export interface RouteBackend {
  readonly namespace: string
  readonly service: string
  readonly port: number | null
  readonly weight: number
  /** The first path of its rule. */
  readonly path: string
}

const isService = (backend: Readonly<Record<string, unknown>>): boolean =>
  textIn(backend['group']) === '' && (textIn(backend['kind']) || 'Service') === 'Service'

function backendsIn(route: PlainObject, rule: Readonly<Record<string, unknown>>): readonly RouteBackend[] {
  const [match] = recordsIn(rule['matches'])
  return recordsIn(rule['backendRefs'])
    .filter(isService)
    .map((backend) => ({
      namespace: textIn(backend['namespace']) || namespaceOf(route),
      service: textIn(backend['name']),
      port: number(backend['port']),
      weight: number(backend['weight']) ?? 1,
      path: textIn(recordIn(match?.['path'])['value']) || '/',
    }))
}

export const routeBackends = (route: PlainObject): readonly RouteBackend[] =>
  recordsIn(specOf(route)['rules']).flatMap((rule) => backendsIn(route, rule))

/** Everything that a route itself can have wrong; its Services have findings of their own. Pure. */
export function routeFindings(world: World, route: PlainObject): readonly NetworkFinding[] {
  const parents = parentsOf(route)
  const ref = refOf(route)
  const orphan =
    recordsIn(specOf(route)['parentRefs']).length > 0
      ? []
      : [
          finding('route.no_parent', ref, {
            words: 'It has no parentRefs, so no Gateway serves it.',
            fix: 'Name a Gateway in parentRefs.',
          }),
        ]
  return [
    ...orphan,
    ...parents.flatMap((parent) => parentFindings(world, route, parent)),
    ...recordsIn(specOf(route)['rules']).flatMap((rule, index) =>
      ruleFindings(world, route, { rule, index }),
    ),
  ]
}

/** Filters that answer by themselves need no backend. */
const answersItself = (rule: Readonly<Record<string, unknown>>): boolean =>
  recordsIn(rule['filters']).some(({ type }) => type === 'RequestRedirect')

function ruleFindings(
  world: World,
  route: PlainObject,
  { rule, index }: { rule: Readonly<Record<string, unknown>>; index: number },
): readonly NetworkFinding[] {
  const ref = refOf(route)
  const which = `Rule ${index + 1}`
  if (recordsIn(rule['backendRefs']).length === 0)
    return answersItself(rule)
      ? []
      : [
          finding('route.no_backend', ref, {
            words: `${which} has no backend: what matches it is answered with 500.`,
            fix: 'Add a backendRef, or a redirect.',
          }),
        ]
  const backends = backendsIn(route, rule)
  const weightless =
    backends.length > 0 && backends.every(({ weight }) => weight === 0)
      ? [
          finding('route.no_weight', ref, {
            words: `${which}: every backend has weight 0, so what matches it is answered with 500.`,
            fix: 'Give one of them a weight.',
          }),
        ]
      : []
  return [...weightless, ...backends.flatMap((backend) => backendFindings(world, route, backend))]
}

function backendFindings(world: World, route: PlainObject, backend: RouteBackend): readonly NetworkFinding[] {
  const ref = refOf(route)
  const name = `${backend.namespace}/${backend.service}`
  const crossing = {
    from: { kind: route.kind, namespace: namespaceOf(route) },
    to: { kind: 'Service', namespace: backend.namespace, name: backend.service },
  }
  if (!grants(world, crossing))
    return [
      finding('route.grant_missing', ref, {
        words: `It sends traffic to Service ${name} of another namespace, and no ReferenceGrant there allows it.`,
        fix: `Create a ReferenceGrant in ${backend.namespace} from ${route.kind} in ${namespaceOf(route)} to Service.`,
      }),
    ]
  const service = world.find('Service', backend.namespace, backend.service)
  if (service === undefined && world.hidden(backend.namespace)) return []
  if (service === undefined)
    return [
      finding('route.service_missing', ref, {
        words: `It sends traffic to Service ${name}, which does not exist.`,
        fix: 'Create the Service, or correct the backendRef.',
      }),
    ]
  const ports = servicePorts(service)
  const lacks = ports.some(({ port }) => port === backend.port)
    ? []
    : [
        finding('route.port_missing', ref, {
          words: `It sends traffic to port ${backend.port ?? '(none)'} of Service ${name}, which has ${few(ports.map(portText)) || 'no port'}.`,
          fix: `Use a port of the Service${ports[0] === undefined ? '' : `, e.g. ${ports[0].port}`}.`,
        }),
      ]
  const exposed = { service, path: backend.path }
  return [...lacks, ...exposureFinding(world, { code: 'route.not_public', ref }, exposed)]
}
