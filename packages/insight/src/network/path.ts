import { recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { NetworkFinding, NetworkPath, NetworkRef } from '@fairlead/contracts/network'
import { endpointsIn, endpointsOf, podOf, type Endpoint } from './endpoints'
import { gatewayFindings, listenersOf } from './gateway'
import { grants } from './grants'
import { createGraph, type Graph } from './graph'
import { ingressFindings, ingressPaths, isIngressPort } from './ingress'
import { counted } from '../counted'
import { few, namespaceOf, refOf, specOf, type PlainObject } from './plain'
import { isReady, selectedPods } from './pods'
import { routeBackends, routeFindings, type RouteBackend } from './route'
import { hostnamesOf, parentFindings, parentsOf } from './route-parents'
import { serviceFindings } from './service'
import { portText, servicePorts } from './service-ports'
import type { World } from './world'

/** Pods of one Service that are drawn; the rest are counted. */
const mostPods = 30

/**
 * Entry → route → Service → EndpointSlices → pods, from the object that was asked for in both directions: what leads to
 * it and what it leads to. Undefined when that object is not there.
 */
export function networkPath(world: World, wanted: NetworkRef): NetworkPath | undefined {
  const root = world.find(wanted.kind, wanted.namespace, wanted.name)
  if (root === undefined) return undefined
  const graph = createGraph()
  draw[root.kind]?.(world, graph, root)
  return graph.path()
}

const draw: Readonly<Record<string, (world: World, graph: Graph, root: PlainObject) => void>> = {
  Ingress: drawIngress,
  Gateway: (world, graph, gateway) => {
    drawGateway(world, graph, gateway)
    const ref = refOf(gateway)
    for (const route of routesOf(world, ref)) drawRoute(world, graph, route)
  },
  HTTPRoute: drawRoute,
  Service: (world, graph, service) => {
    const { namespace, name } = refOf(service)
    for (const ingress of world.inNamespace('Ingress', namespaceOf(service)))
      if (ingressPaths(ingress).some((path) => path.service === name))
        drawIngress(world, graph, ingress, name)
    for (const route of world.all('HTTPRoute'))
      if (routeBackends(route).some((each) => each.service === name && each.namespace === namespace))
        drawRoute(world, graph, route, `${namespace ?? ''}/${name}`)
    drawService(world, graph, service)
  },
}

const routesOf = (world: World, gateway: NetworkRef): readonly PlainObject[] =>
  world
    .all('HTTPRoute')
    .filter((route) =>
      parentsOf(route).some(
        (parent) => parent.name === gateway.name && parent.namespace === gateway.namespace,
      ),
    )

function drawIngress(world: World, graph: Graph, ingress: PlainObject, only?: unknown): void {
  const paths = ingressPaths(ingress)
  const hosts = [...new Set(paths.map(({ host }) => host || '*'))]
  graph.node('entry', refOf(ingress), few(hosts), ingressFindings(world, ingress))
  for (const path of paths) {
    if (typeof only === 'string' && path.service !== only) continue
    const ref = { kind: 'Service', namespace: namespaceOf(ingress), name: path.service }
    const service = world.find('Service', ref.namespace, ref.name)
    const words = `${path.host || '*'}${path.path || ' (default)'} → ${path.port}`
    const fits =
      service !== undefined &&
      (specOf(service)['type'] === 'ExternalName' || isIngressPort(service, path.port))
    graph.link(refOf(ingress), ref, { words, broken: !fits })
    if (service === undefined) graph.absent('service', ref, false)
    else drawService(world, graph, service)
  }
}

function drawGateway(world: World, graph: Graph, gateway: PlainObject): void {
  const listeners = listenersOf(gateway).map(
    ({ name, port, protocol, hostname }) =>
      `${name} ${protocol} ${port}${hostname === '' ? '' : ` ${hostname}`}`,
  )
  graph.node('entry', refOf(gateway), few(listeners), gatewayFindings(world, gateway))
}

/** Findings that mean that nothing gets from a parent to the route. */
const cutsParent =
  /^route\.(parent_missing|section_missing|not_allowed|no_matching_hostname|not_accepted|unclaimed)$/

function drawRoute(world: World, graph: Graph, route: PlainObject, only?: unknown): void {
  const ref = refOf(route)
  graph.node('route', ref, few(hostnamesOf(route)) || 'any host', routeFindings(world, route))
  for (const parent of parentsOf(route)) {
    const gatewayRef = { kind: 'Gateway', namespace: parent.namespace, name: parent.name }
    const gateway = world.find('Gateway', parent.namespace, parent.name)
    if (gateway === undefined) graph.absent('entry', gatewayRef, world.hidden(parent.namespace))
    else drawGateway(world, graph, gateway)
    const broken = parentFindings(world, route, parent).some(({ code }) => cutsParent.test(code))
    graph.link(gatewayRef, ref, { words: parent.section || 'all listeners', broken })
  }
  for (const backend of routeBackends(route))
    if (typeof only !== 'string' || only === `${backend.namespace}/${backend.service}`)
      drawBackend(world, graph, { route, backend })
}

function drawBackend(
  world: World,
  graph: Graph,
  { route, backend }: { readonly route: PlainObject; readonly backend: RouteBackend },
): void {
  const { namespace, service: name } = backend
  const ref = { kind: 'Service', namespace, name }
  const service = world.find('Service', namespace, name)
  const hidden = service === undefined && world.hidden(namespace)
  const from = { kind: route.kind, namespace: namespaceOf(route) }
  const allowed = grants(world, { from, to: { kind: 'Service', namespace, name } })
  const fits =
    hidden || (service !== undefined && servicePorts(service).some(({ port }) => port === backend.port))
  graph.link(refOf(route), ref, {
    words: `${backend.path} → ${backend.port ?? '?'}`,
    broken: !fits || !allowed,
  })
  if (service === undefined) graph.absent('service', ref, hidden)
  else drawService(world, graph, service)
}

/** Findings that leave a Service's slices as they are and its traffic without a way. */
const cutsPods = new Set(['service.denied', 'service.port_denied', 'service.port_name_missing'])

function drawService(world: World, graph: Graph, service: PlainObject): void {
  const ref = refOf(service)
  if (graph.has(ref)) return
  const type = textIn(specOf(service)['type']) || 'ClusterIP'
  const findings = serviceFindings(world, service)
  graph.node('service', ref, `${type} ${few(servicePorts(service).map(portText))}`, findings)
  const dry = !endpointsOf(world, service).some((endpoint) => endpoint.ready)
  const cut = dry || findings.some(({ code }) => cutsPods.has(code))
  const drawn = new Set<string>()
  for (const slice of world.slicesOf(service)) {
    const endpoints = endpointsIn(slice)
    const ready = endpoints.filter((endpoint) => endpoint.ready)
    graph.node('slice', refOf(slice), sliceText(slice, endpoints), findingsAt(findings, refOf(slice)))
    graph.link(ref, refOf(slice), {
      words: `${ready.length} of ${endpoints.length} ready`,
      broken: dry && endpoints.length > 0,
    })
    for (const endpoint of endpoints) drawEndpoint(world, graph, { endpoint, cut, drawn })
  }
  if (drawn.size > 0) return
  // Without slices that name them, the pods that the selector means still tell why.
  for (const pod of selectedPods(world, service).slice(0, mostPods)) {
    graph.node('pod', refOf(pod), podText(pod), [])
    graph.link(ref, refOf(pod), { words: 'in no slice', broken: true })
  }
}

const findingsAt = (findings: readonly NetworkFinding[], ref: NetworkRef): readonly NetworkFinding[] =>
  findings.filter(({ object }) => object.kind === ref.kind && object.name === ref.name)

const sliceText = (slice: PlainObject, endpoints: readonly Endpoint[]): string => {
  const ports = recordsIn(slice['ports']).map((port) => String(port['port'] ?? '*'))
  return `${textIn(slice['addressType'])} ${counted(endpoints.length, 'endpoint')}${ports.length === 0 ? '' : `, ${few(ports)}`}`
}

const podText = (pod: PlainObject): string => (isReady(pod) ? 'ready' : 'not ready')

function drawEndpoint(
  world: World,
  graph: Graph,
  at: { readonly endpoint: Endpoint; readonly cut: boolean; readonly drawn: Set<string> },
): void {
  const { endpoint, cut, drawn } = at
  if (endpoint.pod === null || drawn.size >= mostPods) return
  const ref = { kind: 'Pod', namespace: namespaceOf(endpoint.slice), name: endpoint.pod.name }
  drawn.add(ref.name)
  const pod = podOf(world, endpoint)
  if (pod === undefined) graph.absent('pod', ref, false)
  else graph.node('pod', ref, podText(pod), [])
  const words = endpoint.terminating
    ? 'terminating'
    : endpoint.ready
      ? few(endpoint.addresses, 1)
      : 'not ready'
  graph.link(refOf(endpoint.slice), ref, { words, broken: cut || pod === undefined })
}
