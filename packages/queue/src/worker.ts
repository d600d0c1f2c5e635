import type { Clock, Outcome, Reconcile } from '@fairlead/contracts/decision'
import { doorbells, type Doorbell } from '@fairlead/contracts/doorbells'
import { messageOf } from '@fairlead/contracts/errors'
import { Worker } from 'bullmq'
import { z } from 'zod'
import { defaultPrefix, redisConnection } from './queues'

export type Handlers = Partial<Record<Doorbell, Reconcile<string>>>

export interface WorkerOptions {
  readonly redisUrl: string
  readonly prefix?: string
  /** Name of this application, as the doorbell catalogue calls it. */
  readonly application: string
  readonly handlers: Handlers
  readonly concurrency?: number
  readonly clock: Clock
  readonly onOutcome?: (doorbell: Doorbell, key: string, outcome: Outcome) => void
  readonly onError: (doorbell: Doorbell, key: string, error: unknown) => void
}

const jobSchema = z.object({ key: z.string() })

/**
 * Lock and stall times decide how soon another worker takes over from a killed one: at most
 * lockDuration + stalledInterval. The lock is renewed at half its time, so a slow pass keeps it.
 */
const timing = { lockDuration: 4_000, stalledInterval: 1_000, maxStalledCount: 1_000, drainDelay: 5 }

/** Refuses to start unless every bell that this application answers has exactly one handler. */
export function startWorker(options: WorkerOptions): { close(): Promise<void> } {
  assertCatalogue(options.application, options.handlers)
  const connection = redisConnection(options.redisUrl)
  const workers = Object.entries(options.handlers).map(([name, reconcile]) => {
    const doorbell = name as Doorbell
    const worker = new Worker(
      doorbell,
      async (job) => {
        const { key } = jobSchema.parse(job.data)
        try {
          const outcome = await reconcile(key, options.clock())
          options.onOutcome?.(doorbell, key, outcome)
        } catch (error) {
          options.onError(doorbell, key, error)
          throw new Error(messageOf(error), { cause: error })
        }
      },
      {
        connection,
        prefix: options.prefix ?? defaultPrefix,
        concurrency: options.concurrency ?? 8,
        ...timing,
      },
    )
    worker.on('error', (error) => options.onError(doorbell, '-', error))
    return worker
  })
  return {
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()))
      connection.disconnect()
    },
  }
}

function assertCatalogue(application: string, handlers: Handlers): void {
  const served = Object.keys(handlers) as Doorbell[]
  const owed = (Object.keys(doorbells) as Doorbell[]).filter(
    (name) => doorbells[name].answeredBy === application,
  )
  const missing = owed.filter((name) => !served.includes(name))
  const foreign = served.filter((name) => !owed.includes(name))
  if (missing.length > 0)
    throw new Error(`${application} has no handler for the doorbell ${missing.join(', ')}`)
  if (foreign.length > 0)
    throw new Error(`${application} handles ${foreign.join(', ')}, which another application answers`)
}
