import type { Clock } from '@fairlead/contracts/decision'
import type { Doorbell } from '@fairlead/contracts/doorbells'
import { every } from './every'
import type { Queues } from './queues'

export interface SweepOptions {
  readonly queues: Queues
  readonly doorbell: Doorbell
  /** Keys whose `checkAt` has passed, oldest first. */
  readonly due: (now: Date) => Promise<readonly string[]>
  readonly clock: Clock
  readonly everyMs?: number
  readonly onError: (error: unknown) => void
}

/** Rings every key that is due, again and again: the timer, the resync and the recovery after a lost Redis. */
export const startSweep = ({
  queues,
  doorbell,
  due,
  clock,
  everyMs = 300,
  onError,
}: SweepOptions): { close(): Promise<void> } =>
  every(
    everyMs,
    async () => {
      await queues.ring((await due(clock())).map((key) => ({ doorbell, key })))
      return false
    },
    onError,
  )
