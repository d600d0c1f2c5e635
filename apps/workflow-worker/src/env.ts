import { cidrList, readWorkerEnv, workerEnvSchema } from '@fairlead/queue/worker-process'
import { isWebhookSecret } from '@fairlead/workflow/outbox/sign'
import { z } from 'zod'

const schema = workerEnvSchema.extend({
  /** Private and loopback ranges that notifications may go to. */
  FAIRLEAD_NOTIFY_CIDRS: cidrList,
  /** Where people reach the console, as the console itself is told it: links in notifications begin with it. */
  FAIRLEAD_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3000'),
  /** Sign notifications; several, separated by commas, while one takes the place of another. */
  FAIRLEAD_WEBHOOK_SECRETS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()])))
    .refine(
      (secrets) => secrets.every(isWebhookSecret),
      'expected whsec_ and 24 to 64 bytes in base64: echo "whsec_$(openssl rand -base64 32)"',
    ),
  /** Where OpenLineage events go, and the bearer token for it. */
  FAIRLEAD_OPENLINEAGE_URL: z.url().optional(),
  FAIRLEAD_OPENLINEAGE_TOKEN: z.string().min(1).optional(),
})

export const readEnv = (): z.infer<typeof schema> => readWorkerEnv(schema, process.env)
