/** For worker.integration.test.ts: takes one key, says so, and never lets go of it. */
import { startWorker } from './worker'
import { z } from 'zod'

const options = z
  .object({ redisUrl: z.string(), prefix: z.string() })
  .parse(JSON.parse(process.argv[2] ?? '{}'))
startWorker({
  ...options,
  application: 'workload-worker',
  clock: () => new Date(),
  onError: () => undefined,
  handlers: {
    drain: () => new Promise(() => undefined),
    rollout: (key) => {
      process.send?.(key)
      return new Promise(() => undefined)
    },
  },
})
