import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** Everything that `fairlead up` keeps between runs, in one folder that git ignores. */
export interface Home {
  readonly folder: string
  readonly secrets: Secrets
  readonly logs: string
  readonly postgres: string
  readonly clusters: string
}

const secretsSchema = z.object({
  encryptionKey: z.string(),
  sessionSecret: z.string(),
  databasePassword: z.string(),
})
type Secrets = z.infer<typeof secretsSchema>

export function openHome(folder: string): Home {
  fs.mkdirSync(path.join(folder, 'logs'), { recursive: true })
  return {
    folder,
    secrets: loadSecrets(path.join(folder, 'secrets.json')),
    logs: path.join(folder, 'logs'),
    postgres: path.join(folder, 'postgres'),
    clusters: path.join(folder, 'clusters'),
  }
}

function loadSecrets(file: string): Secrets {
  if (fs.existsSync(file)) return secretsSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')))
  const random = (encoding: 'base64' | 'hex'): string => crypto.randomBytes(32).toString(encoding)
  const secrets = {
    encryptionKey: random('base64'),
    sessionSecret: random('hex'),
    databasePassword: random('hex'),
  }
  fs.writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}

const lockSchema = z.object({ pid: z.number(), started: z.string(), url: z.string() })

/** One `fairlead up` per home: a second one is told where the first one is. */
export function lockHome(home: Home, url: string): () => void {
  const file = path.join(home.folder, 'up.lock')
  const holder = fs.existsSync(file)
    ? lockSchema.safeParse(JSON.parse(fs.readFileSync(file, 'utf8'))).data
    : undefined
  if (holder !== undefined && startedAt(holder.pid) === holder.started)
    throw new Error(
      `Fairlead is already running at ${holder.url} (process ${holder.pid}). Stop it with Ctrl-C there first.`,
    )
  fs.writeFileSync(file, JSON.stringify({ pid: process.pid, started: startedAt(process.pid), url }))
  return () => fs.rmSync(file, { force: true })
}

/** The kernel's start time of a process, so that a recycled id is not taken for it; its id where /proc is missing. */
function startedAt(pid: number): string | undefined {
  try {
    return fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[19]
  } catch {
    return fs.existsSync('/proc') ? undefined : String(pid)
  }
}
