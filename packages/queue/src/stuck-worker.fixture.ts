/** For worker.integration.test.ts: takes one key, says so, and never lets go of it. */
import { z } from 'zod'
import { everyBell } from './every-bell.fixture'
import { startWorker } from './worker'

const application = 'workload-worker'
const options = z
  .object({ redisUrl: z.string(), prefix: z.string() })
  .parse(JSON.parse(process.argv[2] ?? '{}'))
startWorker({
  ...options,
  application,
  clock: () => new Date(),
  onError: () => undefined,
  handlers: {
    ...everyBell(application, () => new Promise(() => undefined)),
    rollout: (key) => {
      process.send?.(key)
      return new Promise(() => undefined)
    },
  },
})
