import { recordIn, recordsIn, textIn, textListIn } from '@fairlead/contracts/loose-json'
import { namespaceOf, type PlainObject } from './plain'
import type { World } from './world'

/** One backend of a Service as an EndpointSlice lists it. */
export interface Endpoint {
  readonly slice: PlainObject
  readonly addresses: readonly string[]
  readonly ready: boolean
  readonly serving: boolean
  readonly terminating: boolean
  readonly nodeName: string
  /** Of a target that is a pod; null for addresses that somebody wrote. */
  readonly pod: { readonly name: string; readonly uid: string } | null
}

/** The union of all slices of a Service: one may hold a hundred endpoints, and each address family has its own. */
export const endpointsOf = (world: World, service: PlainObject): readonly Endpoint[] =>
  world.slicesOf(service).flatMap(endpointsIn)

/** Conditions that are absent mean ready, and serving as ready is. Upstream: discovery/v1 EndpointConditions. */
export const endpointsIn = (slice: PlainObject): readonly Endpoint[] =>
  recordsIn(slice['endpoints']).map((endpoint) => {
    const conditions = recordIn(endpoint['conditions'])
    const ready = conditions['ready'] !== false
    const target = recordIn(endpoint['targetRef'])
    return {
      slice,
      addresses: textListIn(endpoint['addresses']),
      ready,
      serving: typeof conditions['serving'] === 'boolean' ? conditions['serving'] : ready,
      terminating: conditions['terminating'] === true,
      nodeName: textIn(endpoint['nodeName']),
      pod: target['kind'] === 'Pod' ? { name: textIn(target['name']), uid: textIn(target['uid']) } : null,
    }
  })

/** The pod that an endpoint means; undefined when it is gone, or another one bears its name by now. */
export function podOf(world: World, endpoint: Endpoint): PlainObject | undefined {
  if (endpoint.pod === null) return undefined
  const pod = world.find('Pod', namespaceOf(endpoint.slice), endpoint.pod.name)
  const sameUid = endpoint.pod.uid === '' || pod?.metadata.uid === endpoint.pod.uid
  return sameUid ? pod : undefined
}
