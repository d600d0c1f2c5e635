import { list, readProcessEnv } from '@fairlead/queue/process-env'
import { workerEnvSchema } from '@fairlead/queue/worker-process'
import { z } from 'zod'

const schema = workerEnvSchema.extend({
  /** Private and loopback ranges that notifications may go to. */
  FAIRLEAD_NOTIFY_CIDRS: list,
  /** Where OpenLineage events go, and the bearer token for it. */
  FAIRLEAD_OPENLINEAGE_URL: z.url().optional(),
  FAIRLEAD_OPENLINEAGE_TOKEN: z.string().min(1).optional(),
})

export const readEnv = (): z.infer<typeof schema> => readProcessEnv(schema, process.env)
