import { recordIn, recordsIn, type Loose } from '@fairlead/insight/loose-json'
import { quantity } from '@fairlead/insight/quantity'

/** Millicores and bytes. */
export interface Resources {
  readonly cpuMillis: number
  readonly memoryBytes: number
}

const none: Resources = { cpuMillis: 0, memoryBytes: 0 }
/** What the columns hold: hostile requests such as 1e99 must not overflow them. */
const bounded = (value: number, most: number): number => Math.min(most, Math.max(0, Math.ceil(value)))

export const resourcesOf = (list: unknown): Resources => ({
  cpuMillis: bounded(Math.round(quantity(recordIn(list)['cpu']) * 1e6) / 1e3, 2 ** 31 - 1),
  memoryBytes: bounded(quantity(recordIn(list)['memory']), Number.MAX_SAFE_INTEGER),
})

const sum = (left: Resources, right: Resources): Resources => ({
  cpuMillis: bounded(left.cpuMillis + right.cpuMillis, 2 ** 31 - 1),
  memoryBytes: bounded(left.memoryBytes + right.memoryBytes, Number.MAX_SAFE_INTEGER),
})
const larger = (left: Resources, right: Resources): Resources => ({
  cpuMillis: Math.max(left.cpuMillis, right.cpuMillis),
  memoryBytes: Math.max(left.memoryBytes, right.memoryBytes),
})

export const isSidecar = (container: Loose): boolean => container['restartPolicy'] === 'Always'
const requestsOf = (holder: Loose): Resources => resourcesOf(recordIn(holder['resources'])['requests'])

/**
 * What the scheduler reserves for a pod: max(Σ containers + Σ sidecars, max over init i of init_i + sidecars before it),
 * or what the pod asks for as a whole, plus its overhead. Upstream: k8s.io/component-helpers/resource PodRequests.
 */
export function effectiveRequests(spec: Loose): Resources {
  let steady = recordsIn(spec['containers']).map(requestsOf).reduce(sum, none)
  let sidecars = none
  let starting = none
  for (const container of recordsIn(spec['initContainers'])) {
    const own = requestsOf(container)
    if (isSidecar(container)) {
      steady = sum(steady, own)
      sidecars = sum(sidecars, own)
      starting = larger(starting, sidecars)
    } else starting = larger(starting, sum(own, sidecars))
  }
  const inParts = larger(steady, starting)
  const asWhole = recordIn(recordIn(spec['resources'])['requests'])
  const whole = resourcesOf(asWhole)
  const asked: Resources = {
    cpuMillis: asWhole['cpu'] === undefined ? inParts.cpuMillis : whole.cpuMillis,
    memoryBytes: asWhole['memory'] === undefined ? inParts.memoryBytes : whole.memoryBytes,
  }
  return sum(asked, resourcesOf(spec['overhead']))
}
