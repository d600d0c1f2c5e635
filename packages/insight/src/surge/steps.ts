import { integerIn, recordIn, textIn, type Loose } from '@fairlead/contracts/loose-json'
import { shareOf } from '../checklist/workload-parts'

/** One pod more, or one of the old ones less. `node` is set for kinds that run one pod on each node. */
export interface Step {
  readonly kind: 'place' | 'remove'
  readonly ordinal: number
  readonly node: string | null
}

/** How a workload gets from what runs to what is wanted. */
export interface Roll {
  readonly now: number
  readonly after: number
  readonly words: string
  /** What happens at once, before any new pod is available. */
  readonly burst: readonly Step[]
  /** What follows, each new pod being available as soon as it has a place. */
  readonly rest: readonly Step[]
  /** More pods than are placed one by one: there are no steps. */
  readonly tooMany?: true
}

/** A workload that a plan creates or changes; both as the API server has them, defaults filled in or not. */
export interface WorkloadChange {
  readonly before: unknown
  readonly after: unknown
  readonly templateChanged: boolean
}

const specOf = (object: unknown): Loose => recordIn(recordIn(object)['spec'])
const statusOf = (object: unknown): Loose => recordIn(recordIn(object)['status'])
const kindOf = (object: unknown): string => textIn(recordIn(object)['kind'])
const countIn = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.max(0, Math.trunc(value)) : otherwise

const times = (count: number, step: (index: number) => Step): Step[] =>
  Array.from({ length: Math.max(0, count) }, (_, index) => step(index))
const place = (ordinal: number): Step => ({ kind: 'place', ordinal, node: null })
const remove = (ordinal: number): Step => ({ kind: 'remove', ordinal, node: null })
const pods = (count: number): string => `${count} ${count === 1 ? 'pod' : 'pods'}`

export interface Bounds {
  readonly surge: number
  readonly unavailable: number
}

/** maxSurge rounds up, maxUnavailable down; both 0 becomes unavailable 1. Upstream: deployment/util ResolveFenceposts. */
export function boundsOf(maxSurge: unknown, maxUnavailable: unknown, replicas: number): Bounds {
  const surge = shareOf(maxSurge, replicas, Math.ceil) ?? 0
  const unavailable = shareOf(maxUnavailable, replicas, Math.floor) ?? 0
  return surge <= 0 && unavailable <= 0
    ? { surge: 0, unavailable: 1 }
    : { surge: Math.max(0, surge), unavailable: Math.min(Math.max(0, unavailable), replicas) }
}

/** Only the count changes: what is too much goes, what is missing comes. */
function scale(now: number, after: number, words: string): Roll {
  const burst =
    after >= now
      ? times(after - now, (index) => place(now + index))
      : times(now - after, (index) => remove(now - 1 - index))
  return { now, after, words, burst, rest: [] }
}

/** Upstream: deployment/rolling.go, with every new pod available at once. */
function rollingSteps(now: number, after: number, { surge, unavailable }: Bounds) {
  const first = Math.min(after, Math.max(0, after + surge - now))
  const rest: Step[] = []
  let [old, fresh] = [now, first]
  while (old > 0 || fresh < after) {
    const removable = Math.min(old, old + fresh - (after - unavailable))
    for (let each = 0; each < removable; each++) rest.push(remove((old -= 1)))
    const placeable = Math.min(after - fresh, after + surge - old - fresh)
    for (let each = 0; each < placeable; each++) rest.push(place((fresh += 1) - 1))
    if (removable <= 0 && placeable <= 0) break
  }
  return { burst: times(first, place), rest }
}

function deploymentRoll({ before, after: object, templateChanged }: WorkloadChange): Roll {
  const spec = specOf(object)
  const after = countIn(spec['replicas'], 1)
  const now = countIn(statusOf(before)['replicas'], 0)
  if (now === 0) return scale(now, after, `${pods(after)} where none run`)
  if (!templateChanged) return scale(now, after, `${pods(now)} become ${after}`)
  if (spec['paused'] === true) return scale(now, after, 'paused: its pods keep their template')
  const strategy = recordIn(spec['strategy'])
  if (strategy['type'] === 'Recreate')
    return {
      now,
      after,
      words: `Recreate: ${pods(now)} end before ${after} start`,
      burst: [...times(now, remove), ...times(after, place)],
      rest: [],
    }
  const { maxSurge = '25%', maxUnavailable = '25%' } = recordIn(strategy['rollingUpdate'])
  const bounds = boundsOf(maxSurge, maxUnavailable, after)
  const words = `maxSurge ${String(maxSurge)} of ${after} is ${bounds.surge}, maxUnavailable ${String(maxUnavailable)} is ${bounds.unavailable}`
  return { now, after, words, ...rollingSteps(now, after, bounds) }
}

