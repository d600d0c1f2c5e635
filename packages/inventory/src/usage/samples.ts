import { recordIn, recordsIn, textIn, timeIn, type Loose } from '@fairlead/contracts/loose-json'
import type { UsageSample } from '@fairlead/contracts/usage'
import { quantity } from '@fairlead/insight/quantity'
import type { UsageReading } from '@fairlead/kube/usage'

interface Amounts {
  readonly cpuMillis: number
  readonly memoryBytes: number
}

/** One node or pod, as metrics.k8s.io measured it. `namespace` is empty for nodes. */
export interface SeenSample extends UsageSample {
  readonly kind: 'Node' | 'Pod'
  readonly namespace: string
  readonly name: string
  readonly containers: readonly (Amounts & { readonly container: string })[]
}

/** A clock that runs ahead may be forgiven this much; what is from later still is no measurement. */
const futureMs = 5 * 60_000
/** What is older says nothing of now: a stopped metrics-server goes on giving its last answer for a while. */
const oldestMs = 60 * 60_000

/** Go's `1h2m3.5s`, in seconds. */
function secondsIn(duration: unknown): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(textIn(duration))
  const [hours, minutes, seconds] = [1, 2, 3].map((part) => Number(match?.[part] ?? 0))
  return (hours ?? 0) * 3_600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}

/** null where either figure is missing: what was not measured is not 0. */
function amountsIn(usage: unknown): Amounts | null {
  const { cpu, memory } = recordIn(usage)
  if (cpu === undefined || memory === undefined) return null
  // Nanocores come as fractions: an error of representation must not look like a figure.
  const [cpuMillis, memoryBytes] = [Math.round(quantity(cpu) * 1e9) / 1e6, quantity(memory)]
  const sane = [cpuMillis, memoryBytes].every((amount) => amount >= 0 && amount <= Number.MAX_SAFE_INTEGER)
  return sane ? { cpuMillis, memoryBytes } : null
}

function sampleIn(object: Loose, amounts: Amounts, now: Date): UsageSample | null {
  const at = timeIn(object['timestamp'])
  if (at === null) return null
  const age = now.getTime() - Date.parse(at)
  if (age < -futureMs || age > oldestMs) return null
  return { at, windowSeconds: secondsIn(object['window']), ...amounts }
}

function nodeSample(object: Loose, now: Date): SeenSample | null {
  const amounts = amountsIn(object['usage'])
  const sample = amounts === null ? null : sampleIn(object, amounts, now)
  const name = textIn(recordIn(object['metadata'])['name'])
  return sample === null || name === ''
    ? null
    : { kind: 'Node', namespace: '', name, ...sample, containers: [] }
}

/** A pod of which one container was not measured is left out, as metrics-server itself does. */
function podSample(object: Loose, now: Date): SeenSample | null {
  const { name, namespace } = recordIn(object['metadata'])
  const containers = recordsIn(object['containers']).map((container) => ({
    container: textIn(container['name']),
    amounts: amountsIn(container['usage']),
  }))
  const measured = containers.flatMap(({ container, amounts }) =>
    amounts === null || container === '' ? [] : [{ container, ...amounts }],
  )
  if (measured.length === 0 || measured.length < containers.length) return null
  const sum = (of: keyof Amounts): number => measured.reduce((total, each) => total + each[of], 0)
  const sample = sampleIn(object, { cpuMillis: sum('cpuMillis'), memoryBytes: sum('memoryBytes') }, now)
  if (sample === null || textIn(name) === '' || textIn(namespace) === '') return null
  return { kind: 'Pod', namespace: textIn(namespace), name: textIn(name), ...sample, containers: measured }
}

/** Pure: what of an answer can be taken for a measurement. */
export const samplesIn = (
  reading: Extract<UsageReading, { state: 'read' }>,
  now: Date,
): readonly SeenSample[] =>
  [
    ...reading.pods.map((object) => podSample(object, now)),
    ...reading.nodes.map((object) => nodeSample(object, now)),
  ].filter((sample) => sample !== null)
