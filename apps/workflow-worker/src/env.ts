import { consoleUrl, list, readProcessEnv } from '@fairlead/queue/process-env'
import { workerEnvSchema } from '@fairlead/queue/worker-process'
import { isWebhookSecret } from '@fairlead/workflow/outbox/sign'
import { z } from 'zod'

const schema = workerEnvSchema.extend({
  /** Private and loopback ranges that notifications may go to. */
  FAIRLEAD_NOTIFY_CIDRS: list,
  /** Links in notifications begin with it. */
  FAIRLEAD_URL: consoleUrl,
  /** Sign notifications; several while one takes the place of another. */
  FAIRLEAD_WEBHOOK_SECRETS: list.refine(
    (secrets) => secrets.every(isWebhookSecret),
    'expected whsec_ and 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)"',
  ),
  /** Where OpenLineage events go, and the bearer token for it. */
  FAIRLEAD_OPENLINEAGE_URL: z.url().optional(),
  FAIRLEAD_OPENLINEAGE_TOKEN: z.string().min(1).optional(),
})

export const readEnv = (): z.infer<typeof schema> => readProcessEnv(schema, process.env)
