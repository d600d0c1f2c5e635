import { recordIn, recordsIn, textIn, textListIn, textsIn, type Loose } from '@fairlead/contracts/loose-json'
import type { SurgeAmount, SurgeQuota, SurgeVerdict } from '@fairlead/contracts/surge'
import { quantity } from '../quantity'
import { amountWords } from '../scheduling/requests'
import { isBestEffort, silentContainers, type PodUsage } from './usage'

/** Pods of one workload, in the order in which they come and go. */
export interface QuotaStep {
  readonly sign: 1 | -1
  readonly spec: Loose
  readonly usage: PodUsage
  /** `Deployment web` */
  readonly workload: string
}

interface Counted {
  /** Under `requests` or `limits`; null counts pods. */
  readonly field: 'requests' | 'limits' | null
  readonly resource: string
}

const plain = new Set(['cpu', 'memory', 'ephemeral-storage'])

/** What a key of a quota counts of a pod; null for objects other than pods, which the dry run judges. */
function countedBy(key: string): Counted | null {
  if (key === 'pods' || key === 'count/pods') return { field: null, resource: 'pods' }
  if (plain.has(key) || key.startsWith('hugepages-')) return { field: 'requests', resource: key }
  const [field, resource] = [key.slice(0, key.indexOf('.')), key.slice(key.indexOf('.') + 1)]
  if (resource === 'storage' || (field !== 'requests' && field !== 'limits')) return null
  return { field, resource }
}

/** A quota on Services or storage alone says nothing of an update's pods. */
export const countsPods = (quota: unknown): boolean =>
  Object.keys(recordIn(specOf(quota)['hard'])).some((key) => countedBy(key) !== null)

type Matches = (spec: Loose) => boolean | null

const priorityMatches = (operator: string, values: readonly string[]): Matches => {
  const named = (spec: Loose): string => textIn(spec['priorityClassName'])
  if (operator === 'Exists') return (spec) => named(spec) !== ''
  if (operator === 'DoesNotExist') return (spec) => named(spec) === ''
  if (operator === 'In') return (spec) => values.includes(named(spec))
  return operator === 'NotIn' ? (spec) => !values.includes(named(spec)) : () => null
}

/** null: it is not known whether such pods are counted. */
const scopes: Readonly<Record<string, Matches>> = {
  Terminating: (spec) => spec['activeDeadlineSeconds'] !== undefined,
  NotTerminating: (spec) => spec['activeDeadlineSeconds'] === undefined,
  BestEffort: isBestEffort,
  NotBestEffort: (spec) => !isBestEffort(spec),
  PriorityClass: priorityMatches('Exists', []),
}

function selectorsOf(quota: Loose): readonly { readonly words: string; readonly matches: Matches }[] {
  const given = textListIn(quota['scopes']).map((scope) => ({
    words: scope,
    matches: scopes[scope] ?? (() => null),
  }))
  const expressions = recordsIn(recordIn(quota['scopeSelector'])['matchExpressions']).map((expression) => {
    const [name, operator] = [textIn(expression['scopeName']), textIn(expression['operator'])]
    const values = textListIn(expression['values'])
    const words = [name, operator === 'Exists' ? '' : operator, values.join(', ')].filter(Boolean).join(' ')
    if (name === 'PriorityClass') return { words, matches: priorityMatches(operator, values) }
    return { words, matches: operator === 'Exists' ? (scopes[name] ?? (() => null)) : () => null }
  })
  return [...given, ...expressions]
}

const specOf = (quota: unknown): Loose => recordIn(recordIn(quota)['spec'])
const metadataOf = (quota: unknown): Loose => recordIn(recordIn(quota)['metadata'])

/** Who wrote the limits: an application's label, what manages it, or the field manager of `spec`. */
export function ownerOf(quota: unknown, applicationLabel: string): string {
  const labels = textsIn(metadataOf(quota)['labels'])
  const application = labels[applicationLabel]
  if (application !== undefined) return `the application ${application}`
  const manages = labels['app.kubernetes.io/managed-by']
  const managers = recordsIn(metadataOf(quota)['managedFields'])
    .filter(({ fieldsV1 }) => recordIn(fieldsV1)['f:spec'] !== undefined)
    .map(({ manager }) => textIn(manager))
  return manages ?? managers.at(-1) ?? 'whoever administers the namespace'
}

