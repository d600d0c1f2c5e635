import type { Clock } from '@fairlead/contracts/decision'
import { messageOf } from '@fairlead/contracts/errors'
import {
  isContainer,
  notContainer,
  type AttemptObservation,
  type AttemptStart,
  type FailureCause,
  type StartResult,
  type StopResult,
  type TaskRunner,
} from '@fairlead/contracts/task-runner'
import { createEventFeed, type EventFeed } from './event-feed'

/** How a task ends; nothing given is exit code 0 without output. */
export interface TaskEnd {
  readonly exitCode?: number
  readonly output?: string | null
  readonly cause?: FailureCause
  readonly reason?: string
}

export interface TaskHandle {
  /** Aborts when the attempt is cancelled. */
  readonly signal: AbortSignal
  log(text: string): void
}

/** A thrown error is exit code 1. */
export type InProcessTask = (
  attempt: AttemptStart,
  handle: TaskHandle,
) => TaskEnd | void | Promise<TaskEnd | void>

export interface InProcessOptions {
  readonly clock?: Clock
  /** By image name; an image without one does nothing and succeeds at once. */
  readonly tasks?: Readonly<Record<string, InProcessTask>>
  /** Attempts that run at once in one cluster; the rest wait in order. */
  readonly slots?: number
  /** Asked before anything is created. */
  readonly refuse?: (
    attempt: AttemptStart,
    cluster: string,
  ) => Extract<StartResult, { kind: 'rejected' }> | null
}

export interface InProcessRunner extends TaskRunner {
  /** Every attempt that exists in `cluster` now. */
  attempts(cluster: string): readonly AttemptObservation[]
  /** Takes an attempt away without a word, as if somebody had deleted it behind a watch's back. */
  vanish(key: string, cluster: string): void
}

interface Held {
  readonly attempt: AttemptStart
  seen: AttemptObservation
  stopping: boolean
  readonly lines: { readonly at: string; readonly text: string }[]
  readonly stop: AbortController | null
}

interface Cluster {
  readonly held: Map<string, Held>
  readonly queue: Held[]
  readonly feeds: Set<EventFeed>
  running: number
  launching: boolean
}

