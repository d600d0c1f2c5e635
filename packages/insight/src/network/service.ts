import { recordIn, recordsIn, textIn } from '@fairlead/contracts/loose-json'
import type { NetworkFinding } from '@fairlead/contracts/network'
import { endpointsOf, podOf, type Endpoint } from './endpoints'
import { finding } from './finding'
import { counted } from '../counted'
import { few, namespaceOf, refOf, specOf, statusOf, type PlainObject } from './plain'
import { isLeaving, isReady, selectedPods, selectorOf, whyNotReady } from './pods'
import { policyFindings } from './policy'
import { labelsOf, selectorText } from './selector'
import { portFindings } from './service-ports'
import type { World } from './world'

/** Everything between a Service and its pods. Pure. */
export function serviceFindings(world: World, service: PlainObject): readonly NetworkFinding[] {
  const type = textIn(specOf(service)['type']) || 'ClusterIP'
  if (type === 'ExternalName') return externalName(service)
  if (world.unread.has('Pod') || world.unread.has('EndpointSlice')) return []
  const endpoints = endpointsOf(world, service)
  const balancer = type === 'LoadBalancer' ? balancerFindings(service) : []
  if (Object.keys(selectorOf(service)).length === 0)
    return [...balancer, ...handMade(service, endpoints, world), ...staleTargets(world, endpoints)]
  const pods = selectedPods(world, service)
  if (pods.length === 0) return [...balancer, noPods(world, service)]
  return [
    ...balancer,
    ...readiness(world, service, { pods, endpoints }),
    ...portFindings(service, pods),
    ...severalWorkloads(world, service, pods),
    ...policyFindings(world, service, pods),
    ...(type === 'ClusterIP' ? [] : localGap(world, service, endpoints)),
    ...staleTargets(world, endpoints),
  ]
}

function externalName(service: PlainObject): readonly NetworkFinding[] {
  const name = textIn(specOf(service)['externalName'])
  if (!/^[\d.]+$|:/.test(name)) return []
  return [
    finding('service.external_name_address', refOf(service), {
      words: `externalName is the address ${name}; DNS answers a CNAME, and an address is no name.`,
      fix: 'Use a Service without a selector and an EndpointSlice that holds the address.',
    }),
  ]
}

/** The label that keeps the selector from matching is more use than the fact that it does not. */
function noPods(world: World, service: PlainObject): NetworkFinding {
  const selector = selectorOf(service)
  const nearby = world.inNamespace('Pod', namespaceOf(service))
  const culprit = Object.entries(selector).find(([key]) => {
    const others = Object.entries(selector).filter(([other]) => other !== key)
    return nearby.some((pod) => others.every(([other, value]) => labelsOf(pod)[other] === value))
  })
  const values = culprit === undefined ? [] : nearby.flatMap((pod) => labelsOf(pod)[culprit[0]] ?? [])
  const found = [...new Set(values)]
  return finding('service.no_pods', refOf(service), {
    words: `No pod in ${namespaceOf(service)} has ${selectorText(selector)}${
      culprit === undefined || found.length === 0
        ? ''
        : `; pods there have ${culprit[0]}=${few(found)}, not ${culprit[1]}`
    }.`,
    fix: 'Make the selector equal to the labels of the pod template, or scale the workload up from 0.',
  })
}

function readiness(
  world: World,
  service: PlainObject,
  { pods, endpoints }: { pods: readonly PlainObject[]; endpoints: readonly Endpoint[] },
): readonly NetworkFinding[] {
  const ref = refOf(service)
  const waiting = pods.filter((pod) => !isReady(pod) && !isLeaving(pod))
  if (specOf(service)['publishNotReadyAddresses'] === true)
    return waiting.length === 0
      ? []
      : [
          finding('service.publishes_not_ready', ref, {
            words: `publishNotReadyAddresses sends traffic to ${counted(waiting.length, 'pod')} that ${waiting.length === 1 ? 'is' : 'are'} not ready: ${few(waiting.map(({ metadata }) => metadata.name))}.`,
            fix: 'Use it only where peers must find each other before they are ready; give users a Service without it.',
          }),
        ]
  if (endpoints.some(({ ready }) => ready)) return []
  const leaving = endpoints.filter(({ serving, terminating }) => serving && terminating)
  if (leaving.length > 0)
    return [
      finding('service.only_terminating', ref, {
        words: `Nothing is ready; ${counted(leaving.length, 'pod')} that ${leaving.length === 1 ? 'is' : 'are'} going away still answer${leaving.length === 1 ? 's' : ''}.`,
        fix: 'New pods must become ready before the last old one ends: see why they do not, and keep maxUnavailable below all replicas.',
      }),
    ]
  const ready = pods.filter((pod) => isReady(pod) && !isLeaving(pod))
  if (ready.length > 0)
    return [
      finding('service.pods_not_listed', ref, {
        words: `${counted(ready.length, 'pod')} ${ready.length === 1 ? 'is' : 'are'} ready, but no EndpointSlice lists ${ready.length === 1 ? 'it' : 'them'} as ready.`,
        fix: 'The EndpointSlice controller writes slices: see whether the controller manager runs.',
      }),
    ]
  const reasons = (waiting.length > 0 ? waiting : pods).map((pod) => whyNotReady(world, pod))
  return [
    finding('service.none_ready', ref, {
      words: `${pods.length === 1 ? 'The only pod is not' : `None of ${pods.length} pods is`} ready. ${few(reasons, 2)}.`,
      fix: 'Mend what keeps the pods from being ready; until then the Service has nowhere to send traffic.',
    }),
  ]
}

