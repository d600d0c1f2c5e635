import type { AttemptObservation, RunnerEvent } from '@fairlead/contracts/task-runner'

/** What one observer has not read yet: observations that arrive between two reads come as one batch. */
export interface EventFeed {
  observed(observation: AttemptObservation): void
  push(event: RunnerEvent): void
  readonly waiting: number
  /** Endless until `signal` aborts. */
  read(signal: AbortSignal): AsyncGenerator<RunnerEvent, void, undefined>
}

/** `turn` decides how long arrivals are gathered before they are read: a macrotask lets a burst become one batch. */
export function createEventFeed(turn: () => Promise<void> = macrotask): EventFeed {
  let queue: RunnerEvent[] = []
  let batch: AttemptObservation[] | null = null
  let wake: (() => void) | null = null

  const notify = (): void => {
    wake?.()
    wake = null
  }
  return {
    observed(observation) {
      if (batch === null) {
        batch = [observation]
        queue.push({ kind: 'observed', observations: batch })
      } else batch.push(observation)
      notify()
    },
    push(event) {
      batch = null
      queue.push(event)
      notify()
    },
    get waiting() {
      return queue.length
    },
    async *read(signal) {
      signal.addEventListener('abort', notify)
      try {
        while (!signal.aborted) {
          if (queue.length === 0) {
            await new Promise<void>((resolve) => (wake = resolve))
            if (!signal.aborted) await turn()
          }
          const events = queue
          queue = []
          batch = null
          for (const event of events) {
            if (signal.aborted) return
            yield event
          }
        }
      } finally {
        signal.removeEventListener('abort', notify)
      }
    },
  }
}

const macrotask = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
