import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'

const schema = z.object({
  FAIRLEAD_URL: z.url().optional(),
  FAIRLEAD_TOKEN: z.string().optional(),
  FAIRLEAD_HOME: z.string().optional(),
  XDG_CONFIG_HOME: z.string().default(path.join(os.homedir(), '.config')),
  XDG_CACHE_HOME: z.string().default(path.join(os.homedir(), '.cache')),
  DATABASE_URL: z.string().optional(),
  REDIS_URL: z.string().optional(),
  PORT: z.coerce.number().int().min(1).max(65_535).optional(),
})

export type Env = z.infer<typeof schema>

export const readEnv = (): Env => schema.parse(process.env)
