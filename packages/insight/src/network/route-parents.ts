import { recordIn, recordsIn, textIn, textListIn } from '@fairlead/contracts/loose-json'
import { matchesSelector } from '../label-selector'
import type { NetworkFinding } from '@fairlead/contracts/network'
import type { NetworkFindingCode } from '@fairlead/contracts/network-findings'
import { conditionOf, isFalse, saysOf } from './conditions'
import { finding } from './finding'
import { generationOf, listenersOf, type Listener } from './gateway'
import { few, namespaceOf, number, refOf, specOf, statusOf, type PlainObject } from './plain'
import { labelsOf } from './selector'
import type { World } from './world'

export interface ParentRef {
  readonly namespace: string
  readonly name: string
  /** Empty for all listeners. */
  readonly section: string
  readonly port: number | null
}

/** Parents that are Gateways; a mesh's Services are its own affair. */
export const parentsOf = (route: PlainObject): readonly ParentRef[] =>
  recordsIn(specOf(route)['parentRefs'])
    .filter((parent) => (textIn(parent['kind']) || 'Gateway') === 'Gateway')
    .map((parent) => ({
      namespace: textIn(parent['namespace']) || namespaceOf(route),
      name: textIn(parent['name']),
      section: textIn(parent['sectionName']),
      port: number(parent['port']),
    }))

export const hostnamesOf = (route: PlainObject): readonly string[] => textListIn(specOf(route)['hostnames'])

/** Upstream: Gateway API, HTTPRoute hostnames: a wildcard stands for one or more labels. */
export function hostnamesMeet(listener: string, route: string): boolean {
  if (listener === '' || route === '' || listener === route) return true
  const [left, right] = [listener.toLowerCase(), route.toLowerCase()]
  const under = (wildcard: string, host: string): boolean =>
    wildcard.startsWith('*.') && host.endsWith(wildcard.slice(1)) && host !== wildcard
  return left === right || under(left, right) || under(right, left)
}

function allows(world: World, gateway: PlainObject, listener: Listener, route: PlainObject): boolean {
  const allowed = recordIn(listener.spec['allowedRoutes'])
  const kinds = recordsIn(allowed['kinds'])
  if (kinds.length > 0 && !kinds.some(({ kind }) => kind === route.kind)) return false
  const namespaces = recordIn(allowed['namespaces'])
  switch (textIn(namespaces['from']) || 'Same') {
    case 'All':
      return true
    case 'Same':
      return namespaceOf(gateway) === namespaceOf(route)
    case 'Selector': {
      const namespace = world.find('Namespace', null, namespaceOf(route))
      return namespace !== undefined && matchesSelector(namespaces['selector'], labelsOf(namespace))
    }
    default:
      return false
  }
}

/** What can be concluded about one parentRef, whether or not a controller has spoken of it. */
export function parentFindings(
  world: World,
  route: PlainObject,
  parent: ParentRef,
): readonly NetworkFinding[] {
  const ref = refOf(route)
  const gateway = world.find('Gateway', parent.namespace, parent.name)
  const name = `Gateway ${parent.namespace}/${parent.name}`
  if (gateway === undefined && (world.hidden(parent.namespace) || world.unread.has('Gateway')))
    return controllerVerdict(route, parent, name)
  if (gateway === undefined)
    return [
      finding('route.parent_missing', ref, {
        words: `It belongs to ${name}, which does not exist.`,
        fix: 'Create the Gateway, or correct name and namespace of the parentRef.',
      }),
    ]
  const sections = listenersOf(gateway).filter(
    (listener) =>
      (parent.section === '' || listener.name === parent.section) &&
      (parent.port === null || listener.port === parent.port),
  )
  if (sections.length === 0)
    return [
      finding('route.section_missing', ref, {
        words: `${name} has no listener ${parent.section || `on port ${parent.port}`}; it has ${few(listenersOf(gateway).map((listener) => listener.name))}.`,
        fix: 'Correct sectionName or port of the parentRef.',
      }),
    ]
  return [...ownVerdict(world, { route, gateway, sections, name }), ...controllerVerdict(route, parent, name)]
}