const amountOf = ({ field, resource }: Counted, { usage }: QuotaStep): number =>
  field === null ? 1 : (usage[field].get(resource) ?? 0)

interface Peak {
  readonly most: number
  /** The workload whose pod is the first that passes the limit. */
  readonly first: string | null
}

/** `room` in the unit of the steps; only a pod more can be refused, never what runs already. */
function peakOf(steps: readonly QuotaStep[], counted: Counted, room: number): Peak {
  let [sum, most] = [0, 0]
  let first: string | null = null
  for (const step of steps) {
    const amount = amountOf(counted, step)
    sum += step.sign * amount
    if (step.sign === 1 && amount > 0 && sum > room) first ??= step.workload
    most = Math.max(most, sum)
  }
  return { most, first }
}

const unitOf = (resource: string): number => (resource === 'cpu' ? 1000 : 1)

interface Judged extends SurgeAmount {
  readonly first: string | null
}

function judge(quota: unknown, key: string, steps: readonly QuotaStep[]): Judged | null {
  const counted = countedBy(key)
  if (counted === null) return null
  const read = (list: unknown): number => quantity(recordIn(list)[key]) * unitOf(counted.resource)
  const hard = read(specOf(quota)['hard'])
  const used = read(recordIn(recordIn(quota)['status'])['used'])
  const { most, first } = peakOf(steps, counted, hard - used)
  const words = (amount: number): string => amountWords(counted.resource, amount)
  return {
    resource: key,
    now: words(used),
    peak: words(used + most),
    limit: words(hard),
    over: first !== null,
    first,
  }
}

/** A quota on CPU or memory refuses every pod with a container that says nothing of it. */
function silence(keys: readonly string[], steps: readonly QuotaStep[]): string | null {
  for (const key of keys) {
    const counted = countedBy(key)
    if (counted === null || counted.field === null) continue
    const { field, resource } = counted
    if (resource !== 'cpu' && resource !== 'memory') continue
    for (const { sign, spec, workload } of steps) {
      const silent = sign === 1 ? silentContainers(spec, field, resource) : []
      if (silent.length > 0)
        return `${workload}: ${silent.join(', ')} must set resources.${field}.${resource}, and no LimitRange fills it in`
    }
  }
  return null
}

function answer(verdict: SurgeVerdict, words: string, amounts: readonly Judged[]) {
  return { verdict, words, amounts: amounts.map(({ first: _, ...amount }) => amount) }
}

/**
 * One quota against the pods that come and go. `used` is what the API server last counted; pods that end slowly count
 * until they are gone. Upstream: pkg/quota/v1/evaluator/core/pods.go.
 */
export function judgeQuota(
  quota: unknown,
  steps: readonly QuotaStep[],
  applicationLabel: string,
): SurgeQuota {
  const base = { name: textIn(metadataOf(quota)['name']), owner: ownerOf(quota, applicationLabel) }
  const selectors = selectorsOf(specOf(quota))
  const unknown = selectors.filter(({ matches }) => steps.some(({ spec }) => matches(spec) === null))
  if (unknown.length > 0) {
    const words = `its scope ${unknown.map((each) => each.words).join(', ')} is not modelled`
    return { ...base, ...answer('unknown', words, []) }
  }
  const inScope = steps.filter(({ spec }) => selectors.every(({ matches }) => matches(spec) === true))
  const keys = Object.keys(recordIn(specOf(quota)['hard']))
  const amounts = keys.flatMap((key) => judge(quota, key, inScope) ?? [])
  const silent = silence(keys, inScope)
  if (silent !== null) return { ...base, ...answer('refused', silent, amounts) }
  const [over] = amounts.filter((amount) => amount.over)
  if (over !== undefined) {
    const words = `${over.first} would bring ${over.resource} to ${over.peak} of ${over.limit}, ${over.now} are used`
    return { ...base, ...answer('refused', words, amounts) }
  }
  const scope = selectors.length === 0 ? '' : ` (counts ${selectors.map((each) => each.words).join(', ')})`
  return { ...base, ...answer('fits', `it is kept at the peak${scope}`, amounts) }
}
