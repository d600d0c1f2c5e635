import { spawn } from 'node:child_process'
import { daemonEnvironment } from './env'
import { DevclusterError } from './devcluster-error'

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly signal?: AbortSignal | undefined
  readonly onLine?: (line: string) => void
}

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs to the end and returns the exit status; throws only when the program can't be started or is aborted. */
export function tryCommand(command: string, args: readonly string[], options: CommandOptions = {}) {
  return new Promise<CommandResult>((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, PATH: daemonEnvironment().PATH, ...options.env },
      signal: options.signal,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
      for (const line of chunk.split('\n')) if (line.trim()) options.onLine?.(line.trim())
    })
    child.stdin.on('error', () => undefined)
    child.on('error', (cause) => {
      const code = options.signal?.aborted ? 'ABORTED' : 'COMMAND_FAILED'
      reject(new DevclusterError(code, `${command} could not run: ${cause.message}`, { cause }))
    })
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, stderr }))
    child.stdin.end(options.input ?? '')
  })
}

export async function runCommand(command: string, args: readonly string[], options: CommandOptions = {}) {
  const result = await tryCommand(command, args, options)
  if (result.code === 0) return result.stdout
  const reason = lastLines(result.stderr || result.stdout, 3)
  throw new DevclusterError('COMMAND_FAILED', `${command} ${args.slice(0, 4).join(' ')} failed: ${reason}`)
}

export function lastLines(text: string, count: number): string {
  return text.trim().split('\n').slice(-count).join(' | ').slice(-600)
}
