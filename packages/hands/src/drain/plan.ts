import type { DrainPod } from '@fairlead/contracts/hands'
import type { DrainState } from '@fairlead/contracts/hand-states'

/** What one pass sees: the intent, and the node with its pods as they are now. */
export interface DrainObservation {
  readonly node: string
  readonly nodeUid: string
  readonly deadlineAt: Date
  /** UIDs of the pods that had to go when they were first seen; empty at the first pass. */
  readonly planned: readonly string[]
  /** null: the node is gone, or another one has its name. */
  readonly seen: {
    readonly cordoned: boolean
    readonly pods: readonly DrainPod[]
    readonly stopping: ReadonlySet<string>
  } | null
}

export interface DrainDecision {
  readonly state: DrainState
  readonly message: string
  readonly cordon: boolean
  readonly evictions: readonly DrainPod[]
  readonly planned: readonly string[]
  /** Pods that still have to go. */
  readonly waiting: readonly DrainPod[]
}

/** Evictions asked for in one pass: few enough that a cancel is heard in between. */
const mostAtOnce = 20

/** Total and pure; nothing is decided for a drain that has ended. */
export function planDrain(observation: DrainObservation, now: Date): DrainDecision {
  const { node, deadlineAt, planned, seen } = observation
  if (seen === null) return ended('failed', `${node} is gone, or another node has its name.`, planned)
  const waiting = seen.pods.filter(({ step }) => step === 'evict' || step === 'wait')
  const known = [...new Set([...planned, ...waiting.map(({ uid }) => uid)])]
  const refused = seen.pods.filter(({ step }) => step === 'refuse')
  const [first] = refused
  if (first !== undefined) {
    const more = refused.length > 1 ? ` And ${refused.length - 1} more.` : ''
    const message = `${first.namespace}/${first.name} came to be in the way: ${first.reason}${more}`
    return { ...ended('failed', message, known), waiting }
  }
  if (waiting.length === 0) {
    if (!seen.cordoned) return { ...running(`Cordoning ${node}.`, known), cordon: true }
    return ended('succeeded', `${gone(known.length)} left ${node}, which stays cordoned.`, known)
  }
  if (now >= deadlineAt)
    return {
      ...ended(
        'failed',
        `Gave up at its deadline: ${waiting.length} of ${known.length} pods are still there.`,
        known,
      ),
      waiting,
    }
  const evictions = waiting.filter(({ uid }) => !seen.stopping.has(uid)).slice(0, mostAtOnce)
  const message = `${known.length - waiting.length} of ${known.length} pods are gone.`
  return { ...running(message, known), cordon: !seen.cordoned, evictions, waiting }
}

const gone = (count: number): string => (count === 1 ? '1 pod' : `${count} pods`)

const running = (message: string, planned: readonly string[]): DrainDecision => ({
  state: 'running',
  message,
  cordon: false,
  evictions: [],
  planned,
  waiting: [],
})

const ended = (state: DrainState, message: string, planned: readonly string[]): DrainDecision => ({
  ...running(message, planned),
  state,
})
