import { readProcessEnv } from '@fairlead/queue/process-env'
import { workerEnvSchema, type WorkerEnv } from '@fairlead/queue/worker-process'

export const readEnv = (): WorkerEnv => readProcessEnv(workerEnvSchema, process.env)
