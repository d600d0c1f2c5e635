import { recordIn, recordsIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import type { SurgeLimitRange } from '@fairlead/contracts/surge'
import { quantity } from '../quantity'
import { ownerOf } from './quotas'
import { usageOf } from './usage'

/** One pod that is to be made: as admission would leave it, LimitRanges' defaults filled in. */
export interface RangedPod {
  readonly spec: Loose
  /** `Deployment web` */
  readonly workload: string
}

/** What a bound is held against: a container, or all of a pod. Undefined: it says nothing of the resource. */
interface Subject {
  readonly words: string
  readonly request: (resource: string) => number | undefined
  readonly limit: (resource: string) => number | undefined
}

/** In thousandths, so that `0.7` and `700m` are the same number. */
const thousandths = (value: unknown): number => Math.round(quantity(value) * 1_000)

const amountIn = (list: unknown, resource: string): number | undefined => {
  const given = recordIn(list)[resource]
  return given === undefined ? undefined : thousandths(given)
}

const containersOf = (spec: Loose): readonly Loose[] => [
  ...recordsIn(spec['initContainers']),
  ...recordsIn(spec['containers']),
]

const containerSubject = (container: Loose): Subject => {
  const resources = recordIn(container['resources'])
  return {
    words: textIn(container['name']),
    request: (resource) => amountIn(resources['requests'], resource),
    limit: (resource) => amountIn(resources['limits'], resource),
  }
}

function podSubject(spec: Loose): Subject {
  // Overhead is the runtime's: no range counts it.
  const usage = usageOf({ ...spec, overhead: undefined })
  const read = (field: 'requests' | 'limits') => (resource: string) => {
    const amount = usage[field].get(resource)
    // Of the CPU it counts thousandths itself.
    return amount === undefined || resource === 'cpu' ? amount : amount * 1_000
  }
  return { words: 'the pod', request: read('requests'), limit: read('limits') }
}

interface Bound {
  readonly resource: string
  readonly value: string
}
type Rule = (subject: Subject, bound: Bound) => string | null

const below: Rule = ({ words, request, limit }, { resource, value }) => {
  const [asked, most, bound] = [request(resource), limit(resource), thousandths(value)]
  const rule = `at least ${value} of ${resource}`
  if (asked === undefined) return `${words} requests no ${resource}, ${rule} is asked for`
  if (asked < bound) return `${words} requests less than ${value} of ${resource}`
  return most !== undefined && most < bound ? `the limit of ${words} is below ${value} of ${resource}` : null
}

const above: Rule = ({ words, request, limit }, { resource, value }) => {
  const [asked, most, bound] = [request(resource), limit(resource), thousandths(value)]
  if (most === undefined) return `${words} has no limit for ${resource}, at most ${value} is allowed`
  if (most > bound) return `the limit of ${words} is above ${value} of ${resource}`
  return asked !== undefined && asked > bound ? `${words} requests more than ${value} of ${resource}` : null
}

const stretched: Rule = ({ words, request, limit }, { resource, value }) => {
  const [asked, most] = [request(resource) ?? 0, limit(resource) ?? 0]
  if (asked === 0 || most === 0)
    return `${words} has no request or no limit for ${resource}, whose ratio may be ${value} at most`
  return Math.round(most - asked * quantity(value)) > 0
    ? `the limit of ${words} for ${resource} is more than ${value} times its request`
    : null
}

const rules: readonly (readonly [field: string, rule: Rule])[] = [
  ['min', below],
  ['max', above],
  ['maxLimitRequestRatio', stretched],
]

function firstBroken(item: Loose, subjects: readonly Subject[]): string | null {
  for (const [field, rule] of rules)
    for (const [resource, value] of Object.entries(recordIn(item[field])))
      for (const subject of subjects) {
        const broken = rule(subject, { resource, value: String(value) })
        if (broken !== null) return broken
      }
  return null
}

function subjectsOf(type: string, spec: Loose): readonly Subject[] {
  if (type === 'Container') return containersOf(spec).map(containerSubject)
  return type === 'Pod' ? [podSubject(spec)] : []
}

/** A range for claims alone says nothing of an update's pods. */
export const boundsPods = (range: unknown): boolean =>
  recordsIn(recordIn(recordIn(range)['spec'])['limits']).some(
    (item) =>
      (item['type'] === 'Container' || item['type'] === 'Pod') &&
      rules.some(([field]) => Object.keys(recordIn(item[field])).length > 0),
  )

/**
 * One LimitRange against the pods that are to be made: what it refuses, its controller can't make at all. Upstream:
 * plugin/pkg/admission/limitranger/admission.go, PodValidateLimitFunc.
 */
export function judgeLimitRange(
  range: unknown,
  pods: readonly RangedPod[],
  applicationLabel: string,
): SurgeLimitRange {
  const name = textIn(recordIn(recordIn(range)['metadata'])['name'])
  const base = { name, owner: ownerOf(range, applicationLabel) }
  for (const item of recordsIn(recordIn(recordIn(range)['spec'])['limits']))
    for (const { spec, workload } of pods) {
      const broken = firstBroken(item, subjectsOf(textIn(item['type']), spec))
      if (broken !== null) return { ...base, verdict: 'refused', words: `${workload}: ${broken}` }
    }
  return { ...base, verdict: 'fits', words: 'every new pod is within it' }
}