function ownVerdict(
  world: World,
  at: { route: PlainObject; gateway: PlainObject; sections: readonly Listener[]; name: string },
): readonly NetworkFinding[] {
  const { route, gateway, sections, name } = at
  const ref = refOf(route)
  const open = sections.filter((listener) => allows(world, gateway, listener, route))
  if (open.length === 0) return [finding('route.not_allowed', ref, notAllowed(name, namespaceOf(route)))]
  const hostnames = hostnamesOf(route)
  const meets = open.some((listener) =>
    hostnames.length === 0 ? true : hostnames.some((host) => hostnamesMeet(listener.hostname, host)),
  )
  if (meets) return []
  return [finding('route.no_matching_hostname', ref, noHostname(name, hostnames, open))]
}

const notAllowed = (name: string, namespace: string) => ({
  words: `No listener of ${name} allows routes from namespace ${namespace}.`,
  fix: 'Widen allowedRoutes of the listener (from: All, or a selector that this namespace meets).',
})
const noHostname = (name: string, hostnames: readonly string[], listeners: readonly Listener[]) => ({
  words: `Listeners of ${name} are for ${few(listeners.map(({ hostname }) => hostname || 'any host'))}, not for ${few(hostnames)}.`,
  fix: 'Use a hostname that a listener has, or add a listener for it.',
})

const codeOfReason: Readonly<Record<string, NetworkFindingCode>> = {
  NotAllowedByListeners: 'route.not_allowed',
  NoMatchingListenerHostname: 'route.no_matching_hostname',
  NoMatchingParent: 'route.section_missing',
  BackendNotFound: 'route.service_missing',
  RefNotPermitted: 'route.grant_missing',
}

const sameParent = (
  status: Readonly<Record<string, unknown>>,
  route: PlainObject,
  parent: ParentRef,
): boolean => {
  const ref = recordIn(status['parentRef'])
  return (
    textIn(ref['name']) === parent.name &&
    (textIn(ref['namespace']) || namespaceOf(route)) === parent.namespace &&
    textIn(ref['sectionName']) === parent.section &&
    number(ref['port']) === parent.port
  )
}

/** status.parents has one entry per parentRef and controller. */
function controllerVerdict(route: PlainObject, parent: ParentRef, name: string): readonly NetworkFinding[] {
  const ref = refOf(route)
  const entries = recordsIn(statusOf(route)['parents']).filter((status) => sameParent(status, route, parent))
  if (entries.length === 0)
    return [
      finding('route.unclaimed', ref, {
        words: `No controller has said anything of it for ${name}: status.parents has no entry for that.`,
        fix: 'See whether the controller of the Gateway runs, and whether the Gateway itself is accepted.',
      }),
    ]
  return entries.flatMap((entry) => entryFindings(route, entry, name))
}

function entryFindings(
  route: PlainObject,
  entry: Readonly<Record<string, unknown>>,
  name: string,
): readonly NetworkFinding[] {
  const ref = refOf(route)
  const generation = generationOf(route)
  const accepted = conditionOf(entry, 'Accepted', generation)
  const resolved = conditionOf(entry, 'ResolvedRefs', generation)
  if (accepted === 'stale' || resolved === 'stale')
    return [
      finding('route.stale', ref, {
        words: `What ${textIn(entry['controllerName'])} says for ${name} is of an older version than ${generation}.`,
        fix: 'The controller is slow or down: see its log.',
      }),
    ]
  return [accepted, resolved].filter(isFalse).map((condition) => {
    const usual = condition.type === 'Accepted' ? 'route.not_accepted' : 'route.refs_unresolved'
    return finding(codeOfReason[condition.reason] ?? usual, ref, {
      words: `${textIn(entry['controllerName'])} for ${name}: ${saysOf(condition)}.`,
      fix: 'Change what the reason names.',
    })
  })
}
