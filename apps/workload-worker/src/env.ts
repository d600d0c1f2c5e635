import { list, readProcessEnv } from '@fairlead/queue/process-env'
import { workerEnvSchema } from '@fairlead/queue/worker-process'
import { z } from 'zod'

const schema = workerEnvSchema.extend({
  /** Private and loopback ranges (CIDR) in which a Prometheus may stand whose numbers judge a canary. */
  FAIRLEAD_METRICS_CIDRS: list,
  /** The programs that render charts and kustomizations; kubectl holds Kustomize. */
  FAIRLEAD_HELM: z.string().min(1).default('helm'),
  FAIRLEAD_KUBECTL: z.string().min(1).default('kubectl'),
})

export const readEnv = (): z.infer<typeof schema> => readProcessEnv(schema, process.env)
