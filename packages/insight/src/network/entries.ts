import type { EntryKind, NetworkFinding, NetworkItem } from '@fairlead/contracts/network'
import { severityNames } from '@fairlead/contracts/network-findings'
import { ranked } from './finding'
import { gatewayFindings, listenersOf } from './gateway'
import { ingressFindings, ingressPaths } from './ingress'
import { few, type PlainObject } from './plain'
import { routeFindings } from './route'
import { hostnamesOf } from './route-parents'
import { serviceFindings } from './service'
import { portText, servicePorts } from './service-ports'
import type { World } from './world'

/** What one line of the list says of an object, beside whose it is. */
export type EntryStanding = Pick<NetworkItem, 'words' | 'worst' | 'counts'>

interface EntryRules {
  readonly words: (object: PlainObject) => string
  readonly findings: (world: World, object: PlainObject) => readonly NetworkFinding[]
}

const rules: Readonly<Record<EntryKind, EntryRules>> = {
  Service: {
    words: (service) => few(servicePorts(service).map(portText)),
    findings: serviceFindings,
  },
  Ingress: {
    words: (ingress) => few([...new Set(ingressPaths(ingress).map(({ host }) => host || '*'))]),
    findings: ingressFindings,
  },
  Gateway: {
    words: (gateway) => few(listenersOf(gateway).map(({ protocol, port }) => `${protocol} ${port}`)),
    findings: gatewayFindings,
  },
  HTTPRoute: {
    words: (route) => few(hostnamesOf(route)) || '*',
    findings: routeFindings,
  },
}

/** Every finding of one object, worst first; what lies behind it has findings of its own. */
export const findingsOf = (world: World, kind: EntryKind, object: PlainObject): readonly NetworkFinding[] =>
  ranked(rules[kind].findings(world, object))

/** `tls.unknown` is left to the page of the path, which can ask: in a list it would be on every line. */
export function standingOf(world: World, kind: EntryKind, object: PlainObject): EntryStanding {
  const findings = findingsOf(world, kind, object).filter(({ code }) => code !== 'tls.unknown')
  const count = (wanted: string): number => findings.filter(({ severity }) => severity === wanted).length
  return {
    words: rules[kind].words(object),
    worst: findings[0] ?? null,
    counts: Object.fromEntries(severityNames.map((name) => [name, count(name)])) as EntryStanding['counts'],
  }
}
