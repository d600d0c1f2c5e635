import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { containersOf, podSpecOf, type WorkloadObject } from '../checklist/workload-parts'
import { quantity } from '../quantity'

/** Millicores and bytes; null where nothing is set. */
export interface ContainerRequests {
  readonly container: string
  readonly cpu: { readonly request: number | null; readonly limit: number | null }
  readonly memory: { readonly request: number | null; readonly limit: number | null }
}

/** What a summary holds at most of one workload. */
const mostContainers = 40

const amountIn = (list: Loose, resource: string, perUnit: number): number | null =>
  list[resource] === undefined || list[resource] === null
    ? null
    : Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, quantity(list[resource]) * perUnit))

function requestsOf(container: Loose): ContainerRequests {
  const resources = recordIn(container['resources'])
  const requests = recordIn(resources['requests'])
  const limits = recordIn(resources['limits'])
  const both = (resource: string, perUnit: number) => {
    const limit = amountIn(limits, resource, perUnit)
    // The API server takes a limit without a request as both.
    return { request: amountIn(requests, resource, perUnit) ?? limit, limit }
  }
  return { container: textIn(container['name']), cpu: both('cpu', 1000), memory: both('memory', 1) }
}

/**
 * Of the containers that run as long as their pod: init containers are over before anybody measures them. A pod that
 * asks for resources as a whole (spec.resources) is none of ours to split.
 */
export function containerRequests(object: WorkloadObject): readonly ContainerRequests[] {
  const spec = podSpecOf(object)
  if (Object.keys(recordIn(recordIn(spec['resources'])['requests'])).length > 0) return []
  const sidecars = recordsIn(spec['initContainers']).filter(({ restartPolicy }) => restartPolicy === 'Always')
  return [...containersOf(object), ...sidecars].slice(0, mostContainers).map(requestsOf)
}