/** Highest ordinal first, down to the partition; a pod keeps its name, so the old one goes before the new one comes. */
function statefulRoll({ before, after: object, templateChanged }: WorkloadChange): Roll {
  const spec = specOf(object)
  const after = countIn(spec['replicas'], 1)
  const now = countIn(statusOf(before)['replicas'], 0)
  const start = integerIn(recordIn(spec['ordinals'])['start'])
  const shift = (step: Step): Step => ({ ...step, ordinal: step.ordinal + start })
  const scaled = scale(
    now,
    after,
    now === 0 ? `${pods(after)} where none run` : `${pods(now)} become ${after}`,
  )
  const strategy = recordIn(spec['updateStrategy'])
  const burst = scaled.burst.map(shift)
  if (!templateChanged || now === 0) return { ...scaled, burst }
  if (strategy['type'] === 'OnDelete')
    return { ...scaled, burst, words: 'OnDelete: a pod is replaced when somebody deletes it' }
  const partition = countIn(recordIn(strategy['rollingUpdate'])['partition'], 0)
  const last = Math.min(now, after) - 1
  const replaced = times(last + 1 - Math.max(0, partition - start), (index) => place(last - index))
  const rest = replaced.flatMap(({ ordinal }) => [remove(ordinal), place(ordinal)].map(shift))
  const held = partition > 0 ? `, down to ordinal ${partition}` : ''
  return { now, after, words: `one after the other, highest ordinal first${held}`, burst, rest }
}

function jobRoll({ before, after: object }: WorkloadChange): Roll {
  const spec = specOf(object)
  const parallel = countIn(spec['parallelism'], 1)
  const completions = countIn(spec['completions'], parallel)
  const now = countIn(statusOf(before)['active'], 0)
  const finished = ['completionTime', 'conditions'].some((field) => statusOf(before)[field] !== undefined)
  if (spec['suspend'] === true) return scale(now, 0, 'suspended: it starts no pod')
  if (before !== null && finished && now === 0) return scale(0, 0, 'it has ended')
  return scale(now, Math.min(parallel, completions), `${pods(Math.min(parallel, completions))} side by side`)
}

/** `eligible`: the nodes that its selector, its affinity and their taints leave to it; null when nodes are unknown. */
function daemonRoll(change: WorkloadChange, eligible: readonly string[] | null): Roll {
  const { before, after: object, templateChanged } = change
  const now = countIn(statusOf(before)['currentNumberScheduled'], 0)
  if (eligible === null) {
    const wanted = countIn(statusOf(before)['desiredNumberScheduled'], now)
    return { now, after: wanted, words: 'one pod on each node that it fits', burst: [], rest: [] }
  }
  const after = eligible.length
  const on =
    (kind: Step['kind']) =>
    (node: string, ordinal: number): Step => ({ kind, ordinal, node })
  if (now === 0) {
    const words = `one pod on each of ${after} ${after === 1 ? 'node' : 'nodes'}`
    return { now, after, words, burst: eligible.map(on('place')), rest: [] }
  }
  const strategy = recordIn(specOf(object)['updateStrategy'])
  if (!templateChanged || strategy['type'] === 'OnDelete')
    return { now, after, words: 'no pod is replaced', burst: [], rest: [] }
  const { maxSurge = 0, maxUnavailable = 1 } = recordIn(strategy['rollingUpdate'])
  const bounds = boundsOf(maxSurge, maxUnavailable, after)
  const words = `maxSurge ${String(maxSurge)} of ${after} is ${bounds.surge}, maxUnavailable ${String(maxUnavailable)} is ${bounds.unavailable}`
  const first = eligible.slice(0, bounds.surge)
  const replaced = eligible.flatMap((node, ordinal): Step[] => {
    const [come, go] = [on('place')(node, ordinal), on('remove')(node, ordinal)]
    if (bounds.surge === 0) return [go, come]
    return ordinal < first.length ? [go] : [come, go]
  })
  return { now, after, words, burst: first.map(on('place')), rest: replaced }
}

/** A cluster is built for 5,000 nodes; a step for each of more pods would take the memory of whoever asks. */
const mostPods = 2_000

function countsOf({ before, after }: WorkloadChange): { now: number; wanted: number } {
  const [spec, status] = [specOf(after), statusOf(before)]
  const wanted = kindOf(after) === 'Job' ? countIn(spec['parallelism'], 1) : countIn(spec['replicas'], 1)
  return { now: Math.max(countIn(status['replicas'], 0), countIn(status['active'], 0)), wanted }
}

/** null for kinds that run no pods of their own accord. */
export function rollOf(change: WorkloadChange, eligible: readonly string[] | null): Roll | null {
  const { now, wanted } = countsOf(change)
  if (Math.max(now, wanted) > mostPods) {
    const words = `more than ${mostPods} pods are not placed one by one`
    return { now, after: wanted, words, burst: [], rest: [], tooMany: true }
  }
  switch (kindOf(change.after)) {
    case 'Deployment':
      return deploymentRoll(change)
    case 'StatefulSet':
      return statefulRoll(change)
    case 'DaemonSet':
      return daemonRoll(change, eligible)
    case 'Job':
      return jobRoll(change)
    default:
      return null
  }
}

/** The most pods at any moment. */
export function peakOf({ now, burst, rest }: Roll): number {
  let [count, most] = [now, now]
  for (const { kind } of [...burst, ...rest]) {
    count += kind === 'place' ? 1 : -1
    most = Math.max(most, count)
  }
  return most
}
