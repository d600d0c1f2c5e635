import type { FairleadError } from '@fairlead/contracts/errors'

interface PulseListener {
  beat?(at: Date): void
  failed?(error: FairleadError): void
  recovered?(): void
}

/** What the heartbeat tells the watches of one cluster: answers, silence, and the first answer after silence. */
export interface Pulse {
  readonly failing: boolean
  beat(at: Date): void
  fail(error: FairleadError): void
  /** Returns the function that ends the subscription. */
  listen(listener: PulseListener): () => void
}

export function createPulse(): Pulse {
  const listeners = new Set<PulseListener>()
  let failing = false
  return {
    get failing() {
      return failing
    },
    beat(at) {
      const recovered = failing
      failing = false
      for (const listener of listeners) {
        if (recovered) listener.recovered?.()
        listener.beat?.(at)
      }
    },
    fail(error) {
      failing = true
      for (const listener of listeners) listener.failed?.(error)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