function severalWorkloads(
  world: World,
  service: PlainObject,
  pods: readonly PlainObject[],
): readonly NetworkFinding[] {
  const workloads = [...new Set(pods.map((pod) => world.workloadOf(pod)))].sort()
  if (workloads.length < 2) return []
  return [
    finding('service.several_workloads', refOf(service), {
      words: `${selectorText(selectorOf(service))} matches pods of ${counted(workloads.length, 'workload')}: ${few(workloads)}.`,
      fix: 'If they are not meant to share traffic, add a label to the selector that only one of them has.',
    }),
  ]
}

function handMade(
  service: PlainObject,
  endpoints: readonly Endpoint[],
  world: World,
): readonly NetworkFinding[] {
  const ref = refOf(service)
  const slices = world.slicesOf(service)
  if (slices.length === 0)
    return [
      finding('service.no_slices', ref, {
        words: 'It has no selector, and nobody wrote an EndpointSlice for it.',
        fix: `Create an EndpointSlice with the label kubernetes.io/service-name=${ref.name}, or give the Service a selector.`,
      }),
    ]
  if (endpoints.some(({ ready }) => ready)) return []
  return [
    finding('service.no_endpoints', ref, {
      words: `Its ${counted(slices.length, 'EndpointSlice')} hold${slices.length === 1 ? 's' : ''} no ready endpoint.`,
      fix: 'Whoever writes these slices must add an endpoint whose condition ready is true or absent.',
    }),
  ]
}

function staleTargets(world: World, endpoints: readonly Endpoint[]): readonly NetworkFinding[] {
  return endpoints
    .filter((endpoint) => endpoint.pod !== null && podOf(world, endpoint) === undefined)
    .map(({ slice, pod, addresses }) =>
      finding('slice.stale_target', refOf(slice), {
        words: `${few(addresses)} is said to be pod ${pod?.name ?? ''}, which is gone or was replaced by another of that name.`,
        fix: 'A slice of the controller is renewed within seconds; one that somebody wrote has to be corrected by hand.',
      }),
    )
}

function balancerFindings(service: PlainObject): readonly NetworkFinding[] {
  if (recordsIn(recordIn(statusOf(service)['loadBalancer'])['ingress']).length > 0) return []
  return [
    finding('service.balancer_pending', refOf(service), {
      words: 'Its load balancer has no address yet.',
      fix: 'See the events of the Service; a cluster without a load balancer controller never gives one: use an Ingress, a Gateway or a NodePort there.',
    }),
  ]
}

/** Nodes that take traffic from outside and have no endpoint of their own drop it. */
function localGap(
  world: World,
  service: PlainObject,
  endpoints: readonly Endpoint[],
): readonly NetworkFinding[] {
  if (specOf(service)['externalTrafficPolicy'] !== 'Local') return []
  const serving = new Set(endpoints.filter(({ ready }) => ready).map(({ nodeName }) => nodeName))
  if (serving.size === 0) return []
  const nodes = world.all('Node').map(({ metadata }) => metadata.name)
  const without = nodes.filter((name) => !serving.has(name))
  if (without.length === 0) return []
  return [
    finding('service.local_gap', refOf(service), {
      words: `externalTrafficPolicy is Local, and ${counted(without.length, 'node')} of ${nodes.length} ha${without.length === 1 ? 's' : 've'} no ready endpoint: ${few(without)}. Traffic that arrives there is dropped.`,
      fix: 'Make sure that the load balancer uses the health check node port, run a pod on each node, or use Cluster.',
    }),
  ]
}
