import { list, readProcessEnv } from '@fairlead/queue/process-env'
import { workerEnvSchema } from '@fairlead/queue/worker-process'

const envSchema = workerEnvSchema.extend({
  /** Private and loopback ranges (CIDR) in which a Prometheus may stand whose numbers judge a canary. */
  FAIRLEAD_METRICS_CIDRS: list,
})

export const readEnv = () => readProcessEnv(envSchema, process.env)
