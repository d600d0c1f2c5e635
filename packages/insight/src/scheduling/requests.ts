import { recordIn, recordsIn, type Loose } from '@fairlead/contracts/loose-json'
import { quantity } from '../quantity'

/** By resource name: millicores of cpu, base units of everything else. */
export type Requests = ReadonlyMap<string, number>

const perUnit = (resource: string): number => (resource === 'cpu' ? 1000 : 1)
/** Sums of fractions such as 0.1 + 0.2 must not round up by an error of representation. */
const roundUp = (value: number): number => Math.ceil(Math.round(value * 1e6) / 1e6)

const counted = (resource: string): boolean =>
  resource === 'cpu' ||
  resource === 'memory' ||
  resource === 'ephemeral-storage' ||
  resource === 'pods' ||
  resource.includes('/') ||
  resource.startsWith('hugepages-') ||
  resource.startsWith('attachable-volumes-')

/** A ResourceList; what the scheduler does not count is left out. */
export function readResources(list: unknown): Map<string, number> {
  const read = Object.entries(recordIn(list))
    .filter(([resource]) => counted(resource))
    .map(([resource, value]) => [resource, Math.max(0, quantity(value) * perUnit(resource))] as const)
  return new Map(read)
}

export function addInto(sum: Map<string, number>, more: Requests): Map<string, number> {
  for (const [resource, amount] of more) sum.set(resource, (sum.get(resource) ?? 0) + amount)
  return sum
}

function raiseTo(largest: Map<string, number>, other: Requests): Map<string, number> {
  for (const [resource, amount] of other) largest.set(resource, Math.max(largest.get(resource) ?? 0, amount))
  return largest
}

const isSidecar = (container: Loose): boolean => container['restartPolicy'] === 'Always'

/** A running container keeps what it was given while a resize is under way: the larger one counts. */
function requestsOf(
  container: Loose,
  statuses: ReadonlyMap<unknown, Loose>,
  assumed: Requests,
): Map<string, number> {
  const asked = readResources(recordIn(container['resources'])['requests'])
  const status = statuses.get(container['name'])
  if (status !== undefined) {
    raiseTo(asked, readResources(recordIn(status['resources'])['requests']))
    raiseTo(asked, readResources(status['allocatedResources']))
  }
  for (const [resource, amount] of assumed) if (!asked.has(resource)) asked.set(resource, amount)
  return asked
}

const byName = (statuses: unknown): ReadonlyMap<unknown, Loose> =>
  new Map(recordsIn(statuses).map((status) => [status['name'], status]))

function inParts(spec: Loose, status: Loose, assumed: Requests): Map<string, number> {
  const statuses = byName(status['containerStatuses'])
  const initStatuses = byName(status['initContainerStatuses'])
  const steady = new Map<string, number>()
  for (const container of recordsIn(spec['containers']))
    addInto(steady, requestsOf(container, statuses, assumed))
  const sidecars = new Map<string, number>()
  const starting = new Map<string, number>()
  for (const container of recordsIn(spec['initContainers'])) {
    const own = isSidecar(container)
      ? requestsOf(container, initStatuses, assumed)
      : requestsOf(container, new Map<unknown, Loose>(), assumed)
    if (isSidecar(container)) {
      addInto(steady, own)
      raiseTo(starting, addInto(sidecars, own))
    } else raiseTo(starting, addInto(own, sidecars))
  }
  return raiseTo(steady, starting)
}

const podLevel = (resource: string): boolean =>
  resource === 'cpu' || resource === 'memory' || resource.startsWith('hugepages-')

const nothing: Requests = new Map()

/**
 * What the scheduler reserves for a pod: max(Σ containers + Σ sidecars, max over init i of init_i + sidecars before it),
 * or what the pod asks for as a whole, plus its overhead. `status` is given for pods that have a node,
 * `assumed` is what a container counts with that requests none of a resource.
 * Upstream: k8s.io/component-helpers/resource PodRequests.
 */
export function podRequests(spec: Loose, status: Loose = {}, assumed: Requests = nothing): Requests {
  const requests = inParts(spec, status, assumed)
  for (const [resource, amount] of readResources(recordIn(spec['resources'])['requests']))
    if (podLevel(resource)) requests.set(resource, amount)
  addInto(requests, readResources(spec['overhead']))
  return new Map([...requests].map(([resource, amount]) => [resource, roundUp(amount)]))
}

const units = [
  ['Ti', 2 ** 40],
  ['Gi', 2 ** 30],
  ['Mi', 2 ** 20],
  ['Ki', 2 ** 10],
] as const

/** `1500m`, `2`, `1.5Gi`, `3`. */
export function amountWords(resource: string, amount: number): string {
  if (resource === 'cpu') return amount % 1000 === 0 ? String(amount / 1000) : `${Math.round(amount)}m`
  if (resource !== 'memory' && resource !== 'ephemeral-storage' && !resource.startsWith('hugepages-'))
    return String(amount)
  const unit = units.find(([, size]) => Math.abs(amount) >= size)
  if (unit === undefined) return String(amount)
  return `${Number((amount / unit[1]).toFixed(1))}${unit[0]}`
}
