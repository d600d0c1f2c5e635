import { recordIn, type Loose } from '@fairlead/contracts/loose-json'
import { quantity } from '@fairlead/insight/quantity'
import { podRequests } from '@fairlead/insight/scheduling/requests'

/** Millicores and bytes. */
export interface Resources {
  readonly cpuMillis: number
  readonly memoryBytes: number
}

/** What the columns hold: hostile requests such as 1e99 must not overflow them. */
const bounded = (value: number, most: number): number => Math.min(most, Math.max(0, Math.ceil(value)))

export const resourcesOf = (list: unknown): Resources => ({
  cpuMillis: bounded(Math.round(quantity(recordIn(list)['cpu']) * 1e6) / 1e3, 2 ** 31 - 1),
  memoryBytes: bounded(quantity(recordIn(list)['memory']), Number.MAX_SAFE_INTEGER),
})

export const isSidecar = (container: Loose): boolean => container['restartPolicy'] === 'Always'

/** What the scheduler reserves for a pod, within what the columns hold. */
export function effectiveRequests(spec: Loose): Resources {
  const requests = podRequests(spec)
  return {
    cpuMillis: bounded(requests.get('cpu') ?? 0, 2 ** 31 - 1),
    memoryBytes: bounded(requests.get('memory') ?? 0, Number.MAX_SAFE_INTEGER),
  }
}
