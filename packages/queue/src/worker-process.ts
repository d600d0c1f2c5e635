import { messageOf } from '@fairlead/contracts/errors'
import { z } from 'zod'
import { processEnvSchema } from './process-env'

/** What every worker process is told by its environment. */
export const workerEnvSchema = processEnvSchema.extend({
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
})

export type WorkerEnv = z.infer<typeof workerEnvSchema>

interface Log {
  info(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Lets what is under way end, then ends the process: 0, or 1 when something could not be closed. */
export function stopOnSignal(log: Log, stop: () => Promise<void>): void {
  let stopping: Promise<void> | undefined
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      log.info({ signal }, 'stopping')
      stopping ??= stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ reason: messageOf(error) }, 'stopping failed')
          process.exit(1)
        },
      )
    })
}
