/**
 * The only owner of BullMQ and of the Redis client. queues.ts rings bells, worker.ts answers them with reconcilers,
 * sweep.ts rings whatever is due in Postgres: timer, resync and recovery in one. Redis is never trusted and never
 * the only copy of anything: a job carries a key, and losing every job loses nothing.
 */
import type { Bell, Doorbell } from '@fairlead/contracts/doorbells'
import { doorbells } from '@fairlead/contracts/doorbells'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'

export interface QueueOptions {
  readonly redisUrl: string
  /** Separates installations that share a Redis. */
  readonly prefix?: string
}

export interface Queues {
  /** Rings after a commit. At most one job of a key waits and one runs; further rings are folded into those. */
  ring(bells: readonly Bell[]): Promise<void>
  close(): Promise<void>
}

export const defaultPrefix = 'fairlead'

export const redisConnection = (url: string): Redis => {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  })
  redis.on('error', () => undefined)
  return redis
}

/** A bell that can't be rung is only late: the sweep finds its key in Postgres. */
const ringTimeoutMs = 2_000

export function createQueues(options: QueueOptions): Queues {
  const connection = redisConnection(options.redisUrl)
  const prefix = options.prefix ?? defaultPrefix
  const byName = new Map<Doorbell, Queue>()
  for (const name of Object.keys(doorbells) as Doorbell[]) {
    const queue = new Queue(name, { connection, prefix })
    queue.on('error', () => undefined)
    byName.set(name, queue)
  }
  const ringOne = async ({ doorbell, key }: Bell): Promise<void> => {
    doorbells[doorbell].key.parse(key)
    await byName.get(doorbell)?.add(
      doorbell,
      { key },
      {
        deduplication: { id: key, keepLastIfActive: true },
        attempts: 1,
        removeOnComplete: true,
        removeOnFail: true,
      },
    )
  }
  return {
    ring: async (bells) => {
      const unique = new Map(bells.map((bell) => [`${bell.doorbell}/${bell.key}`, bell]))
      if (unique.size === 0) return
      const rung = Promise.all([...unique.values()].map(ringOne)).catch(() => undefined)
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ringTimeoutMs)
      })
      await Promise.race([rung, late])
      clearTimeout(timer)
    },
    close: async () => {
      await Promise.all([...byName.values()].map((queue) => queue.close()))
      connection.disconnect()
    },
  }
}
