import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { podRequests, type Requests } from '../scheduling/requests'

/** What one pod counts for, in quotas and on nodes. */
export interface PodUsage {
  readonly requests: Requests
  readonly limits: Requests
}

/** The same sum over limits: a container without one adds nothing. Upstream: component-helpers/resource PodLimits. */
function podLimits(spec: Loose): Requests {
  const asRequests = (list: unknown): readonly Loose[] =>
    recordsIn(list).map((container) => ({
      ...container,
      resources: { requests: recordIn(recordIn(container['resources'])['limits']) },
    }))
  const own = podRequests({
    containers: asRequests(spec['containers']),
    initContainers: asRequests(spec['initContainers']),
    resources: { requests: recordIn(recordIn(spec['resources'])['limits']) },
  })
  const overhead = podRequests({ overhead: spec['overhead'] })
  return new Map([...own].map(([resource, amount]) => [resource, amount + (overhead.get(resource) ?? 0)]))
}

export const usageOf = (spec: Loose): PodUsage => ({ requests: podRequests(spec), limits: podLimits(spec) })

const computed = ['cpu', 'memory'] as const

/** Neither a request nor a limit for CPU and memory anywhere. */
export const isBestEffort = (spec: Loose): boolean =>
  [spec, ...recordsIn(spec['containers']), ...recordsIn(spec['initContainers'])].every((part) => {
    const { requests, limits } = recordIn(part['resources'])
    return computed.every(
      (resource) => recordIn(requests)[resource] === undefined && recordIn(limits)[resource] === undefined,
    )
  })

/** Containers that say nothing of what a quota asks each of them to say. */
export function silentContainers(
  spec: Loose,
  field: 'requests' | 'limits',
  resource: string,
): readonly string[] {
  if (recordIn(recordIn(spec['resources'])[field])[resource] !== undefined) return []
  return [...recordsIn(spec['initContainers']), ...recordsIn(spec['containers'])]
    .filter((container) => recordIn(recordIn(container['resources'])[field])[resource] === undefined)
    .map((container) => textIn(container['name']))
}