/** Runs attempts as functions of this process: for the engine's tests and benchmarks. Nothing outlives the process. */
export function createInProcessRunner(options: InProcessOptions = {}): InProcessRunner {
  const clock = options.clock ?? (() => new Date())
  const slots = options.slots ?? Number.POSITIVE_INFINITY
  const clusters = new Map<string, Cluster>()
  let uids = 0

  const clusterOf = (name: string): Cluster => {
    const known = clusters.get(name)
    if (known !== undefined) return known
    const cluster: Cluster = { held: new Map(), queue: [], feeds: new Set(), running: 0, launching: false }
    clusters.set(name, cluster)
    return cluster
  }
  const tell = (cluster: Cluster, held: Held, change: Partial<AttemptObservation>): void => {
    held.seen = { ...held.seen, ...change, at: clock() }
    for (const feed of cluster.feeds) feed.observed(held.seen)
  }

  const settle = (cluster: Cluster, held: Held, end: TaskEnd): void => {
    cluster.running -= 1
    const { key } = held.attempt
    // Vanished, or another one under the same key: what this one says is of no interest.
    if (cluster.held.get(key) === held) {
      tell(cluster, held, held.stopping ? cancelled : observationOf(end))
      if (held.stopping) cluster.held.delete(key)
    }
    launchNext(cluster)
  }
  const launchNext = (cluster: Cluster): void => {
    // Tasks that end at once come back here: a loop for all of them instead of a stack as deep as the queue.
    if (cluster.launching) return
    cluster.launching = true
    for (
      let next = cluster.queue[0];
      next !== undefined && cluster.running < slots;
      next = cluster.queue[0]
    ) {
      cluster.queue.shift()
      if (cluster.held.get(next.attempt.key) === next) launch(cluster, next)
    }
    cluster.launching = false
  }
  const launch = (cluster: Cluster, held: Held): void => {
    cluster.running += 1
    const task = options.tasks?.[held.attempt.spec.image]
    if (task === undefined || held.stop === null) return settle(cluster, held, {})
    const log = (text: string): void => void held.lines.push({ at: clock().toISOString(), text })
    const failed = (error: unknown): TaskEnd => ({ exitCode: 1, reason: messageOf(error) })
    try {
      const ended = task(held.attempt, { signal: held.stop.signal, log })
      if (!(ended instanceof Promise)) return settle(cluster, held, ended ?? {})
      tell(cluster, held, { phase: 'running', reason: 'Runs in this process' })
      ended.then(
        (end) => settle(cluster, held, end ?? {}),
        (error: unknown) => settle(cluster, held, failed(error)),
      )
    } catch (error) {
      settle(cluster, held, failed(error))
    }
  }
  const hold = (cluster: Cluster, attempt: AttemptStart): Held => {
    const held: Held = {
      attempt,
      seen: {
        key: attempt.key,
        phase: 'pending',
        uid: `in-process-${(uids += 1)}`,
        reason: 'Waits for a slot',
        cause: null,
        exitCode: null,
        output: null,
        place: 'this process',
        at: clock(),
      },
      stopping: false,
      lines: [],
      stop: options.tasks?.[attempt.spec.image] === undefined ? null : new AbortController(),
    }
    cluster.held.set(attempt.key, held)
    return held
  }
  const remove = (key: string, cluster: Cluster): StopResult => {
    const held = cluster.held.get(key)
    if (held === undefined) return { kind: 'gone' }
    if (held.seen.phase !== 'running') {
      cluster.held.delete(key)
      return { kind: 'gone' }
    }
    held.stopping = true
    held.stop?.abort()
    return { kind: 'stopping' }
  }

  return {
    // Not async functions: tens of thousands of attempts a minute go through here.
    start(attempt, name) {
      if (!isContainer(attempt)) return Promise.resolve(notContainer)
      const cluster = clusterOf(name)
      const known = cluster.held.get(attempt.key)
      if (known !== undefined) return Promise.resolve(adopt(known, attempt))
      const refused = options.refuse?.(attempt, name) ?? null
      if (refused !== null) return Promise.resolve(refused)
      const held = hold(cluster, attempt)
      if (cluster.running < slots) launch(cluster, held)
      else {
        cluster.queue.push(held)
        tell(cluster, held, {})
      }
      return Promise.resolve(accepted)
    },
    async *observe(name, signal) {
      const cluster = clusterOf(name)
      const feed = createEventFeed()
      const listedFrom = clock()
      for (const { seen } of cluster.held.values()) feed.observed(seen)
      feed.push({ kind: 'synced', keys: new Set(cluster.held.keys()), listedFrom })
      cluster.feeds.add(feed)
      try {
        yield* feed.read(signal)
      } finally {
        cluster.feeds.delete(feed)
      }
    },
    cancel: (key, name) => Promise.resolve(remove(key, clusterOf(name))),
    cleanup: (key, name) => Promise.resolve(remove(key, clusterOf(name))),
    logs(key, name, cursor) {
      const held = clusterOf(name).held.get(key)
      if (held === undefined) return Promise.resolve({ lines: [], cursor: null })
      const lines = held.lines.slice(Number(cursor ?? 0))
      return Promise.resolve({ lines, cursor: isEnd(held.seen) ? null : String(held.lines.length) })
    },
    capacity: () => Promise.resolve({ slots: Number.isFinite(slots) ? slots : null }),
    attempts: (name) => [...clusterOf(name).held.values()].map(({ seen }) => seen),
    vanish(key, name) {
      const held = clusterOf(name).held.get(key)
      clusterOf(name).held.delete(key)
      held?.stop?.abort()
    },
  }
}

const accepted: StartResult = { kind: 'accepted' }
const cancelled: Partial<AttemptObservation> = {
  phase: 'failed',
  cause: 'cancelled',
  exitCode: null,
  reason: 'Stopped because it was cancelled',
}

export const isEnd = ({ phase }: Pick<AttemptObservation, 'phase'>): boolean =>
  phase === 'succeeded' || phase === 'failed'

/** What exists under the key is ours only when hash and owner agree. */
export function adopt({ attempt: known }: { attempt: AttemptStart }, attempt: AttemptStart): StartResult {
  const same =
    known.specHash === attempt.specHash &&
    known.run === attempt.run &&
    known.task === attempt.task &&
    known.index === attempt.index &&
    known.attempt === attempt.attempt
  if (same) return { kind: 'already_exists' }
  return {
    kind: 'rejected',
    permanence: 'permanent',
    cause: 'invalid',
    reason: `${attempt.key} exists, but for task ${known.task} of run ${known.run} or with another spec; it is not adopted`,
  }
}

/** What a container's end looks like to an observer. */
export function observationOf(end: TaskEnd): Partial<AttemptObservation> {
  const exitCode = end.exitCode ?? (end.cause === undefined ? 0 : null)
  const output = end.output ?? null
  if (exitCode === 0) return { phase: 'succeeded', exitCode, output, cause: null, reason: 'Completed' }
  return {
    phase: 'failed',
    exitCode,
    output,
    cause: end.cause ?? 'exit_code',
    reason: end.reason ?? `Ended with exit code ${exitCode}`,
  }
}
