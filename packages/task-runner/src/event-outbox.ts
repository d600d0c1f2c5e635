import type { AttemptObservation, RunnerEvent } from '@fairlead/contracts/task-runner'

/** What was seen but not read yet. Observations that arrive between two reads are one batch, the latest of each attempt. */
export interface EventOutbox {
  observed(observations: readonly AttemptObservation[]): void
  push(event: RunnerEvent): void
  read(signal: AbortSignal): AsyncGenerator<RunnerEvent, void, undefined>
}

/** An end is read at once; how an attempt gets there is told in fewer words. */
const lingerMs = 200

export function createEventOutbox(): EventOutbox {
  let timer: NodeJS.Timeout | undefined
  let queue: (RunnerEvent | Map<string, AttemptObservation>)[] = []
  let wake: (() => void) | null = null
  let ready = false
  const notify = (): void => {
    clearTimeout(timer)
    timer = undefined
    ready = true
    wake?.()
    wake = null
  }
  return {
    observed(observations) {
      if (observations.length === 0) return
      const last = queue.at(-1)
      const batch = last instanceof Map ? last : new Map<string, AttemptObservation>()
      if (batch !== last) queue.push(batch)
      for (const observation of observations) batch.set(observation.key, observation)
      if (observations.some(({ phase }) => phase === 'succeeded' || phase === 'failed')) notify()
      else if (!ready) timer ??= setTimeout(notify, lingerMs)
    },
    push(event) {
      queue.push(event)
      notify()
    },
    async *read(signal) {
      signal.addEventListener('abort', notify)
      try {
        while (!signal.aborted) {
          if (!ready) await new Promise<void>((resolve) => (wake = resolve))
          ready = false
          const events = queue
          queue = []
          for (const event of events) {
            if (signal.aborted) return
            yield event instanceof Map ? { kind: 'observed', observations: [...event.values()] } : event
          }
        }
      } finally {
        signal.removeEventListener('abort', notify)
        clearTimeout(timer)
      }
    },
  }
}
