import { readWorkerEnv, workerEnvSchema, type WorkerEnv } from '@fairlead/queue/worker-process'

export const readEnv = (): WorkerEnv => readWorkerEnv(workerEnvSchema, process.env)
