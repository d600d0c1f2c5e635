import { createQueues, type Queues } from '@fairlead/queue/queues'
import { startSweep } from '@fairlead/queue/sweep'
import { startWorker, type Handlers } from '@fairlead/queue/worker'
import { testQueueOptions } from '@fairlead/testkit/queue'
import { Redis } from 'ioredis'
import { fork } from 'node:child_process'
import crypto from 'node:crypto'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { everyBell } from './every-bell.fixture'

const closing: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of closing.splice(0).reverse()) await one.close()
})
const keep = <T extends { close(): Promise<void> }>(one: T): T => {
  closing.push(one)
  return one
}
const now = (): Date => new Date()
const settled = { settled: true } as const
const application = 'workload-worker'
const settling = everyBell(application, async () => settled)
const worker = (options: ReturnType<typeof testQueueOptions>, handlers: Handlers) =>
  keep(
    startWorker({
      ...options,
      application,
      handlers: { ...settling, ...handlers },
      clock: now,
      onError: () => undefined,
    }),
  )
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20))
}
const ring = (queues: Queues, key: string): Promise<void> => queues.ring([{ doorbell: 'rollout', key }])

describe('a worker', () => {
  it('answers a bell once however often it rang while waiting, and once more for a ring during the pass', async () => {
    const options = testQueueOptions()
    const queues = keep(createQueues(options))
    const key = crypto.randomUUID()
    let passes = 0
    let during: (() => Promise<void>) | undefined = async () => {
      await Promise.all([ring(queues, key), ring(queues, key), ring(queues, key)])
    }
    await Promise.all([ring(queues, key), ring(queues, key), ring(queues, key)])
    worker(options, {
      rollout: async () => {
        passes += 1
        const run = during
        during = undefined
        await run?.()
        return settled
      },
    })
    await until(() => passes >= 2)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(passes).toBe(2)
  })

  it('never runs two passes of one key at once', async () => {
    const options = testQueueOptions()
    const queues = keep(createQueues(options))
    const key = crypto.randomUUID()
    let [running, most, passes] = [0, 0, 0]
    const rollout = async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 50))
      running -= 1
      passes += 1
      return settled
    }
    worker(options, { rollout })
    worker(options, { rollout })
    // Rings that all came before the first pass would be answered by that one.
    while (passes < 3) await ring(queues, key)
    await until(() => running === 0)
    expect(most).toBe(1)
  })

  it('takes over the key of a worker that was killed in the middle of a pass', async () => {
    const options = testQueueOptions()
    const queues = keep(createQueues(options))
    const key = crypto.randomUUID()
    const victim = fork(
      path.join(import.meta.dirname, 'stuck-worker.fixture.ts'),
      [JSON.stringify(options)],
      { execArgv: ['--import', 'tsx'] },
    )
    const took = new Promise((resolve) => victim.once('message', resolve))
    await ring(queues, key)
    expect(await took).toBe(key)
    victim.kill('SIGKILL')
    const answered: string[] = []
    worker(options, {
      rollout: async (taken) => {
        answered.push(taken)
        return settled
      },
    })
    await until(() => answered.length > 0)
    expect(answered).toEqual([key])
  })

  it('hears of due keys again after Redis lost everything', async () => {
    const options = testQueueOptions()
    const queues = keep(createQueues(options))
    const key = crypto.randomUUID()
    await ring(queues, key)
    const redis = new Redis(options.redisUrl)
    const lost = await redis.keys(`${options.prefix}:*`)
    await redis.del(...lost)
    redis.disconnect()
    const answered: string[] = []
    worker(options, {
      rollout: async (taken) => {
        answered.push(taken)
        return settled
      },
    })
    keep(
      startSweep({
        queues,
        doorbell: 'rollout',
        due: async () => (answered.length === 0 ? [key] : []),
        clock: now,
        onError: () => undefined,
      }),
    )
    await until(() => answered.length > 0)
    expect(answered).toContain(key)
  })

  it('refuses to start without a handler for its bell, and with one for a bell that is not its own', () => {
    const options = {
      ...testQueueOptions(),
      application,
      clock: now,
      onError: () => undefined,
    }
    expect(() => startWorker({ ...options, handlers: {} })).toThrow(/no handler for the doorbell rollout/)
    expect(() =>
      startWorker({ ...options, handlers: { ...settling, cluster: async () => settled } }),
    ).toThrow(/which another application answers/)
  })
})
